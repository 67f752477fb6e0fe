"""A stretch of civil days in London, first and last included: what every report is asked for."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from dialer.clock import LONDON, london_day
from dialer.errors import Fault, Unreadable

# Two years and a day: the longest stretch for which a comparison with the year before makes sense.
MOST_DAYS: Final = 731


@dataclass(frozen=True, slots=True)
class Period:
    """`first` to `last`, both included; made by `period`, which checks their order and their distance."""

    first: date
    last: date

    @property
    def days(self) -> tuple[date, ...]:
        """Return each day, oldest first."""
        return tuple(self.first + timedelta(days=n) for n in range((self.last - self.first).days + 1))

    @property
    def starts_at(self) -> datetime:
        """Return the instant the first day begins."""
        return _midnight(self.first)

    @property
    def ends_before(self) -> datetime:
        """Return the instant the day after the last begins."""
        return _midnight(self.last + timedelta(days=1))

    def holds(self, at: datetime) -> bool:
        """Say whether the instant falls on one of the days."""
        return self.first <= london_day(at) <= self.last


def period(first: date, last: date) -> Period:
    """Return the days from `first` to `last`; raises Unreadable for a backward or an overlong stretch."""
    if last < first:
        raise Unreadable(
            f"the last day {last} lies before the first day {first}; swap them",
            faults=(Fault("to", "must not lie before `from`"),),
        )
    if (last - first).days >= MOST_DAYS:
        raise Unreadable(
            f"{first} to {last} is more than {MOST_DAYS} days; ask for a shorter stretch",
            faults=(Fault("to", f"at most {MOST_DAYS} days"),),
        )
    return Period(first, last)


def read_day(text: str, *, pointer: str) -> date:
    """Return the day written as `2026-11-23`; raises Unreadable that names `pointer`."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Unreadable(
            "cannot read a day: write year-month-day, such as 2026-11-23",
            faults=(Fault(pointer, "must be a day such as 2026-11-23"),),
        ) from None


def _midnight(day: date) -> datetime:
    """Return the first instant of a day in London; it is 23:00 UTC of the day before in summer."""
    return datetime.combine(day, time.min, tzinfo=LONDON).astimezone(UTC)
