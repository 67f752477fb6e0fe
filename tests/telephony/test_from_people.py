"""People who ring or text us: who they are as far as the network says, and what a whole text means."""

import pytest

from dialer.telephony.from_people import (
    Keyword,
    from_a_person,
    keyword_of,
    would_not_be_delivered,
)
from dialer.telephony.inbound import Form

OURS = "+442079460100"


def form(**fields: str) -> Form:
    return Form(fields.items())


@pytest.mark.parametrize("caller", ["anonymous", "Restricted", "", "+266696687", "client:a17", "sip:x@h"])
def test_a_withheld_or_odd_caller_is_nobody(caller: str) -> None:
    assert from_a_person(form(From=caller, To=OURS, CallSid="CA1")).person_at is None


@pytest.mark.parametrize(
    ("caller", "line"),
    [
        ("+442079460123", "+442079460123"),
        ("whatsapp:+447400123456", "+447400123456"),
        ("+447700900123", "+447700900123"),
        ("+44999123456", "+44999123456"),
        ("sip:+442079460123@host", "+442079460123"),
    ],
)
def test_a_line_is_taken_though_no_library_knows_it(caller: str, line: str) -> None:
    person = from_a_person(form(From=caller, To=OURS, MessageSid="SM1", Body="STOP"))
    assert (person.person_at, person.our_number) == (line, OURS)


@pytest.mark.parametrize(("mark", "value"), [("Direction", "outbound-api"), ("MessageStatus", "undelivered")])
def test_on_what_we_sent_the_person_is_whom_we_reached(mark: str, value: str) -> None:
    person = from_a_person(form(From=OURS, To="+442079460123", **{mark: value}))
    assert (person.person_at, person.our_number) == ("+442079460123", OURS)


@pytest.mark.parametrize(
    "body", ["STOP", "Stop.", " unsubscribe ", "stop all", "OPT-OUT", "Cancel!", "STOPP", "Unsub"]
)
def test_stop_words_are_known_however_they_are_written(body: str) -> None:
    assert keyword_of(from_a_person(form(Body=body))) is Keyword.STOP


@pytest.mark.parametrize(
    ("body", "keyword"),
    [("START", Keyword.START), ("unstop", Keyword.START), ("Help", Keyword.HELP), ("yes", None)],
)
def test_other_keywords(body: str, keyword: Keyword | None) -> None:
    assert keyword_of(from_a_person(form(Body=body))) is keyword


@pytest.mark.parametrize("body", ["stop it I love it", "start at nine", "stopped by yesterday", ""])
def test_a_word_inside_a_sentence_is_no_keyword(body: str) -> None:
    assert keyword_of(from_a_person(form(Body=body))) is None


def test_what_twilio_took_a_text_for_wins() -> None:
    assert keyword_of(from_a_person(form(Body="Arrêt", OptOutType="STOP"))) is Keyword.STOP


def test_only_an_unsubscribed_receiver_is_a_no() -> None:
    assert would_not_be_delivered(form(ErrorCode="21610"))
    assert not would_not_be_delivered(form(ErrorCode="30003"))
