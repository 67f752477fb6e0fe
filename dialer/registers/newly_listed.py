"""Whom a register's newest file newly lists among those lately allowed to be called, or waiting for a call.

A call of last week stays lawful; the next one would not be, and a call-back asked for stays one that may be
made. Somebody who plans the week wants to know both before the agents are told no.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Final

from dialer.registers.delta import added_pages, delta_path
from dialer.registers.page import contains, page_of
from dialer.registers.snapshot import Register

LOOK_BACK_DAYS: Final = 7


class Why(StrEnum):
    """What the line had to do with us."""

    ALLOWED = "allowed"
    QUEUED = "queued"


@dataclass(frozen=True, slots=True, kw_only=True)
class Concerned:
    """A line that was allowed to be called, or asked to be; `at` is when."""

    contact_point: str
    why: Why
    at: datetime
    principal: str | None
    campaign: str | None


def newly_listed(register: Register, data_dir: Path, concerned: Iterable[Concerned]) -> Iterator[Concerned]:
    """Yield those whom the snapshot in force lists and the one before did not, each once a campaign.

    Nothing for a register never loaded, or loaded for the first time: then all of it is new. Holds the
    additions of one file in memory; raises CannotKeep where its delta is damaged.
    """
    live = register.live
    if live is None or live.replaced_extracted_on is None:
        return
    folder = data_dir / "registers" / register.name
    added = added_pages(delta_path(folder, version=live.version, extracted_on=live.extracted_on))
    told: set[tuple[str, Why, str | None, str | None]] = set()
    for one in concerned:
        place = page_of(one.contact_point)
        if place is None or not contains(added.get(place[0]), place[1]):
            continue
        key = (one.contact_point, one.why, one.principal, one.campaign)
        if key not in told:
            told.add(key)
            yield one
