"""Decisions read back from the ledger: a page of all that fit, newest first, in the ledger's own order."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from redis import Redis

from dialer.clock import milliseconds
from dialer.errors import Fault, Unreadable
from dialer.store import keys
from dialer.store.ledger import Entry, read_entry
from dialer.store.trouble import kept

# About a third of a second of reading; a search for something rare goes on with its next page.
MOST_LOOKED_AT: Final = 20_000
_BATCH: Final = 500
# Milliseconds and a sequence, both within what the server takes.
_PLACE: Final = re.compile(r"[1-9][0-9]{0,12}-[0-9]{1,19}", re.ASCII)


@dataclass(frozen=True, slots=True)
class LedgerPage:
    """Some ledger lines; `next` goes on after the last line looked at, None at the end."""

    entries: tuple[Entry, ...]
    next: str | None


class DecisionsStore:
    """Reads the ledger; writes nothing."""

    def __init__(self, redis: "Redis") -> None:
        self._redis = redis

    def page(
        self,
        is_wanted: Callable[[Entry], bool],
        *,
        since: datetime | None,
        until: datetime | None,
        after: str | None,
        at_most: int,
        look_at: int = MOST_LOOKED_AT,
    ) -> LedgerPage:
        """Return the newest wanted lines written from `since` until before `until`, both None for no bound.

        Looks at no more than `look_at` lines, so a page may be short, even empty, and have a `next`.
        Raises Unreadable if `after` is no page's `next`.
        """
        found: list[Entry] = []
        for looked, entry in enumerate(self._newest_first(since, until, after), start=1):
            if is_wanted(entry):
                found.append(entry)
            if len(found) == at_most or looked == look_at:
                return LedgerPage(tuple(found), entry.entry)
        return LedgerPage(tuple(found), None)

    def _newest_first(
        self, since: datetime | None, until: datetime | None, after: str | None
    ) -> Iterator[Entry]:
        low = str(_since_epoch(since)) if since is not None else "-"
        high = f"({_place(after)}" if after is not None else _before(until)
        while True:
            with kept("reading the ledger"):
                batch: Any = self._redis.xrevrange(keys.LEDGER, high, low, count=_BATCH)
            yield from (read_entry(place, fields) for place, fields in batch)
            if len(batch) < _BATCH:
                return
            high = f"({batch[-1][0].decode()}"


def _before(until: datetime | None) -> str:
    # The sequence is spelt out: alone, a millisecond that ends a range means its last line.
    return f"({_since_epoch(until)}-0" if until is not None else "+"


def _since_epoch(at: datetime) -> int:
    """Return what a stream's id can begin with: nothing was written before 1970, and no range ends at 0."""
    return max(1, milliseconds(at))


def _place(after: str) -> str:
    if not _PLACE.fullmatch(after):
        fault = Fault("/cursor", "must be the `next_cursor` of the page before")
        raise Unreadable("cannot go on from there: the cursor is not one we gave", faults=(fault,))
    return after
