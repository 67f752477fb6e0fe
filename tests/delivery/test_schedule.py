"""When a notice is tried again, as data."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialer.delivery.schedule import DELAYS, GIVE_UP_AFTER, LONGEST_WISH, next_question, next_try
from tests.delivery.notices import NOW


def tried(tries: int, *, failed_at: datetime = NOW, wish: timedelta | None = None) -> datetime | None:
    return next_try(notice_id="ntc_1", tries=tries, started_at=NOW, failed_at=failed_at, wish=wish)


@pytest.mark.parametrize(
    ("tries", "seconds"),
    [
        (1, 5),
        (2, 30),
        (3, 300),
        (4, 1800),
        (5, 7200),
        (6, 18000),
        (7, 36000),
        (8, 50400),
        (9, 86400),
        (12, 86400),
    ],
)
def test_the_next_try_is_never_early_and_at_most_a_tenth_late(tries: int, seconds: int) -> None:
    due = tried(tries)
    assert due is not None
    assert seconds <= (due - NOW).total_seconds() <= 1.1 * seconds


def test_notices_that_failed_together_part_company() -> None:
    dues = {
        next_try(notice_id=f"ntc_{n}", tries=3, started_at=NOW, failed_at=NOW, wish=None) for n in range(20)
    }
    assert len(dues) == 20


def test_a_wish_for_patience_is_obeyed() -> None:
    assert tried(1, wish=timedelta(minutes=2)) == NOW + timedelta(minutes=2)


def test_a_wish_never_cuts_the_schedule_short() -> None:
    due = tried(4, wish=timedelta(seconds=1))
    assert due is not None
    assert due >= NOW + timedelta(minutes=30)


def test_a_wish_for_a_month_is_bounded() -> None:
    assert tried(1, wish=timedelta(days=30)) == NOW + LONGEST_WISH


def test_the_last_try_falls_on_the_end_of_the_week() -> None:
    assert tried(12, failed_at=NOW + GIVE_UP_AFTER - timedelta(hours=1)) == NOW + GIVE_UP_AFTER


def test_after_the_week_there_is_no_next_try() -> None:
    assert tried(12, failed_at=NOW + GIVE_UP_AFTER) is None


@given(seed=st.text(min_size=1, max_size=8))
def test_a_week_of_failures_ends_after_some_fifteen_tries(seed: str) -> None:
    at, tries = NOW, 1
    while (due := next_try(notice_id=seed, tries=tries, started_at=NOW, failed_at=at, wish=None)) is not None:
        assert due > at
        at, tries = due, tries + 1
    assert at == NOW + GIVE_UP_AFTER
    assert len(DELAYS) < tries < 20


def test_questions_come_to_an_end() -> None:
    asked = [next_question(questions=n, at=NOW) for n in range(6)]
    assert [q is not None for q in asked] == [True] * 5 + [False]
