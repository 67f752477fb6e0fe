"""The stretch of days a report is asked for."""

from datetime import UTC, date, datetime, timedelta

import pytest

from dialer.errors import Unreadable
from dialer.reports.period import MOST_DAYS, period, read_day


def test_both_ends_belong_to_the_period():
    stretch = period(date(2026, 11, 22), date(2026, 11, 24))

    assert stretch.days == (date(2026, 11, 22), date(2026, 11, 23), date(2026, 11, 24))


@pytest.mark.parametrize(
    ("at", "held"),
    [
        (datetime(2026, 6, 30, 22, 59, 59, tzinfo=UTC), False),
        (datetime(2026, 6, 30, 23, 0, tzinfo=UTC), True),
        (datetime(2026, 7, 1, 22, 59, 59, tzinfo=UTC), True),
        (datetime(2026, 7, 1, 23, 0, tzinfo=UTC), False),
    ],
)
def test_a_summer_day_begins_and_ends_at_london_midnight(at, held):
    first_of_july = period(date(2026, 7, 1), date(2026, 7, 1))

    assert first_of_july.holds(at) is held
    assert (first_of_july.starts_at <= at < first_of_july.ends_before) is held


def test_the_day_the_clocks_go_back_has_twenty_five_hours():
    day = period(date(2026, 10, 25), date(2026, 10, 25))

    assert day.ends_before - day.starts_at == timedelta(hours=25)


def test_a_backward_period_is_refused_and_says_so():
    with pytest.raises(Unreadable, match="before the first day") as refused:
        period(date(2026, 11, 24), date(2026, 11, 23))

    assert refused.value.faults[0].pointer == "to"


def test_the_longest_period_is_taken_and_a_day_more_is_refused():
    first = date(2025, 1, 1)

    assert len(period(first, first + timedelta(days=MOST_DAYS - 1)).days) == MOST_DAYS
    with pytest.raises(Unreadable, match="shorter stretch"):
        period(first, first + timedelta(days=MOST_DAYS))


@pytest.mark.parametrize("text", ["", "today", "23/11/2026", "2026-02-31", "2026-11-23T10:00", "٢٠٢٦-11-23"])
def test_what_is_no_day_is_refused_by_name(text):
    with pytest.raises(Unreadable) as refused:
        read_day(text, pointer="from")

    assert refused.value.faults[0].pointer == "from"
