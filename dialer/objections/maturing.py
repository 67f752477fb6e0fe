"""When a possible no that nobody settled counts as one: at the end of the next working day, in London.

A working day is Monday to Friday but for the bank holidays that the house keeps. Days are counted as the law
counts them: the day on which it was said does not count. Source: law.md 1.10, 8.7.20.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import count
from typing import Final

from dialer.clock import london_day
from dialer.law.days import day_starts
from dialer.law.facts import Policy
from dialer.law.uk.bank_holidays import is_bank_holiday

# The nations whose bank holidays are kept where policy names none (law.md 8.7.20).
_NATIONS: Final = ("ENG", "WLS")
_SATURDAY: Final = 5


def comes_into_force_at(since: datetime, policy: Policy) -> datetime:
    """Return the UTC instant at which the next working day after that of `since` ends in London."""
    day = next(day for day in _days_after(london_day(since)) if _is_worked(day, policy))
    return day_starts(day + timedelta(days=1))


def _days_after(day: date) -> Iterator[date]:
    return (day + timedelta(days=passed) for passed in count(1))


def _is_worked(day: date, policy: Policy) -> bool:
    nations = policy.holidays if policy.holidays is not None else _NATIONS
    is_weekend = day.weekday() >= _SATURDAY
    return not (is_weekend or day in policy.one_off_holidays or is_bank_holiday(day, nations))
