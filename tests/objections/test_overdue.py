"""What nobody settles comes into force by itself, over a bank holiday's weekend, worker or no worker."""

from datetime import UTC, datetime

import pytest

from dialer.errors import Conflict
from dialer.objections.overdue import NOBODY_DECIDED, settle_overdue
from dialer.objections.review import Finding, decide
from dialer.store import keys
from tests.doubles.house import NUMBER, House
from tests.objections.doubts import doubtful, found, noes, open_reviews, reason
from workers.timed_tasks import timed_tasks

# The Friday before the spring bank holiday, and the end of the Tuesday after it, in summer time.
FRIDAY = datetime(2026, 5, 22, 14, tzinfo=UTC)
TUESDAYS_END = datetime(2026, 5, 26, 23, tzinfo=UTC)


def settled(house: House, at: datetime) -> int:
    house.clock.now = at
    return settle_overdue(house.parts.listening.reviews, at)


def test_it_waits_over_the_long_weekend_and_then_is_in_force(house: House) -> None:
    house.clock.now = FRIDAY
    review = doubtful(house)
    for day in (23, 24, 25, 26):
        assert settled(house, datetime(2026, 5, day, 22, 59, tzinfo=UTC)) == 0
    assert settled(house, TUESDAYS_END) == 1
    kept = house.parts.reviews.find(review.id)
    assert kept is not None
    assert kept.settled_by is not None
    assert (kept.state, kept.settled_by.name, kept.ruling_note) == ("confirmed", "timetable", NOBODY_DECIDED)
    assert (noes(house), open_reviews(house)) == ([("speech", "oh do get lost")], [])


def test_with_no_worker_the_judge_refuses_all_the_same_and_nobody_can_lift_it(house: House) -> None:
    review = doubtful(house)
    house.clock.now = datetime(2026, 11, 25, 10, tzinfo=UTC)
    for register in ("tps", "ctps"):
        house.load_register(register, extracted_on=house.clock.now.date())
    assert reason(house) == "UK_ART21_OBJECTED"
    with pytest.raises(Conflict, match="in force as an objection"):
        decide(review.id, found(Finding.NOT_AN_OPT_OUT), house.parts.listening.reviews)


def test_the_timetable_does_it_and_doing_it_again_does_no_harm(house: House) -> None:
    doubtful(house)
    house.clock.now = datetime(2026, 11, 25, tzinfo=UTC)
    (task,) = [task for task in timed_tasks(house.parts) if task.name == "settle_possible_opt_outs"]
    assert [task.run(house.clock.now) for _ in range(2)] == [1, 0]
    assert house.parts.redis.zcard(keys.NOTICES_BY_STATE) == 1


def test_an_objection_as_wide_settles_what_waits(house: House) -> None:
    review = doubtful(house)
    house.clock.advance(minutes=1)
    no = house.object(scope=review.possible.scope if review.possible else None)
    assert settled(house, house.clock.now) == 1
    kept = house.parts.reviews.find(review.id)
    assert kept is not None
    assert kept.possible is not None
    assert (kept.possible.objection, len(noes(house, NUMBER))) == (no.id, 1)


def test_a_narrower_objection_leaves_it_waiting(house: House) -> None:
    doubtful(house)
    house.clock.advance(minutes=1)
    house.object()
    assert settled(house, house.clock.now) == 0
    assert len(open_reviews(house)) == 1
