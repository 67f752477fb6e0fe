"""A line's whole history from the ledger, newest first, in pages: found by the line's own list of entries."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from redis import Redis

from dialer.errors import Fault, Unreadable
from dialer.store import keys
from dialer.store.ledger import Entry, read_entry
from dialer.store.trouble import kept

_BATCH: Final = 200


@dataclass(frozen=True, slots=True)
class TimelinePage:
    """Some of a line's ledger entries; `next` is the last one shown if there are more, None at the end."""

    entries: tuple[Entry, ...]
    next: str | None


class LineTimeline:
    """Reads one line's ledger entries; writes nothing. Two round trips for two hundred."""

    def __init__(self, redis: "Redis") -> None:
        self._redis = redis

    def page(
        self, contact_point: str, is_wanted: Callable[[Entry], bool], *, after: str | None, at_most: int
    ) -> TimelinePage:
        """Return the newest wanted entries written before `after`, None for the newest of all.

        Raises Unreadable if `after` is no entry of this line.
        """
        first = 0 if after is None else self._place_of(contact_point, after) + 1
        found: list[Entry] = []
        while True:
            batch, is_end = self._batch(contact_point, first)
            for entry in batch:
                if is_wanted(entry):
                    if len(found) == at_most:
                        return TimelinePage(tuple(found), found[-1].entry)
                    found.append(entry)
            if is_end:
                return TimelinePage(tuple(found), None)
            first += _BATCH

    def _batch(self, contact_point: str, first: int) -> tuple[list[Entry], bool]:
        with kept("reading a line's history"):
            names: Any = self._redis.lrange(keys.line_entries(contact_point), first, first + _BATCH - 1)
            with self._redis.pipeline(transaction=False) as pipe:
                for name in names:
                    pipe.xrange(keys.LEDGER, name, name)
                found = pipe.execute() if names else []
        # An entry that was archived is gone from the stream; its id stays in the list.
        return [read_entry(*lines[0]) for lines in found if lines], len(names) < _BATCH

    def _place_of(self, contact_point: str, entry: str) -> int:
        with kept("finding a place in a line's history"):
            place: Any = self._redis.lpos(keys.line_entries(contact_point), entry)
        if place is None:
            fault = Fault("/cursor", "must be the `next_cursor` of the page before")
            raise Unreadable("cannot go on from there: the cursor is not one we gave", faults=(fault,))
        return int(place)
