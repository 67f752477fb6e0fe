"""A file of the lists that numbers came from, kept as `PUT /v1/lists` keeps them: the newest row stands."""

from collections.abc import Callable
from typing import Final, Protocol

from dialer.calls.source_list import SourceList
from dialer.consents.file_kind import FileKind
from dialer.consents.import_file import KeptAs
from dialer.errors import CannotKeep, Conflict
from dialer.screening.configuration import Configuration

LISTS: Final = FileKind(
    shape=SourceList,
    id_kind=None,
    plural="lists",
    command="list",
    columns=(
        *("id", "principal", "supplier", "contract", "obtained_on", "basis", "due_diligence"),
        *("notice_given", "say"),
    ),
    needed=("id", "principal", "supplier", "say"),
    lists=frozenset(),
    past=(),
)
_TRIES: Final = 8


class Put(Protocol):
    """Keeps one list if the configuration still is of this epoch; raises Conflict if not."""

    def __call__(self, record_id: str, record: SourceList, *, if_epoch: int) -> object:
        """Keep it."""
        ...


def keep_list(told: SourceList, current: Callable[[], Configuration], put: Put) -> KeptAs:
    """Keep a row's list. Raises Conflict for one that belongs to another principal, CannotKeep."""
    for _ in range(_TRIES):
        configuration = current()
        before = configuration.lists.get(told.id)
        if before == told:
            return KeptAs(repeated=True)
        if before is not None and before.principal != told.principal:
            raise Conflict("this list belongs to another principal; keep it under an id of its own")
        try:
            put(told.id, told, if_epoch=configuration.epoch)
        except Conflict:
            continue
        return KeptAs()
    raise CannotKeep("others keep changing the configuration; run the import again")
