"""A no that was read counts, although the clock that wrote it is ahead of the one that judges."""

from dataclasses import replace
from datetime import timedelta

import pytest

from dialer.law.facts import Case
from dialer.law.records import Consent, Hold, Objection
from dialer.screening.at_hand import with_noes_at_hand
from dialer.screening.rejudge import rejudge
from dialer.screening.screen import Screened
from dialer.screening.verdict import Answer
from dialer.wiring import wire
from tests.doubles.house import MONDAY, NUMBER, House, StandingClock, settings_for

AHEAD = MONDAY + timedelta(milliseconds=400)


@pytest.fixture
def ahead(house: House) -> House:
    """Another process on the same store, whose clock is a little ahead."""
    other = House.__new__(House)
    other.__dict__.update(house.__dict__)
    other.parts = wire(settings_for(house.redis_url, house.data_dir), clock=StandingClock(AHEAD))
    return other


def test_a_no_dated_after_the_instant_of_a_screening_that_read_it_blocks(house: House, ahead: House) -> None:
    ahead.object()
    screened = house.screen(house.outgoing())
    assert isinstance(screened, Screened)
    assert screened.decision.verdict.reason == "UK_R21_1A_OBJECTED"


def test_such_a_decision_is_judged_the_same_again(house: House, ahead: House) -> None:
    before = house.screen(house.outgoing())
    ahead.object()
    after = house.screen(house.outgoing())
    for screened, answer in ((before, Answer.ALLOW), (after, Answer.BLOCK)):
        assert isinstance(screened, Screened)
        line = house.parts.ledger.find(screened.decision.id)
        assert line is not None
        again = rejudge(line, house.parts.past, house.parts.book)
        assert (again.verdict.answer, again.differences) == (answer, ())


def test_every_kind_of_no_is_at_hand_and_no_yes_is() -> None:
    no = Objection(id="obj_1", contact_point=NUMBER, recorded_at=AHEAD)
    hold = Hold(id="hld_1", contact_point=NUMBER, recorded_at=AHEAD)
    yes = Consent(id="con_1", contact_point=NUMBER, recorded_at=AHEAD)
    taken_back = replace(yes, id="con_2", withdrawn_at=MONDAY)
    case = Case(at=MONDAY, objections=(no,), holds=(hold,), consents=(yes, taken_back))
    found = with_noes_at_hand(case)
    times = [record.recorded_at for record in (*found.objections, *found.holds, *found.consents)]
    assert times == [MONDAY, MONDAY, AHEAD, MONDAY]


def test_a_case_without_such_a_no_stays_the_very_case_it_was() -> None:
    case = Case(
        at=MONDAY, objections=(Objection(recorded_at=MONDAY),), consents=(Consent(recorded_at=AHEAD),)
    )
    assert with_noes_at_hand(case) is case
    undated = Case(at=None, objections=(Objection(recorded_at=AHEAD),))
    assert with_noes_at_hand(undated) is undated
