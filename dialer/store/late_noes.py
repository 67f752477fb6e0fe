"""Noes that reached us late, and the calls made meanwhile, out of the ledger."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Final

from redis import Redis

from dialer.errors import CannotKeep
from dialer.screening.breach_review import DialledCall, LateNo
from dialer.screening.question_json import read_question
from dialer.store.ledger import Entry, LedgerStore
from dialer.store.line_entries import EntriesOfLine

_FIRST: Final = datetime(1970, 1, 2, tzinfo=UTC)
_LAST: Final = datetime(2200, 1, 1, tzinfo=UTC)
# A ledger line is written within seconds of what it records, by clocks that may be a little apart.
_WRITTEN_WITHIN: Final = timedelta(hours=1)


class LateNoes:
    """Fits `screening.breach_review.Calls`; writes nothing."""

    def __init__(self, redis: "Redis") -> None:
        self._redis = redis
        self._ledger = LedgerStore(redis)

    def between(self, start: datetime | None, end: datetime) -> Iterator[LateNo]:
        """Yield the noes recorded from `start` (None: ever) until before `end` that came late, in order."""
        since = start - _WRITTEN_WITHIN if start is not None else _FIRST
        for entry in self._ledger.entries(since, _LAST, newest_first=False):
            no = _late_no(entry) if entry.kind == "objection" else None
            if no is not None and (start is None or start <= no.recorded_at) and no.recorded_at < end:
                yield no

    def dialled(self, line: str, since: datetime, until: datetime) -> Iterator[DialledCall]:
        """Yield the calls made to a line in a stretch of time, both ends included, oldest first."""
        for attempt in EntriesOfLine(self._redis, line).attempts(since=since, until=until):
            found = self._ledger.find(attempt.decision)
            if found is None:
                raise CannotKeep(
                    f"a call's decision {attempt.decision} is not in the ledger; restore a backup"
                )
            fields = found.fields
            yield DialledCall(
                decision=attempt.decision,
                line=line,
                at=attempt.at,
                principal=attempt.principal,
                campaign=fields.get("campaign"),
                agent=fields.get("agent"),
                call_ref=attempt.call_ref,
                question=read_question(fields["asked"], key=fields.get("key")),
            )


def _late_no(entry: Entry) -> LateNo | None:
    """Return the no of a ledger line, None if it was recorded when it was said."""
    fields = entry.fields
    effective_at, recorded_at = (
        datetime.fromisoformat(fields[name]) if fields.get(name) else None
        for name in ("effective_at", "recorded_at")
    )
    if effective_at is None or recorded_at is None or effective_at >= recorded_at:
        return None
    return LateNo(
        id=str(fields["id"]),
        effective_at=effective_at,
        recorded_at=recorded_at,
        lines=tuple(fields["lines"]),
        source=fields.get("source"),
        principal=fields.get("principal"),
    )
