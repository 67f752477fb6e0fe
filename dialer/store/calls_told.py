"""What the ledger says of how calls ended, hour by hour: the counts of any day, long after it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from redis import Redis

from dialer.calls.dispositions import RATE_WINDOW, Outcome
from dialer.clock import milliseconds
from dialer.store import keys
from dialer.store.case import CampaignCalls
from dialer.store.trouble import kept

_HOUR_MS: Final = 3_600_000
_PAGE: Final = 1_000
# Two months of hours; a log that spans more is read again in part.
_HOURS_HELD: Final = 62 * 24


@dataclass(frozen=True, slots=True)
class Told:
    """One outcome: `told_ms` when we were told, `at_ms` when the call ended, both Unix milliseconds."""

    told_ms: int
    at_ms: int
    campaign: str
    decision: str
    outcome: str


class CallsTold:
    """Reads the outcomes of the ledger by the hour, and holds the hours it has read."""

    def __init__(self, redis: "Redis") -> None:
        self._redis = redis
        self._hours: dict[int, tuple[Told, ...]] = {}
        self._begins_ms: int | None = None

    def counted(self, campaign: str, at: datetime) -> CampaignCalls | None:
        """Return a campaign's calls of the 24 hours before an instant, None where the ledger lacks some.

        What was told after the instant was not known then; of a call told twice the later word stands. One
        round trip a thousand lines of the ledger, for hours that were not read before.
        """
        until, since = milliseconds(at), milliseconds(at - RATE_WINDOW)
        if since < self._begins():
            return None
        ended: dict[str, str] = {}
        for told in self._between(since, until):
            if told.campaign == campaign and since < told.told_ms <= until and told.at_ms > since:
                ended[told.decision] = told.outcome
        outcomes = list(ended.values())
        return CampaignCalls(
            live=outcomes.count(Outcome.ANSWERED), abandoned=outcomes.count(Outcome.ABANDONED)
        )

    def _begins(self) -> int:
        """Return the Unix millisecond from which on the ledger is whole; 0 if nothing was taken away."""
        if self._begins_ms is None:
            with kept("asking how far back the ledger goes"):
                found: Any = (
                    self._redis.xinfo_stream(keys.LEDGER) if self._redis.exists(keys.LEDGER) else None
                )
            first = found["first-entry"] if found else None
            was_cut = found is not None and found.get("entries-added", found["length"]) > found["length"]
            self._begins_ms = int(first[0].partition(b"-")[0]) if was_cut and first else 0
        return self._begins_ms

    def _between(self, since_ms: int, until_ms: int) -> Iterator[Told]:
        # A line is written a moment after what it tells was told: that may be in the next hour.
        for hour in range(since_ms // _HOUR_MS, until_ms // _HOUR_MS + 2):
            if hour not in self._hours:
                if len(self._hours) >= _HOURS_HELD:
                    self._hours.clear()
                self._hours[hour] = tuple(self._read(hour * _HOUR_MS))
            yield from self._hours[hour]

    def _read(self, hour_ms: int) -> Iterator[Told]:
        low, high = str(hour_ms), f"({hour_ms + _HOUR_MS}-0"
        while True:
            with kept("reading how calls ended"):
                batch: Any = self._redis.xrange(keys.LEDGER, low, high, count=_PAGE)
            for _, fields in batch:
                if fields[b"k"] == b"outcome":
                    yield _told(json.loads(fields[b"d"]))
            if len(batch) < _PAGE:
                return
            low = f"({batch[-1][0].decode()}"


def _told(fields: dict[str, Any]) -> Told:
    return Told(
        told_ms=milliseconds(datetime.fromisoformat(fields["recorded_at"])),
        at_ms=milliseconds(datetime.fromisoformat(fields["at"])),
        campaign=str(fields["campaign"]),
        decision=str(fields["decision"]),
        outcome=str(fields["outcome"]),
    )
