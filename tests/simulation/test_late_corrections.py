"""A decision between a no and the writing of its end is judged again as it was, whatever the clocks say."""

from datetime import timedelta
from pathlib import Path

import pytest

from dialer.consents.approval import Ruling
from dialer.objections.correction import Wish, propose, settle_correction
from dialer.screening.rejudge import rejudge
from dialer.screening.screen import Screened
from tests.doubles.house import House
from tests.simulation.second_thoughts import ONE, OTHER


@pytest.mark.parametrize("seconds_behind", [0.3, 20])
def test_a_correction_by_a_clock_behind_does_not_reach_a_decision_before_it(
    redis_url: str, tmp_path: Path, seconds_behind: float
) -> None:
    house = House(redis_url, tmp_path)
    house.load_register("tps")
    house.load_register("ctps")
    no = house.parts.corrections.objections.find(house.object().id)
    assert no is not None
    house.clock.advance(hours=1)
    screened = house.screen(house.outgoing())
    assert isinstance(screened, Screened)
    house.clock.now -= timedelta(seconds=seconds_behind)
    desk = house.parts.corrections
    review = propose(no, Wish(objection=no.objection.id or "", why="misheard", note=None, by=ONE), desk)
    settle_correction(review.id, Ruling(outcome="approve", by=OTHER), desk)
    house.clock.advance(hours=1)
    line = house.parts.ledger.find(screened.decision.id)
    assert line is not None
    again = rejudge(line, house.parts.past, house.parts.book)
    assert (again.verdict.reason, again.differences) == ("UK_R21_1A_OBJECTED", ())
