"""Days and months in London, to the end of the last day."""

from datetime import date, time

import pytest

from dialer.law.days import day_starts, end_of_days_after, end_of_months_after, london_instant
from tests.law.building import instant


@pytest.mark.parametrize(
    ("day", "starts"),
    [
        (date(2026, 3, 29), "2026-03-29T00:00:00+00:00"),
        (date(2026, 3, 30), "2026-03-29T23:00:00+00:00"),
        (date(2026, 10, 25), "2026-10-24T23:00:00+00:00"),
        (date(2026, 10, 26), "2026-10-26T00:00:00+00:00"),
    ],
)
def test_a_day_starts_at_midnight_in_london(day: date, starts: str) -> None:
    assert day_starts(day) == instant(starts)


@pytest.mark.parametrize(
    ("start", "months", "ends"),
    [
        ("2026-08-31T10:00:00+00:00", 6, "2027-03-01T00:00:00+00:00"),
        ("2023-08-31T10:00:00+00:00", 6, "2024-03-01T00:00:00+00:00"),
        ("2026-12-15T10:00:00+00:00", 1, "2027-01-16T00:00:00+00:00"),
        ("2026-05-31T23:30:00+00:00", 1, "2026-07-01T23:00:00+00:00"),
        ("2024-11-23T23:59:59+00:00", 24, "2026-11-24T00:00:00+00:00"),
    ],
)
def test_months_run_to_the_end_of_their_last_day(start: str, months: int, ends: str) -> None:
    assert end_of_months_after(instant(start), months) == instant(ends)


def test_seven_days_run_to_the_end_of_the_seventh() -> None:
    assert end_of_days_after(instant("2026-11-16T00:00:00+00:00"), 7) == instant("2026-11-24T00:00:00+00:00")


def test_eight_in_the_morning_is_eight_on_londons_clocks() -> None:
    assert london_instant(date(2026, 6, 24), time(8)) == instant("2026-06-24T07:00:00+00:00")
