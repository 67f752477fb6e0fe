"""Twilio's forms in our words: who calls, what is dialled, what was said, and what is only a hint."""

import pytest

from dialer.telephony.inbound import (
    Form,
    from_a_person,
    is_stop_word,
    outgoing_call,
    said,
    transcribed,
)

BROWSER = {"CallSid": "CA1", "From": "client:a17", "To": "020 7946 0123", "Called": ""}
SIP = {
    "CallSid": "CA2",
    "From": "sip:+442079460100@acme.sip.twilio.com",
    "To": "sip:%2B442079460123@acme.sip.twilio.com;user=phone",
    "SipDomain": "acme.sip.twilio.com",
    "SipUsername": "agent42",
    "SipHeader_X-Ringfence-Campaign": "C2",
}


def form(**fields: str) -> Form:
    return Form(fields.items())


def test_a_browsers_agent_is_the_tokens_identity() -> None:
    call = outgoing_call(form(**BROWSER, agent="a99", rf_campaign="C7"))
    assert (call.endpoint, call.dialled, call.campaign_hint) == ("client:a17", "020 7946 0123", "C7")
    assert call.caller_id is None


def test_a_sip_agent_is_the_authenticated_user_not_the_from_header() -> None:
    call = outgoing_call(Form(SIP.items()))
    assert call.endpoint == "sip:agent42@acme.sip.twilio.com"
    assert (call.caller_id, call.campaign_hint) == ("+442079460100", "C2")


def test_a_sip_call_admitted_by_its_address_has_no_agent() -> None:
    trunk = {name: value for name, value in SIP.items() if name != "SipUsername"}
    assert outgoing_call(Form(trunk.items())).endpoint is None


def test_of_a_repeated_field_the_first_counts_and_an_empty_one_is_absent() -> None:
    fields = Form([("To", ""), ("To", "+442079460123"), ("From", "client:a17"), ("From", "client:boss")])
    call = outgoing_call(fields)
    assert (call.dialled, call.endpoint) == ("", "client:a17")


@pytest.mark.parametrize(
    ("confidence", "read"),
    [("0.91", 0.91), ("0.0", 0.0), ("", None), ("nan", None), ("7", None), ("x", None)],
)
def test_a_missing_or_odd_confidence_is_unknown_never_zero(confidence: str, read: float | None) -> None:
    assert said(form(CallSid="CA1", SpeechResult="stop", Confidence=confidence)).confidence == read


def test_a_final_piece_of_transcription_is_read() -> None:
    piece = transcribed(
        form(
            TranscriptionEvent="transcription-content",
            TranscriptionSid="GT1",
            SequenceId="4",
            Track="outbound_track",
            Final="true",
            TranscriptionData='{"transcript": "take me off your list", "confidence": 0.98}',
            TranscriptionProviderData="{malformed",
        )
    )
    assert piece is not None
    assert (piece.words, piece.confidence, piece.is_final) == ("take me off your list", 0.98, True)


@pytest.mark.parametrize("data", ["", "{", "[]", '{"transcript": 3}', '{"transcript": "  "}', "null"])
def test_a_piece_without_words_is_nothing_to_act_on(data: str) -> None:
    event = form(TranscriptionEvent="transcription-content", TranscriptionData=data, Final="true")
    assert transcribed(event) is None
    assert transcribed(form(TranscriptionEvent="transcription-started")) is None


@pytest.mark.parametrize("caller", ["anonymous", "Restricted", "", "+266696687", "client:a17", "sip:x@h"])
def test_a_withheld_or_odd_caller_is_nobody(caller: str) -> None:
    assert from_a_person(form(From=caller, To="+442079460100", CallSid="CA1")).person_at is None


@pytest.mark.parametrize("body", ["STOP", "Stop.", " unsubscribe ", "stop all", "OPT-OUT", "Cancel!"])
def test_twilios_stop_words_are_known_however_they_are_written(body: str) -> None:
    assert is_stop_word(body)


@pytest.mark.parametrize("body", ["stop it I love it", "START", "stopped by yesterday", ""])
def test_a_word_inside_a_sentence_is_no_stop_word(body: str) -> None:
    assert not is_stop_word(body)
