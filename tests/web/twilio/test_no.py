"""The callee says no in our call, by key or voice: in force before anybody hears that it is."""

import re

import pytest

from dialer.store import keys
from tests.doubles.house import NUMBER, House
from tests.doubles.twilio_client import Twilio


def decision_of(twilio: Twilio, **form: str) -> str:
    return re.search(r"dec_\w{26}", twilio.call(**form).text).group()  # type: ignore[union-attr]


def standing(house: House, contact_point: str = NUMBER) -> list[tuple[str | None, str | None]]:
    objections = house.parts.records.of_line(contact_point).objections
    return [(objection.principal, objection.source) for objection in objections]


def test_key_nine_is_in_force_and_told_with_a_reference(twilio: Twilio, house: House) -> None:
    decision = decision_of(twilio)
    answer = twilio.post(f"voice/opt-out?decision={decision}&n=1", {"CallSid": "CA2", "Digits": "9"})
    assert "Your reference is" in answer.text
    assert standing(house) == [("alder", "keypad")]
    assert "Not dialled" in twilio.call(sid="CA3").text


def test_words_are_in_force_with_what_was_said(twilio: Twilio, house: House) -> None:
    decision = decision_of(twilio)
    form = {"CallSid": "CA2", "SpeechResult": "please take me off your list", "Confidence": "0.9"}
    twilio.post(f"voice/opt-out?decision={decision}&n=1", form)
    (objection,) = house.parts.records.of_line(NUMBER).objections
    assert (objection.source, objection.words) == ("speech", "please take me off your list")
    assert objection.scope is not None
    assert objection.scope.channels == "all"


def test_a_no_the_recogniser_was_unsure_of_is_asked_once_more_and_then_is_one(
    twilio: Twilio, house: House
) -> None:
    decision = decision_of(twilio)
    form = {"CallSid": "CA2", "SpeechResult": "stop calling me", "Confidence": "0.2"}
    assert "<Gather" in twilio.post(f"voice/opt-out?decision={decision}&n=1", form).text
    assert standing(house) == []
    assert "Your reference is" in twilio.post(f"voice/opt-out?decision={decision}&n=2", form).text
    assert standing(house) == [("alder", "speech")]


@pytest.mark.parametrize("form", [{"Digits": "1"}, {"SpeechResult": "yes I'd love a quote"}, {}])
def test_anything_else_holds_nothing_and_the_call_goes_on(
    twilio: Twilio, house: House, form: dict[str, str]
) -> None:
    decision = decision_of(twilio)
    answer = twilio.post(f"voice/opt-out?decision={decision}&n=1", {"CallSid": "CA2", **form})
    assert "<Hangup" not in answer.text
    assert standing(house) == []


def test_the_same_no_twice_is_one_objection_with_one_notice_and_the_same_answer(
    twilio: Twilio, house: House
) -> None:
    decision = decision_of(twilio)
    route, form = f"voice/opt-out?decision={decision}&n=1", {"CallSid": "CA2", "Digits": "9"}
    first, second = twilio.post(route, form), twilio.post(route, form)
    assert first.data == second.data
    assert len(standing(house)) == 1
    assert house.parts.redis.zcard(keys.NOTICES_BY_STATE) == 1


@pytest.mark.parametrize(
    ("track", "final", "heard"),
    [("outbound_track", "true", 1), ("inbound_track", "true", 0), ("outbound_track", "false", 0)],
)
def test_only_a_final_piece_of_the_callees_own_words_counts(
    twilio: Twilio, house: House, track: str, final: str, heard: int
) -> None:
    decision = decision_of(twilio)
    event = {
        "CallSid": "CA1",
        "TranscriptionEvent": "transcription-content",
        "TranscriptionSid": "GT1",
        "SequenceId": "2",
        "Track": track,
        "Final": final,
        "TranscriptionData": '{"transcript": "take me off your list", "confidence": 0.97}',
    }
    twilio.post(f"voice/transcription?decision={decision}", event)
    assert len(standing(house)) == heard


def test_events_of_a_call_are_kept_once_each(twilio: Twilio, house: House) -> None:
    decision = decision_of(twilio)
    event = {"CallSid": "CA5", "ParentCallSid": "CA1", "CallStatus": "completed", "SequenceNumber": "3"}
    for _ in range(2):
        assert twilio.post(f"voice/status?decision={decision}", event).status_code == 200
    assert [kept.get("CallStatus") for kept in house.parts.calls.of(decision)] == ["completed", None]
