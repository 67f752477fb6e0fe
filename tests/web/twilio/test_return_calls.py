"""Somebody rings back: told who it was and for whom, they speak to us, stop it, or are asked once more."""

import json
import re

import pytest

from dialer.calls.campaign import Notice
from dialer.law.facts import OwnLine
from dialer.screening.own_lines import OwnLineGiven, declare
from dialer.store.configuration import Section
from tests.doubles.house import NUMBER, OTHER_NUMBER, House, campaign
from tests.doubles.twilio_client import Twilio

OURS = "+442079460100"
DESK = "+441134960777"
RINGING = {"CallSid": "CA7", "From": NUMBER, "To": OURS, "Direction": "inbound"}
WITHHELD = RINGING | {"From": "anonymous"}


def standing(house: House, line: str = NUMBER) -> list[tuple[str | None, str | None]]:
    return [(no.principal, no.source) for no in house.parts.records.of_line(line).objections]


def returned(twilio: Twilio, n: int = 1, **said: str) -> str:
    return twilio.post(f"voice/returned?n={n}", RINGING | said).text


def our_desk_answers_return_calls(house: House, *, verified: bool = True, **changed: object) -> None:
    house.put(Section.CAMPAIGNS, "C1", campaign(return_calls_to=DESK, **changed))
    declare(DESK, OwnLineGiven(kind="transfer", owner="closers"), house.parts.own_lines, by="test")
    if verified:
        lines = house.parts.own_lines.own_lines
        held = lines.held(DESK)
        live = OwnLine(kind="transfer", owner="closers", verified=True)
        changed_to = type(held)(own=live, code=held.code, seq=held.seq)
        assert lines.keep(DESK, changed_to, what="verified", by="test", at=house.clock())


def test_who_rings_back_hears_who_it_was_and_for_whom_and_the_ways_on(twilio: Twilio) -> None:
    said = twilio.post("voice/incoming", RINGING).text
    assert "You were called by Beck Contact Ltd, for Alder Energy." in said
    assert "press 1" in said
    assert "press 9. You can say stop at any time" in said
    assert 'actionOnEmptyResult="true"' in said


@pytest.mark.parametrize(
    ("said", "source"),
    [({"Digits": "9"}, "keypad"), ({"SpeechResult": "nine"}, "keypad"), ({"SpeechResult": "stop"}, "speech")],
)
def test_a_no_is_in_force_with_its_reference(
    twilio: Twilio, house: House, said: dict[str, str], source: str
) -> None:
    assert "Your reference is" in returned(twilio, **said)
    assert standing(house) == [("alder", source)]


def test_silence_is_asked_once_more_and_is_no_objection(twilio: Twilio, house: House) -> None:
    assert "<Gather" in returned(twilio)
    assert "<Gather" not in returned(twilio, 2)
    assert standing(house) == []


def test_the_wrong_key_is_asked_once_more_and_then_is_one(twilio: Twilio, house: House) -> None:
    assert "did not understand" in returned(twilio, Digits="4")
    assert standing(house) == []
    assert "Your reference is" in returned(twilio, 2, Digits="4")
    assert standing(house) == [("alder", "keypad")]


def test_one_speaks_to_our_verified_desk_and_agrees_to_nothing(twilio: Twilio, house: House) -> None:
    our_desk_answers_return_calls(house)
    said = returned(twilio, Digits="1")
    assert f'<Dial callerId="{OURS}" timeout="25"><Number>{DESK}</Number></Dial><Gather' in said
    assert "<Start>" not in said
    assert standing(house) == []
    line = house.parts.records.of_line(NUMBER)
    assert not (line.consents or line.solicitations)


def test_a_phone_nobody_proved_to_be_ours_is_never_rung(twilio: Twilio, house: House) -> None:
    our_desk_answers_return_calls(house, verified=False)
    said = returned(twilio, Digits="1")
    assert "<Dial" not in said
    assert "Please ring 0 8 0, 8 1 5, 7 0 1, 2 3" in said


