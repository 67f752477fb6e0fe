"""Civil days and months as the law counts them: in London, to the end of the last day.

Source: Reg (EEC, Euratom) 1182/71 Art 3, read into PECR by reg 2(5)-(6); law.md 1.10 and 8.7.12.
"""

from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache

from dialer.clock import LONDON, london_day


# Days asked about are today and its neighbours, or those of one audit.
@lru_cache(maxsize=4096)
def day_starts(day: date) -> datetime:
    """Return the UTC instant at which this civil day begins in London."""
    return datetime.combine(day, time.min, LONDON).astimezone(UTC)


@lru_cache(maxsize=4096)
def london_instant(day: date, at: time) -> datetime:
    """Return the UTC instant at which London clocks first show `at` on this day."""
    return datetime.combine(day, at, LONDON).astimezone(UTC)


def end_of_days_after(start: datetime, days: int) -> datetime:
    """Return the end of the `days`-th day after the day of `start`, which itself does not count."""
    return day_starts(london_day(start) + timedelta(days=days + 1))


@lru_cache(maxsize=4096)
def end_of_months_after(start: datetime, months: int) -> datetime:
    """Return the end of the last day of `months` calendar months counted from the day of `start`.

    A month without that day ends the period with its own last day (Art 3(2)(c)).
    """
    day = london_day(start)
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    last = date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
    return day_starts(last + timedelta(days=1))
