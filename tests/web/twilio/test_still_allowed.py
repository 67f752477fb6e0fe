"""A no that lands between commit and bridge: the leg is ended while it rings, or hangs up by itself."""

import pytest

from dialer.bell import TEND, notice_queue
from dialer.law.records import Reach, Scope
from dialer.store.configuration import Section
from tests.doubles.house import NUMBER, House, campaign
from tests.doubles.twilio_client import Twilio
from tests.web.twilio.test_no import decision_of

LEG = {"CallSid": "CA-leg", "ParentCallSid": "CA1", "To": NUMBER, "From": "+442079460100"}


def tells(twilio: Twilio, decision: str, **event: str) -> int:
    return twilio.post(f"voice/status?decision={decision}", {**LEG, **event}).status_code


def whispered(twilio: Twilio, decision: str) -> str:
    return twilio.post(f"voice/notice?decision={decision}", {**LEG, "CallStatus": "in-progress"}).text


def ordered(house: House) -> list[str]:
    """What the telephone was ordered to do, but for looking for what rings."""
    found: list[bytes] = house.parts.redis.zrange("rf:call-orders", 0, -1)  # type: ignore[assignment]
    return [name.decode() for name in found if name.startswith(b"end")]


@pytest.mark.parametrize("status", ["initiated", "ringing", "queued"])
def test_a_leg_whose_commit_came_before_the_no_is_ended_when_it_starts_to_ring(
    twilio: Twilio, house: House, status: str
) -> None:
    decision = decision_of(twilio)
    house.object()
    assert tells(twilio, decision, CallStatus=status, SequenceNumber="0") == 200
    assert ordered(house) == ["end|CA-leg"]
    (last, *_) = notice_queue(house.parts.redis).jobs
    assert (last.func_name, last.args) == (TEND, ["end|CA-leg"])


def test_a_leg_that_nobody_objects_to_goes_on_ringing(twilio: Twilio, house: House) -> None:
    decision = decision_of(twilio)
    house.object(scope=Scope(reach=Reach.PRINCIPAL, channels="text"))
    tells(twilio, decision, CallStatus="initiated", SequenceNumber="0")
    assert ordered(house) == []


@pytest.mark.parametrize("status", ["in-progress", "completed", "busy", "no-answer", "canceled", "failed"])
def test_a_leg_that_was_answered_or_is_over_is_left_alone(twilio: Twilio, house: House, status: str) -> None:
    decision = decision_of(twilio)
    house.object()
    tells(twilio, decision, CallStatus=status, SequenceNumber="2")
    assert ordered(house) == []


def test_the_agents_own_leg_is_nobodys_line(twilio: Twilio, house: House) -> None:
    decision = decision_of(twilio)
    house.object()
    agents = {"CallSid": "CA-agent", "To": "client:a17", "CallStatus": "ringing"}
    twilio.post(f"voice/status?decision={decision}", agents)
    assert ordered(house) == []


def test_the_same_event_twice_orders_once(twilio: Twilio, house: House) -> None:
    decision = decision_of(twilio)
    house.object()
    for _ in range(2):
        tells(twilio, decision, CallStatus="initiated", SequenceNumber="0")
    assert ordered(house) == ["end|CA-leg"]


def test_an_event_of_a_call_nobody_knows_orders_nothing(twilio: Twilio, house: House) -> None:
    house.object()
    assert tells(twilio, "dec_00000000000000000000000000", CallStatus="initiated") == 200
    assert ordered(house) == []


def test_before_the_bridge_a_no_hangs_up_the_callees_leg(twilio: Twilio, house: House) -> None:
    decision = decision_of(twilio)
    assert "<Hangup" not in whispered(twilio, decision)
    house.object()
    assert "<Hangup" in whispered(twilio, decision)


def test_before_the_bridge_a_campaign_without_words_says_none(twilio: Twilio, house: House) -> None:
    answer = whispered(twilio, decision_of(twilio))
    assert "<Say" not in answer
    assert "<Gather" not in answer


def test_a_no_that_lands_while_the_notice_is_played_hangs_up_too(twilio: Twilio, house: House) -> None:
    house.put(Section.CAMPAIGNS, "C1", campaign(hearing="keypad"))
    decision = decision_of(twilio)
    assert 'actionOnEmptyResult="true"' in whispered(twilio, decision)
    house.object()
    for said in ({"SpeechResult": "hello yes"}, {}):
        answer = twilio.post(f"voice/opt-out?decision={decision}&n=1", {**LEG, **said})
        assert "<Hangup" in answer.text


def test_nobody_is_put_through_on_a_decision_nobody_knows(twilio: Twilio) -> None:
    assert "<Hangup" in whispered(twilio, "dec_00000000000000000000000000")