def test_where_nobody_takes_return_calls_the_published_number_is_said(twilio: Twilio) -> None:
    said = returned(twilio, SpeechResult="number one")
    assert "Nobody can take your call here. Please ring 0 8 0" in said


def test_somebody_who_speaks_to_us_can_say_stop_at_any_time(twilio: Twilio, house: House) -> None:
    notice = Notice(wording="A computer listens for a stop.", said_by="message")
    our_desk_answers_return_calls(house, hearing="live", notice=notice)
    said = returned(twilio, Digits="1")
    assert said.index("A computer listens") < said.index("<Start>") < said.index("<Dial")
    found = re.search(r'statusCallbackUrl="[^"]*/twilio/(voice/returned-words[^"]*)"', said)
    assert found is not None
    assert NUMBER[3:] not in found.group(1)
    route = found.group(1).replace("&amp;", "&")
    for track, noes in (("outbound_track", 0), ("inbound_track", 1)):
        twilio.post(route, piece("please take me off your list", track))
        assert len(standing(house)) == noes


def piece(words: str, track: str) -> dict[str, str]:
    return {
        "CallSid": "CA7",
        "TranscriptionEvent": "transcription-content",
        "TranscriptionSid": "GT1",
        "SequenceId": "2",
        "Track": track,
        "Final": "true",
        "TranscriptionData": json.dumps({"transcript": words, "confidence": 0.97}),
    }


def test_a_withheld_caller_keys_in_the_number_we_called(twilio: Twilio, house: House) -> None:
    asked = twilio.post("voice/returned?n=1", WITHHELD | {"Digits": "9"}).text
    assert "key in the number" in asked
    assert 'finishOnKey="#"' in asked
    again = twilio.post("voice/returned-number?n=1", WITHHELD | {"Digits": "0207946"}).text
    assert "not a number we can read" in again
    done = twilio.post("voice/returned-number?n=2", WITHHELD | {"Digits": "02079460123"}).text
    assert "Your reference is" in done
    assert standing(house) == [("alder", "keypad")]


def test_a_withheld_caller_without_a_number_is_told_how(twilio: Twilio, house: House) -> None:
    assert "ring from the phone" in twilio.post("voice/returned-number?n=2", WITHHELD).text


def test_a_no_is_recorded_for_every_principal_that_ever_showed_the_number(
    twilio: Twilio, house: House
) -> None:
    house.put(Section.CAMPAIGNS, "C1", campaign(caller_id="+442079460199"))
    house.put(Section.CAMPAIGNS, "C2", campaign("C2", principal="birch", announced_name="Birch"))
    assert "for Birch." in twilio.post("voice/incoming", RINGING).text
    returned(twilio, Digits="9")
    assert sorted(standing(house)) == [("alder", "keypad"), ("birch", "keypad")]


def test_a_no_to_a_number_nobody_here_shows_is_for_whoever_dials_here(twilio: Twilio, house: House) -> None:
    asked = RINGING | {"To": "+442079460188", "Digits": "9"}
    assert "Your reference is" in twilio.post("voice/returned?n=1", asked).text
    (no,) = house.parts.records.of_line(NUMBER).objections
    assert (no.principal, no.operator, no.scope and no.scope.reach) == (None, "beck", "operator")
    assert "Not dialled" in twilio.call().text


def test_the_same_request_again_is_the_same_objection(twilio: Twilio, house: House) -> None:
    assert returned(twilio, Digits="9") == returned(twilio, Digits="9")
    assert len(standing(house)) == 1


def test_a_campaign_in_welsh_is_heard_in_welsh(twilio: Twilio, house: House) -> None:
    house.put(Section.CAMPAIGNS, "C1", campaign(language="cy-GB"))
    assert 'language="cy-GB"' in twilio.post("voice/incoming", RINGING).text
    heard = returned(twilio, SpeechResult="peidiwch â ffonio", Confidence="0.9")
    assert "did not understand" in heard
    assert "Your reference is" in returned(twilio, 2, SpeechResult="peidiwch â ffonio", Confidence="0.9")
    assert len(standing(house)) == 1
    assert standing(house, OTHER_NUMBER) == []
