"""One line's ledger entries, newest first: what was tried, and what was known before a given decision."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from redis import Redis

from dialer.clock import from_milliseconds, milliseconds
from dialer.store import keys
from dialer.store.ledger import Entry, read_entry
from dialer.store.trouble import kept

_BATCH: Final = 200
# A line's entries are in order but for writers that overlapped or whose clocks differ; no more than this.
_DISORDER: Final = timedelta(minutes=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One try to reach a line: when, for whom, by which decision, and in which call where that is known."""

    at: datetime
    principal: str | None
    decision: str
    call_ref: str | None


class EntriesOfLine:
    """Reads one line's ledger entries as far back as was ever asked for, and holds them."""

    def __init__(self, redis: "Redis", contact_point: str) -> None:
        self._redis = redis
        self._contact_point = contact_point
        self._held: list[Entry] = []
        self._rest = self._read()

    def newest_first(self) -> Iterator[Entry]:
        """Yield the entries; two round trips for two hundred that were not read before."""
        place = 0
        while True:
            if place == len(self._held):
                entry = next(self._rest, None)
                if entry is None:
                    return
                self._held.append(entry)
            yield self._held[place]
            place += 1

    def _read(self) -> Iterator[Entry]:
        first = 0
        while True:
            with kept("reading a line's ledger entries"):
                names: Any = self._redis.lrange(
                    keys.line_entries(self._contact_point), first, first + _BATCH - 1
                )
                with self._redis.pipeline(transaction=False) as pipe:
                    for name in names:
                        pipe.xrange(keys.LEDGER, name, name)
                    found = pipe.execute() if names else []
            # An entry that was archived is gone from the stream; its id stays in the list.
            yield from (read_entry(*entry[0]) for entry in found if entry)
            if len(names) < _BATCH:
                return
            first += _BATCH

    def attempts(self, *, since: datetime, until: datetime, before: str | None = None) -> tuple[Attempt, ...]:
        """Return the attempts from `since` to `until`, both included, oldest first.

        `before` is the ledger id of a decision: only what was written before it counts.
        """
        found: list[Attempt] = []
        for entry in self.newest_first():
            if before is not None and not _is_before(entry.entry, before):
                continue
            at = time_of(entry)
            if at is not None and at < since - _DISORDER:
                break
            attempt = attempt_of(entry)
            if attempt is not None and since <= attempt.at <= until:
                found.append(attempt)
        return tuple(sorted(found, key=lambda attempt: attempt.at))

    def written_after(self, entry: str) -> frozenset[str]:
        """Return the ids of what was kept about a line after this ledger entry."""
        names: set[str] = set()
        for later in self.newest_first():
            if not _is_before(entry, later.entry):
                break
            names.add(str(later.fields.get("id")))
        return frozenset(names)


def attempt_of(entry: Entry) -> Attempt | None:
    """Return the attempt an entry counted: a decision that itself dialled, or a permit that was spent."""
    fields = entry.fields
    is_spent_permit = entry.kind == "attempt"
    if not is_spent_permit and not (entry.kind == "decision" and fields.get("dials")):
        return None
    at = time_of(entry)
    if at is None:
        return None
    return Attempt(
        at=at,
        principal=fields.get("principal"),
        decision=str(fields["decision" if is_spent_permit else "id"]),
        call_ref=fields.get("call_ref"),
    )


def time_of(entry: Entry) -> datetime | None:
    """Return when an entry says it was made, to the millisecond; None if it does not say."""
    said = next((entry.fields[n] for n in ("decided_at", "recorded_at", "at") if entry.fields.get(n)), None)
    # Attempts are counted by milliseconds, so an instant between two of them counts as the earlier.
    return from_milliseconds(milliseconds(datetime.fromisoformat(said))) if said else None


def _is_before(left: str, right: str) -> bool:
    return _place(left) < _place(right)


def _place(entry: str) -> tuple[int, int]:
    """Return a stream id as the numbers that order it."""
    at_ms, _, sequence = entry.partition("-")
    return int(at_ms), int(sequence)
