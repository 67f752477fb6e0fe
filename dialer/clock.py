"""The only clock: every other module is handed the time or asks here.

Instants are aware UTC. Civil days and hours are counted in Europe/London, because the law counts them
there (law.md section 1.10); `london_day` is the one place where that conversion is made for a day.
"""

import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """Return this instant, aware, in UTC."""
    return datetime.now(UTC)


def monotonic_seconds() -> float:
    """Return seconds on a clock that never goes back; only differences mean anything."""
    return time.monotonic()


def london_day(at: datetime) -> date:
    """Return the civil date in London at the instant `at`."""
    return at.astimezone(LONDON).date()


def milliseconds(at: datetime) -> int:
    """Return the Unix time of `at` in whole milliseconds, as Redis scores and scripts want it."""
    return int(at.timestamp() * 1000)


def microseconds(at: datetime) -> int:
    """Return the Unix time of `at` in whole microseconds, exact in a double until the year 2255."""
    return milliseconds(at) * 1000 + at.microsecond % 1000


def from_milliseconds(value: int) -> datetime:
    """Return the aware UTC instant of a Unix time in milliseconds."""
    return datetime.fromtimestamp(value / 1000, UTC)
