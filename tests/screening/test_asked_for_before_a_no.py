"""Whatever was arranged before a no dies with it: a call-back asked for, a permit, a retry that was due."""

from datetime import timedelta

import pytest

from dialer.calls.call import Channel
from dialer.errors import Conflict
from dialer.law.records import Solicitation
from dialer.people.keys import Key, digest_of
from dialer.people.roles import Role
from dialer.screening.question import Binding
from dialer.screening.screen import Screened
from tests.doubles.house import NUMBER, House

KEY = Key(id="key_1", name="dialer", role=Role.DIALER, digest=digest_of("rfk_test_dialer"))


def asked_for(house: House) -> Solicitation:
    return Solicitation(
        id=f"sol_{house.clock():%H%M%S}",
        contact_point=NUMBER,
        principal="alder",
        topic="solar",
        channels=(Channel.LIVE_CALL,),
        requested_at=house.clock(),
        recorded_at=house.clock(),
    )


def reason(house: House, solicitation: str | None = None) -> str:
    screened = house.screen(house.outgoing(binding=Binding.ADVISORY, solicitation=solicitation))
    assert isinstance(screened, Screened)
    return screened.decision.verdict.reason


def test_a_call_back_asked_for_before_the_no_is_dead_and_a_later_one_waits_for_a_person(house: House) -> None:
    before = asked_for(house)
    house.parts.records.add(before)
    house.clock.advance(minutes=1)
    assert reason(house, before.id) == "UK_R21_SOLICITED"
    house.object()
    house.clock.advance(minutes=1)
    assert reason(house, before.id) == "UK_R21_1A_OBJECTED"
    later = asked_for(house)
    house.parts.records.add(later)
    house.clock.advance(minutes=1)
    assert reason(house, later.id) == "UK_R21_1A_OBJECTED"


def test_a_retry_that_was_due_is_refused_like_any_other_call(house: House) -> None:
    for n in range(4):
        house.screen(house.outgoing(call_ref=f"CA{n}"))
    assert reason(house) == "UK_FREQ_CAP"
    house.object()
    house.clock.advance(hours=24)
    assert reason(house) == "UK_R21_1A_OBJECTED"


def test_a_permit_dies_with_the_no(house: House) -> None:
    question = house.outgoing(binding=Binding.PERMIT, call_ref=None, endpoint=None, key=KEY.digest)
    screened = house.screen(question)
    assert isinstance(screened, Screened)
    assert screened.decision.permit is not None
    house.clock.advance(seconds=1)
    house.object()
    with pytest.raises(Conflict, match="do not dial"):
        house.parts.permits.redeem(screened.decision.permit, "T1", key=KEY)
    assert house.clock() - screened.decision.decided_at == timedelta(seconds=1)
