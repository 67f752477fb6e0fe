"""TwiML compared whole, and read back with another parser: only one reply ever dials."""

import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialer.telephony import script, twiml

OURS = twiml.Addresses(public_url="https://dnc.example.co.uk/")
HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
spoken = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=80)


def call(hears: str = "off", *, records: bool = False) -> twiml.Bridge:
    return twiml.Bridge(
        number="+442079460123",
        caller_id="+442079460100",
        decision="dec_1",
        hears=hears,
        records=records,
    )


def test_a_bridge_dials_one_number_under_the_campaigns_own_with_our_callbacks() -> None:
    base = "https://dnc.example.co.uk/twilio/voice"
    assert twiml.bridge(call(), OURS) == (
        f'{HEAD}<Response><Dial action="{base}/dialled?decision=dec_1" answerOnBridge="true" '
        f'callerId="+442079460100" timeout="25"><Number statusCallback="{base}/status?decision=dec_1" '
        f'statusCallbackEvent="initiated ringing answered completed" url="{base}/notice?decision=dec_1">'
        "+442079460123</Number></Dial></Response>"
    )


def test_a_campaign_that_listens_starts_before_it_dials() -> None:
    start, dial = list(ET.fromstring(twiml.bridge(call("live"), OURS)))
    heard = start[0].attrib
    assert (start.tag, heard["languageCode"], heard["profanityFilter"]) == ("Start", "en-GB", "false")
    assert (dial.tag, dial.attrib["answerOnBridge"]) == ("Dial", "false")


@pytest.mark.parametrize("hears", ["keypad", "live", "off"])
def test_every_callees_leg_comes_back_to_us_before_it_is_put_through(hears: str) -> None:
    *_, dial = list(ET.fromstring(twiml.bridge(call(hears), OURS)))
    assert dial[0].attrib["url"].endswith("/twilio/voice/notice?decision=dec_1")


def test_machines_are_looked_for_only_where_the_campaign_wants_it() -> None:
    assert "machineDetection" not in twiml.bridge(call(), OURS)
    (dial,) = list(ET.fromstring(twiml.bridge(replace(call(), detects_machines=True), OURS)))
    assert dial[0].attrib["machineDetection"] == "Enable"
    assert dial[0].attrib["amdStatusCallback"].endswith("/twilio/voice/amd?decision=dec_1")


def test_recording_is_asked_for_only_where_the_campaign_records() -> None:
    assert "record=" not in twiml.bridge(call(), OURS)
    (dial,) = list(ET.fromstring(twiml.bridge(call(records=True), OURS)))
    assert dial.attrib["record"] == "record-from-answer-dual"


def test_a_refusal_speaks_and_hangs_up() -> None:
    assert twiml.refuse("Not dialled. They asked us to stop.") == (
        f'{HEAD}<Response><Say language="en-GB">Not dialled. They asked us to stop.</Say>'
        "<Hangup /></Response>"
    )


def test_a_question_takes_a_key_or_a_voice_in_british_english_unmasked() -> None:
    gather, end = list(ET.fromstring(twiml.ask("Press 9.", action="https://x/y?a=1&b=2", then_hang_up=True)))
    wanted = {"input": "dtmf speech", "numDigits": "1", "language": "en-GB", "profanityFilter": "false"}
    assert wanted.items() <= gather.attrib.items()
    assert (gather.attrib["action"], gather[0].text, end.tag) == ("https://x/y?a=1&b=2", "Press 9.", "Hangup")


@given(text=spoken)
def test_no_words_ever_become_a_verb(text: str) -> None:
    for reply in (twiml.refuse(text), twiml.ask(text, action="https://x/y", then_hang_up=False)):
        parsed = ET.fromstring(reply)
        assert {verb.tag for verb in parsed.iter()} <= {"Response", "Say", "Hangup", "Gather"}
        assert (parsed.find(".//Say").text or "") == text  # type: ignore[union-attr]


@pytest.mark.parametrize("reply", [twiml.nothing(), twiml.hang_up(), twiml.no_message()])
def test_replies_to_callbacks_dial_nobody(reply: str) -> None:
    assert "Dial" not in reply
    assert "Redirect" not in reply


def test_a_reference_is_read_digit_by_digit() -> None:
    said = script.removed(name="Alder Energy Ltd", reference="04 18 20 37")
    assert "0 4, 1 8, 2 0, 3 7" in said
