"""A line held until a person has found out whether it was a no; each release says why.

A hold is on the safe side of a doubt. One person may open it, and one may release it, since nothing was said
for certain; who and why are kept. One that has waited so long that it counts as an objection is an objection,
and nobody alone lifts that.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, ClassVar, Final, Literal, Protocol

from pydantic import AwareDatetime

from dialer.calls.shape import STRICT
from dialer.errors import CannotKeep, Conflict, NotFound
from dialer.law.records import Hold, Scope

Why = Literal["not_an_objection", "recorded_as_objection", "opened_in_error"]
WHYS: Final[tuple[Why, ...]] = ("not_an_objection", "recorded_as_objection", "opened_in_error")
TRIES: Final = 8
_WHOLE: Final = Scope()


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """A hold as it is opened. `person` None is whoever is linked to the line, all of whose lines are held.

    `scope` is the one the objection would have; only its `this_line_only` matters before. `source` is how it
    was heard (`speech`, `sms` …), `words` what was said, `by` who or what opened it.
    """

    hold: Hold
    source: str
    by: str
    person: str | None = None
    scope: Scope = _WHOLE
    words: str | None = None
    decision: str | None = None
    call_ref: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """The end of one hold, as it stands on each of its lines; `objection` is what it was recorded as.

    `note` is the reason in the words of whoever released it.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    id: str
    hold: str
    why: Why
    released_at: AwareDatetime
    by: str
    objection: str | None = None
    note: str | None = None


class Holds(Protocol):
    """Keeps holds; see `store.holds`. Each raises CannotKeep; False means *try again*."""

    def find(self, contact_point: str, hold_id: str) -> Hold | None:
        """Return a hold that was opened on this line, with its end where it has one."""
        ...

    def open(self, holding: Holding, *, at: datetime) -> bool:
        """Write it on every line it holds, in one act; the same id again changes nothing."""
        ...

    def release(self, hold: Hold, release: Release) -> bool:
        """End it on every line it stands on, in one act; the first release stays."""
        ...


def hold_line(holding: Holding, holds: Holds, *, at: datetime) -> None:
    """Hold the line, on disk, once; permits of every line it touches die with it."""
    _until_kept(partial(holds.open, holding, at=at))


def release_line(contact_point: str, release: Release, holds: Holds) -> Hold:
    """End a hold and return it with its end; the same release again finds it so.

    Raises NotFound, and Conflict where it was released for another reason, or counts as an objection by now
    and the reason is not that it was recorded as one.
    """

    def once() -> bool:
        hold = holds.find(contact_point, release.hold)
        if hold is None:
            raise NotFound("no such hold on this line")
        if hold.released_at is not None:
            return True
        _insist_it_is_no_objection(hold, release)
        return holds.release(hold, release)

    _until_kept(once)
    hold = holds.find(contact_point, release.hold)
    if hold is None or hold.released_at is None:
        raise CannotKeep("the hold's release is not there after it was written; look at the store")
    return hold


def _insist_it_is_no_objection(hold: Hold, release: Release) -> None:
    matures = hold.becomes_objection_at
    if matures is None or release.released_at < matures or release.why == "recorded_as_objection":
        return
    raise Conflict(
        "this hold has waited so long that it counts as an objection: record it as one; two people may then "
        "correct that"
    )


def _until_kept(act: Callable[[], bool]) -> None:
    for _ in range(TRIES):
        if act():
            return
    raise CannotKeep("the line kept changing while it was held; nothing was kept; send it again")
