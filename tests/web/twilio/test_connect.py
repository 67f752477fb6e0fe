"""The agent we rang has answered: the callee is screened again, and bridged or refused aloud."""

import re
from dataclasses import replace

from dialer.screening.question import Binding
from dialer.screening.screen import Screened
from dialer.store import keys
from tests.doubles.house import NUMBER, House
from tests.doubles.twilio_client import Twilio
from tests.store.permits import permitted

HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
FORM = {"CallSid": "CA5", "From": "+442079460100", "To": "client:a17", "Direction": "outbound-api"}


def rung(house: House, **changed: object) -> str:
    """Screen as a click does; returns the decision that the agent is rung for."""
    asked = replace(house.outgoing(), endpoint=None, agent="a17", binding=Binding.RINGS, call_ref=None)
    screened = house.screen(replace(asked, **changed))
    assert isinstance(screened, Screened)
    return screened.decision.id


def test_the_callee_is_bridged_under_a_decision_of_its_own(twilio: Twilio, house: House) -> None:
    first = rung(house)
    answer = twilio.post(f"voice/connect?decision={first}", FORM)
    base = "https://dnc.example.co.uk/twilio/voice"
    decision = re.search(r"dec_\w{26}", answer.text).group()  # type: ignore[union-attr]
    assert decision != first
    assert answer.text == (
        f'{HEAD}<Response><Dial action="{base}/dialled?decision={decision}" answerOnBridge="true" '
        f'callerId="+442079460100" timeout="25"><Number statusCallback="{base}/status?decision={decision}" '
        f'statusCallbackEvent="initiated ringing answered completed" url="{base}/notice?decision={decision}">'
        f"{NUMBER}</Number></Dial></Response>"
    )
    assert house.parts.redis.zcard(keys.attempts(NUMBER)) == 1


def test_the_same_request_twice_is_one_attempt_and_one_answer(twilio: Twilio, house: House) -> None:
    route = f"voice/connect?decision={rung(house)}"
    assert twilio.post(route, FORM).data == twilio.post(route, FORM).data
    assert house.parts.redis.zcard(keys.attempts(NUMBER)) == 1


def test_a_no_since_the_click_is_told_to_the_agent(twilio: Twilio, house: House) -> None:
    first = rung(house)
    house.object()
    answer = twilio.post(f"voice/connect?decision={first}", FORM)
    assert "Not dialled" in answer.text
    assert "<Dial" not in answer.text


def test_a_decision_that_rang_nobody_connects_nobody(twilio: Twilio, house: House) -> None:
    advisory = rung(house, binding=Binding.ADVISORY)
    for decision in (advisory, permitted(house).id, "dec_nowhere", ""):
        assert "<Dial" not in twilio.post(f"voice/connect?decision={decision}", FORM).text


def test_another_signature_connects_nobody(twilio: Twilio, house: House) -> None:
    twilio.token = "another"
    assert twilio.post(f"voice/connect?decision={rung(house)}", FORM).status_code == 403


def test_a_permit_in_the_form_is_spent_once(twilio: Twilio, house: House) -> None:
    permit = permitted(house).permit
    assert "<Dial" in twilio.call(rf_permit=permit).text
    assert "used up" in twilio.call(sid="CA2", rf_permit=permit).text
    assert house.parts.redis.zcard(keys.attempts(NUMBER)) == 1


def test_a_permit_travels_in_a_sip_header_too(twilio: Twilio, house: House) -> None:
    form = {"SipHeader_X-Ringfence-Permit": "rfp_invented"}
    assert "used up" in twilio.call(**form).text
