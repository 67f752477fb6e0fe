"""Calling hours as data: read strictly, closed where nothing is said."""

from datetime import date, time

import pytest

from dialer.errors import Misconfigured
from dialer.law.opening import Opening, Span, read_opening, read_span

MONDAY, SATURDAY, SUNDAY = date(2026, 11, 23), date(2026, 11, 21), date(2026, 11, 22)
WEEK = read_opening(
    {"monday_to_friday": "08:00-21:00", "sunday": "10:00-16:00", "keeps_bank_holidays": False}
)


def test_a_span_has_its_two_times() -> None:
    assert read_span("08:00-21:30") == Span(time(8), time(21, 30))


@pytest.mark.parametrize("text", ["8-21", "08:00", "24:00-25:00", "21:00-08:00", "08:00-08:00", ""])
def test_a_bad_span_is_refused(text: str) -> None:
    with pytest.raises(Misconfigured):
        read_span(text)


def test_an_unknown_day_is_refused() -> None:
    with pytest.raises(Misconfigured, match="moonday"):
        read_opening({"moonday": "08:00-21:00"})


@pytest.mark.parametrize(
    ("day", "span"), [(MONDAY, WEEK.monday_to_friday), (SATURDAY, None), (SUNDAY, WEEK.sunday)]
)
def test_each_day_has_its_own_hours(day: date, span: Span | None) -> None:
    assert WEEK.on(day, is_holiday=False) == span


def test_a_holiday_is_a_day_like_others_where_it_is_not_kept() -> None:
    assert WEEK.on(MONDAY, is_holiday=True) == WEEK.monday_to_friday


def test_a_holiday_is_closed_where_nothing_is_said() -> None:
    assert Opening(monday_to_friday=WEEK.monday_to_friday).on(MONDAY, is_holiday=True) is None
