"""What is heard with doubt: held, asked about, never taken for a yes; and what is none leaves no trace."""

import json
import logging
from typing import Any

import pytest

from tests.doubles.house import NUMBER, House
from tests.doubles.twilio_client import Twilio
from tests.objections.doubts import noes, open_reviews, reason
from tests.web.twilio.test_no import decision_of

OUR_NUMBER = "+442079460100"
RINGING = {"CallSid": "CA7", "From": NUMBER, "To": OUR_NUMBER, "Direction": "inbound"}
HOSTILE = "oh just get lost"
POLISH = "nie rozumiem co pan do mnie mówi proszę nie"


def hears(
    twilio: Twilio, decision: str, words: str, *, ordinal: int = 1, sure: float = 0.95, sid: str = "CA1"
) -> None:
    """Let a final piece of the callee's own words arrive, from the agent's leg of a call."""
    event = {
        "CallSid": sid,
        "TranscriptionEvent": "transcription-content",
        "TranscriptionSid": "GT1",
        "SequenceId": str(ordinal),
        "Track": "outbound_track",
        "Final": "true",
        "TranscriptionData": json.dumps({"transcript": words, "confidence": sure}),
    }
    assert twilio.post(f"voice/transcription?decision={decision}", event).status_code == 200


def prompts(house: House, decision: str) -> list[str]:
    return [prompt.kind.value for prompt in house.parts.listening.prompts.of(decision)]


@pytest.mark.parametrize("words", [HOSTILE, POLISH])
def test_a_doubtful_turn_holds_the_line_and_prompts_the_agent(
    twilio: Twilio, house: House, words: str
) -> None:
    decision = decision_of(twilio)
    hears(twilio, decision, words)
    assert (reason(house), len(open_reviews(house)), noes(house)) == ("POLICY_HOLD_REVIEW", 1, [])
    assert prompts(house, decision) == ["possible_opt_out"]
    (prompt,) = house.parts.listening.prompts.of(decision)
    assert prompt.say == "Ask: would you like us not to call again?"


def test_the_same_event_twice_and_the_same_thing_said_again_wait_once(twilio: Twilio, house: House) -> None:
    decision = decision_of(twilio)
    for ordinal in (1, 1, 2):
        hears(twilio, decision, HOSTILE, ordinal=ordinal)
    assert len(open_reviews(house)) == 1


def test_a_no_the_recogniser_was_unsure_of_is_held(twilio: Twilio, house: House) -> None:
    hears(twilio, decision_of(twilio), "stop calling me", sure=0.2)
    assert (len(open_reviews(house)), noes(house)) == (1, [])


def test_once_unsure_is_chance_and_twice_in_one_call_is_a_doubt(twilio: Twilio, house: House) -> None:
    decision = decision_of(twilio)
    hears(twilio, decision, "yes that sounds good", sure=0.2)
    hears(twilio, decision, "yes that sounds good", sure=0.2)
    assert open_reviews(house) == []
    hears(twilio, decision, "the blue one please", ordinal=2, sure=0.2)
    assert len(open_reviews(house)) == 1


def test_one_unsure_turn_that_may_have_been_a_no_is_held_and_asked_about(
    twilio: Twilio, house: House
) -> None:
    decision = decision_of(twilio)
    hears(twilio, decision, "I want you to shop calling", sure=0.2)
    assert (reason(house), len(open_reviews(house)), noes(house)) == ("POLICY_HOLD_REVIEW", 1, [])
    assert prompts(house, decision) == ["possible_opt_out"]


def test_a_plain_refusal_holds_nothing_bars_its_campaign_and_asks(twilio: Twilio, house: House) -> None:
    decision = decision_of(twilio)
    hears(twilio, decision, "no thanks not interested")
    assert (open_reviews(house), noes(house)) == ([], [])
    assert (reason(house), prompts(house, decision)) == ("POLICY_CAMPAIGN_REFUSED", ["refusal"])
    assert b"interested" not in everything(house)


def test_two_refusals_in_one_call_are_one_and_on_a_later_call_an_objection(
    twilio: Twilio, house: House
) -> None:
    first = decision_of(twilio)
    later = decision_of(twilio, sid="CA9")
    for ordinal in (1, 2):
        hears(twilio, first, "no thanks not interested", ordinal=ordinal)
    assert noes(house) == []
    house.clock.advance(hours=3)
    hears(twilio, later, "I said not interested", sid="CA9")
    assert noes(house) == [("speech", None)]
    assert reason(house) == "UK_R21_1A_OBJECTED"


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("you have got the wrong number", "wrong_number"),
        ("I am afraid he died in March", "deceased"),
        ("I get muddled, what do I have to sign", "vulnerable"),
    ],
)
def test_care_only_prompts_and_keeps_no_words(twilio: Twilio, house: House, words: str, kind: str) -> None:
    decision = decision_of(twilio)
    hears(twilio, decision, words)
    assert prompts(house, decision) == [kind]
    assert (reason(house), open_reviews(house), house.parts.records.of_line(NUMBER).marks) == (
        "UK_R21_CLEAR",
        [],
        [],
    )
    assert words.encode() not in everything(house)


