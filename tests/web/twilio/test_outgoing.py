"""An agent dials out: golden answers, signatures, repeats, and a store that is away."""

import re

import pytest

from dialer.store import keys
from tests.doubles.house import NUMBER, House
from tests.doubles.twilio_client import Twilio

HEAD = '<?xml version="1.0" encoding="UTF-8"?>'


def dials(text: str) -> bool:
    return "<Dial" in text


def test_a_clear_number_is_dialled_under_the_campaigns_number(twilio: Twilio) -> None:
    answer = twilio.call()
    base = "https://dnc.example.co.uk/twilio/voice"
    decision = re.search(r"dec_\w{26}", answer.text).group()  # type: ignore[union-attr]
    assert (answer.status_code, answer.mimetype) == (200, "text/xml")
    assert answer.text == (
        f'{HEAD}<Response><Dial action="{base}/dialled?decision={decision}" answerOnBridge="true" '
        f'callerId="+442079460100" timeout="25"><Number statusCallback="{base}/status?decision={decision}" '
        f'statusCallbackEvent="initiated ringing answered completed" url="{base}/notice?decision={decision}">'
        f"{NUMBER}</Number></Dial></Response>"
    )


def test_a_listed_number_is_refused_aloud_with_its_reason(twilio: Twilio, house: House) -> None:
    house.load_register("tps", "02079460123")
    answer = twilio.call()
    assert answer.status_code == 200
    assert not dials(answer.text)
    assert re.fullmatch(
        re.escape(f'{HEAD}<Response><Say language="en-GB">Not dialled. ')
        + r"[^<]+</Say><Hangup /></Response>",
        answer.text,
    )


@pytest.mark.parametrize("token", ["", "another"])
def test_another_signature_is_403_and_nothing_is_done(twilio: Twilio, house: House, token: str) -> None:
    twilio.token = token
    assert twilio.call().status_code == 403
    assert house.parts.redis.exists(keys.LEDGER) == 0


def test_a_missing_signature_is_403_not_500(twilio: Twilio) -> None:
    assert twilio.client.post("/twilio/voice/outgoing", data={"To": NUMBER}).status_code == 403


def test_another_account_is_403_though_it_is_signed(twilio: Twilio) -> None:
    assert twilio.call(AccountSid="AC" + "f" * 32).status_code == 403


def test_a_get_is_not_answered_and_a_slash_does_not_redirect(twilio: Twilio) -> None:
    assert twilio.client.get("/twilio/voice/outgoing").status_code == 405
    assert twilio.client.post("/twilio/voice/outgoing/").status_code == 403


def test_the_same_request_twice_gets_the_same_answer_and_is_one_attempt(twilio: Twilio, house: House) -> None:
    first, second = twilio.call(), twilio.call()
    assert first.data == second.data
    assert dials(second.text)
    assert house.parts.redis.zcard(keys.attempts(NUMBER)) == 1
    assert house.parts.redis.xlen(keys.LEDGER) == 1


def test_a_repeat_after_a_no_dials_nobody(twilio: Twilio, house: House) -> None:
    assert dials(twilio.call().text)
    house.object()
    again = twilio.call()
    assert not dials(again.text)
    assert "Not dialled" not in again.text or "again" in again.text


def test_a_parameter_cannot_choose_the_agent(twilio: Twilio) -> None:
    answer = twilio.call(From="client:mallory", agent="a17", Caller="client:a17")
    assert not dials(answer.text)


def test_the_campaign_of_our_own_address_wins(twilio: Twilio) -> None:
    form = {"CallSid": "CA9", "From": "client:a17", "To": NUMBER, "rf_campaign": "nowhere"}
    assert dials(twilio.post("voice/outgoing?campaign=C1", form).text)


@pytest.mark.parametrize(
    "typed",
    ["+44 (0)20 7946 0123", "0044 20 7946 0123", "sip:%2B442079460123@acme.sip.twilio.com;user=phone"],
)
def test_a_number_is_read_from_any_form_people_type(twilio: Twilio, typed: str) -> None:
    assert f">{NUMBER}</Number>" in twilio.call(typed).text


@pytest.mark.parametrize(
    "typed", ["999", "112", "09012345678", "07012345678", "", "O2O 7946 0123", "client:a18"]
)
def test_what_may_not_be_dialled_is_not(twilio: Twilio, typed: str) -> None:
    answer = twilio.call(typed)
    assert answer.status_code == 200
    assert not dials(answer.text)


def test_rubbish_in_the_form_is_refused_not_an_error(twilio: Twilio) -> None:
    answer = twilio.call("\x00\ufffd" * 50, rf_campaign="x" * 5000, rf_person="|" * 500)
    assert answer.status_code == 200
    assert not dials(answer.text)


def test_the_fallback_refuses_and_dials_nobody(twilio: Twilio) -> None:
    answer = twilio.post("fallback", {"CallSid": "CA1", "ErrorCode": "11200"})
    assert answer.status_code == 200
    assert "<Say" in answer.text
    assert not dials(answer.text)
