"""How old a register is, in civil days in London, and what that means. Source: law.md 1.10.

The statute counts from the listing and the file holds no dates, so the age of the file stands for it: one
extracted on day F and used on day C is certain while C − F is at most 27. That figure is the statute book's,
so that no page calls good what the judge would not rely on.
"""

from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from dialer.law.uk.bank_holidays import is_bank_holiday
from dialer.law.uk.pack import uk_parameters_on

ALARM_FROM_DAYS: Final = 7
# The operator works in England; its files come on its working days (law.md 1.9).
_OPERATORS_NATION: Final = ("ENG",)
_MONDAY_TO_FRIDAY: Final = range(5)


class Freshness(StrEnum):
    """What the age of a register means; `never_loaded` and `stale` clear nobody.

    `ageing`: a working day's file was missed. `old`: a week has gone.
    """

    NEVER_LOADED = "never_loaded"
    FRESH = "fresh"
    AGEING = "ageing"
    OLD = "old"
    STALE = "stale"


def good_days(today: date) -> int:
    """Return the greatest age at which a copy clears anybody, by the law of `today`."""
    return uk_parameters_on(today).register_age_days_max


def good_through(extracted_on: date, today: date) -> date:
    """Return the last civil day on which a copy clears anybody, by the law of `today`."""
    return extracted_on + timedelta(days=good_days(today))


def age_days(extracted_on: date, today: date) -> int:
    """Return whole civil days from extraction to `today`, both in London; 0 on the day itself."""
    return (today - extracted_on).days


def working_days_missed(extracted_on: date, today: date) -> int:
    """Return how many working days lie between extraction and `today`, both excluded.

    Today's file may not be there yet, so a Friday's is all there is on the Monday after.
    """
    between = (extracted_on + timedelta(days=n) for n in range(1, age_days(extracted_on, today)))
    return sum(
        day.weekday() in _MONDAY_TO_FRIDAY and not is_bank_holiday(day, _OPERATORS_NATION) for day in between
    )


def freshness_of(extracted_on: date | None, today: date) -> Freshness:
    """Return how fresh a register extracted on this day is; None was never loaded."""
    if extracted_on is None:
        return Freshness.NEVER_LOADED
    age = age_days(extracted_on, today)
    if age > good_days(today):
        return Freshness.STALE
    if age >= ALARM_FROM_DAYS:
        return Freshness.OLD
    return Freshness.AGEING if working_days_missed(extracted_on, today) else Freshness.FRESH
