"""Keeping one piece of configuration: checked on the very reading it is written against."""

from collections.abc import Callable
from typing import Final, TypeVar

from dialer.errors import Conflict
from dialer.screening.configuration import Configuration
from dialer.store.configuration import Section
from dialer.wiring import Parts

Record = TypeVar("Record")

TRIES: Final = 4


def keep(
    parts: Parts, section: Section, record_id: str, checked: Callable[[Configuration], Record]
) -> Record:
    """Keep what `checked` returns for the configuration as it stands; nobody's change comes in between.

    `checked` raises for what may not be kept. Three round trips when nobody else writes.
    """
    for _ in range(TRIES):
        configuration = parts.configuration.current()
        record = checked(configuration)
        try:
            parts.configuration.put(section, record_id, record, if_epoch=configuration.epoch)
        except Conflict:
            continue
        return record
    raise Conflict("others keep changing the configuration; read it again and retry")
