"""Lines of the ledger's last days that were allowed a call, or asked for one that has not been due yet."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from redis import Redis

from dialer.clock import from_milliseconds
from dialer.registers.newly_listed import LOOK_BACK_DAYS, Concerned, Why
from dialer.store.ledger import Entry, LedgerStore
from dialer.store.line_entries import time_of

# What was written last may bear a clock that is ahead of ours.
_AHEAD: Final = timedelta(days=366)
_DISORDER: Final = timedelta(minutes=2)


def lines_concerned(redis: "Redis", at: datetime, *, days: int = LOOK_BACK_DAYS) -> Iterator[Concerned]:
    """Yield them from the newest on; reads the ledger of those days, some 50,000 lines a second."""
    since = at - timedelta(days=days)
    for entry in LedgerStore(redis).entries(from_milliseconds(0), at + _AHEAD):
        # The ledger is in order but for writers that overlapped.
        if (time_of(entry) or at) < since - _DISORDER:
            return
        found = _concerned(entry, at)
        if found is not None:
            yield found


def _concerned(entry: Entry, at: datetime) -> Concerned | None:
    fields = entry.fields
    if entry.kind == "decision" and fields.get("verdict") == "allow" and not fields.get("advisory"):
        why, to = Why.ALLOWED, fields.get("to")
    elif entry.kind == "sol" and _is_due_later(fields, at):
        why, to = Why.QUEUED, fields.get("contact_point")
    else:
        return None
    if not to:
        return None
    return Concerned(
        contact_point=to,
        why=why,
        at=time_of(entry) or entry.at,
        principal=fields.get("principal"),
        campaign=fields.get("campaign"),
    )


def _is_due_later(fields: dict[str, object], at: datetime) -> bool:
    """Say whether a request for a call still waits: its window, or its time, is not over."""
    window = fields.get("window")
    ends = window.get("until") if isinstance(window, dict) else fields.get("valid_until")
    return not isinstance(ends, str) or datetime.fromisoformat(ends) >= at