@pytest.mark.parametrize("words", ["what is the zebra price a month", "is there a zebra discount"])
def test_a_turn_judged_none_is_written_nowhere_not_even_to_a_log(
    twilio: Twilio, house: House, words: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    decision = decision_of(twilio)
    before = names(house)
    hears(twilio, decision, words)
    twilio.post(f"voice/opt-out?decision={decision}&n=1", {"CallSid": "CA1", "SpeechResult": words})
    twilio.post("messages/incoming", {"MessageSid": "SM1", "From": NUMBER, "To": OUR_NUMBER, "Body": words})
    assert names(house) == before
    assert b"zebra" not in everything(house)
    assert "zebra" not in caplog.text


@pytest.mark.parametrize("said", [{"SpeechResult": HOSTILE}, {"SpeechResult": POLISH}, {"Digits": "5"}])
def test_with_no_agent_the_unclear_is_asked_once_more_and_then_is_a_no(
    twilio: Twilio, house: House, said: dict[str, str]
) -> None:
    asked = twilio.post("voice/returned?n=1", {**RINGING, **said}).text
    assert "press 9 or say stop" in asked
    assert "voice/returned?n=2" in asked
    assert noes(house) == []
    assert "Your reference is" in twilio.post("voice/returned?n=2", {**RINGING, **said}).text
    assert len(noes(house)) == 1


def test_with_no_agent_one_turn_the_recogniser_was_unsure_of_is_held(twilio: Twilio, house: House) -> None:
    decision = decision_of(twilio)
    said = {"CallSid": "CA2", "SpeechResult": "do not throw me again", "Confidence": "0.3"}
    assert "<Gather" in twilio.post(f"voice/opt-out?decision={decision}&n=1", said).text
    sure = {**said, "SpeechResult": "the blue one please", "Confidence": "0.9"}
    twilio.post(f"voice/opt-out?decision={decision}&n=2", sure)
    assert (reason(house), len(open_reviews(house)), noes(house)) == ("POLICY_HOLD_REVIEW", 1, [])


def test_who_hangs_up_instead_of_answering_again_stays_held(twilio: Twilio, house: House) -> None:
    twilio.post("voice/returned?n=1", {**RINGING, "SpeechResult": HOSTILE})
    assert (reason(house), len(open_reviews(house))) == ("POLICY_HOLD_REVIEW", 1)


def test_a_plain_question_on_the_return_line_is_never_a_no(twilio: Twilio, house: House) -> None:
    for turn in (1, 2):
        twilio.post(f"voice/returned?n={turn}", {**RINGING, "SpeechResult": "hello who is this"})
    assert (noes(house), open_reviews(house), reason(house)) == ([], [], "UK_R21_CLEAR")


def test_a_message_nobody_could_take_keeps_its_campaign_when_it_asks_again(
    twilio: Twilio, house: House
) -> None:
    form = {"CallSid": "CA7", "From": OUR_NUMBER, "To": NUMBER, "Direction": "outbound-api"}
    asked = twilio.post("voice/returned?campaign=C1&n=1", {**form, "SpeechResult": HOSTILE}).text
    assert "campaign=C1&amp;n=2" in asked


def test_a_doubtful_text_is_held(twilio: Twilio, house: House) -> None:
    form = {"MessageSid": "SM1", "From": NUMBER, "To": OUR_NUMBER, "Body": HOSTILE}
    twilio.post("messages/incoming", form)
    assert (len(open_reviews(house)), noes(house)) == (1, [])


def names(house: House) -> set[bytes]:
    """Return every key there is."""
    redis: Any = house.parts.redis
    return set(redis.keys("*"))


def everything(house: House) -> bytes:
    """Return every value that the store holds, as it is written."""
    redis: Any = house.parts.redis
    readers = {b"string": redis.get, b"hash": redis.hgetall, b"set": redis.smembers}
    readers |= {b"stream": redis.xrange, b"list": lambda name: redis.lrange(name, 0, -1)}
    readers |= {b"zset": lambda name: redis.zrange(name, 0, -1)}
    return b"".join(repr(readers[redis.type(name)](name)).encode() for name in redis.keys("*"))
