"""The age of a register is counted in civil days, and at 28 it clears nobody."""

from datetime import date, timedelta

import pytest

from dialer.law.uk.pack import uk_parameters_on
from dialer.registers.freshness import (
    Freshness,
    age_days,
    freshness_of,
    good_days,
    good_through,
    working_days_missed,
)

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("age", "freshness"),
    [
        (0, Freshness.FRESH),
        (3, Freshness.FRESH),  # Friday's, on a Monday
        (4, Freshness.AGEING),  # Friday's was missed
        (6, Freshness.AGEING),
        (7, Freshness.OLD),
        (27, Freshness.OLD),
        (28, Freshness.STALE),
    ],
)
def test_each_age_has_its_meaning(age: int, freshness: Freshness) -> None:
    extracted_on = TODAY - timedelta(days=age)
    assert age_days(extracted_on, TODAY) == age
    assert freshness_of(extracted_on, TODAY) is freshness


@pytest.mark.parametrize(
    ("extracted_on", "today", "missed"),
    [
        (date(2026, 11, 20), date(2026, 11, 23), 0),
        (date(2026, 11, 20), date(2026, 11, 24), 1),
        (date(2026, 11, 23), date(2026, 11, 23), 0),
        (date(2026, 12, 24), date(2026, 12, 29), 0),  # Christmas, a week-end and its substitute day
        (date(2026, 12, 24), date(2026, 12, 30), 1),
        (date(2026, 11, 24), date(2026, 11, 23), 0),
    ],
)
def test_only_working_days_whose_file_should_be_there_are_missed(
    extracted_on: date, today: date, missed: int
) -> None:
    assert working_days_missed(extracted_on, today) == missed


def test_the_last_good_day_is_the_one_the_judge_relies_on_last() -> None:
    assert good_days(TODAY) == uk_parameters_on(TODAY).register_age_days_max == 27
    assert good_through(date(2026, 11, 20), TODAY) == date(2026, 12, 17)


def test_a_register_never_loaded_is_not_fresh() -> None:
    assert freshness_of(None, TODAY) is Freshness.NEVER_LOADED
