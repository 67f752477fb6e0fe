"""Twilio's forms in our words: who calls, what is dialled, what was said, and what is only a hint."""

import pytest

from dialer.telephony.inbound import (
    Form,
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


@pytest.mark.parametrize("words", ["nine", "Nine.", "press nine", "number 9", "9"])
def test_a_key_said_alone_is_that_key_and_no_words(words: str) -> None:
    heard = said(form(SpeechResult=words, Confidence="0.4"))
    assert (heard.keys, heard.words) == ("9", None)


@pytest.mark.parametrize("words", ["nine times you rang me", "one moment please", "ninety", "no"])
def test_a_number_in_a_sentence_is_no_key(words: str) -> None:
    heard = said(form(SpeechResult=words))
    assert (heard.keys, heard.words) == (None, words)
