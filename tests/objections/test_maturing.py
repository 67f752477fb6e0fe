"""A possible no comes into force at the end of the next working day, in London, whatever days lie between."""

from datetime import UTC, date, datetime

import pytest

from dialer.law.facts import Policy
from dialer.objections.maturing import comes_into_force_at


@pytest.mark.parametrize(
    ("heard", "in_force"),
    [
        ("2026-11-23T10:00", "2026-11-25T00:00"),  # Monday: Tuesday's end
        ("2026-11-23T23:59:59", "2026-11-25T00:00"),
        ("2026-11-24T00:00", "2026-11-26T00:00"),
        ("2026-11-27T10:00", "2026-12-01T00:00"),  # Friday: Monday's end
        ("2026-11-28T10:00", "2026-12-01T00:00"),  # Saturday, too
        (
            "2026-05-22T15:00",
            "2026-05-26T23:00",
        ),  # before the spring bank holiday: Tuesday's end, in summer time
        ("2026-04-02T15:00", "2026-04-07T23:00"),  # before Good Friday: Easter Monday is one as well
        ("2026-12-24T15:00", "2026-12-30T00:00"),  # Boxing Day is observed on Monday 28: Tuesday's end
        (
            "2026-06-30T23:30",
            "2026-07-02T23:00",
        ),  # half past midnight in London: Wednesday, so Thursday's end
    ],
)
def test_it_is_the_end_of_the_next_working_day(heard: str, in_force: str) -> None:
    said, expected = (datetime.fromisoformat(text).replace(tzinfo=UTC) for text in (heard, in_force))
    assert comes_into_force_at(said, Policy()) == expected


def test_a_day_the_house_keeps_besides_is_not_worked() -> None:
    policy = Policy(one_off_holidays=(date(2026, 11, 24),))
    heard = datetime(2026, 11, 23, 10, tzinfo=UTC)
    assert comes_into_force_at(heard, policy) == datetime(2026, 11, 26, tzinfo=UTC)


def test_a_house_in_scotland_keeps_saint_andrews_day() -> None:
    heard = datetime(2026, 11, 27, 10, tzinfo=UTC)
    assert comes_into_force_at(heard, Policy(holidays=("SCT",))) == datetime(2026, 12, 2, tzinfo=UTC)
