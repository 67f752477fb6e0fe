"""Instants in files: what could be two days is refused, a day counts from its end, London is assumed."""

import pytest

from dialer.files.when import DateOrder, UnreadableTime, read_time


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("2026-03-04T10:15:00.000Z", "2026-03-04T10:15:00+00:00"),
        ("2026-03-04T10:15:00+02:00", "2026-03-04T08:15:00+00:00"),
        ("2026-03-04T10:15Z", "2026-03-04T10:15:00+00:00"),
        ("2026-07-01 10:15:00", "2026-07-01T09:15:00+00:00"),
        ("2026-01-01 10:15:00", "2026-01-01T10:15:00+00:00"),
        ("2026-10-25 01:30:00", "2026-10-25T01:30:00+00:00"),
        ("2026-07-01", "2026-07-01T22:59:59+00:00"),
        ("20260701", "2026-07-01T22:59:59+00:00"),
        ("31/01/2026", "2026-01-31T23:59:59+00:00"),
        ("01/31/2026 9:05", "2026-01-31T09:05:00+00:00"),
        ("05/05/2026 09:05:07", "2026-05-05T08:05:07+00:00"),
    ],
)
def test_an_instant_is_read_in_the_forms_files_have(text: str, utc: str) -> None:
    assert read_time(text).isoformat() == utc


@pytest.mark.parametrize(
    ("order", "day"), [(DateOrder.DAY_FIRST, "2026-06-05"), (DateOrder.MONTH_FIRST, "2026-05-06")]
)
def test_what_could_be_two_days_is_read_as_told(order: DateOrder, day: str) -> None:
    assert read_time("05/06/2026", order).date().isoformat() == day
    with pytest.raises(UnreadableTime, match="two different days"):
        read_time("05/06/2026")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "2026-02-30",
        "31/02/2026",
        "13/13/2026",
        "0000-00-00 00:00:00",
        "2026-11-23T25:00Z",
        "45987",
    ],
)
def test_a_day_that_does_not_exist_is_refused(text: str) -> None:
    with pytest.raises(UnreadableTime):
        read_time(text)
