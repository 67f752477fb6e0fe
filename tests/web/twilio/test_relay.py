"""A relay assistant who opens at length is a person: no machine, and no day of silence after one."""

import json
from datetime import timedelta
from typing import Any

import pytest

from dialer.calls.call import DialMode
from dialer.screening.whose import place
from dialer.store.configuration import Section
from tests.doubles.house import NUMBER, House, campaign
from tests.doubles.twilio_client import Twilio

CHILD = {"CallSid": "CA2", "ParentCallSid": "CA1", "Direction": "outbound-dial"}
GREETING = "Hello, this is Relay UK, you have a call from a text user. Go ahead."


@pytest.fixture
def decision(house: House, twilio: Twilio) -> str:
    house.put(Section.CAMPAIGNS, "C1", campaign(dial_mode=DialMode.PREDICTIVE))
    assert "<Dial" in twilio.call(f"18002 0{NUMBER[3:]}").text
    found = house.parts.ledger.decision_of_call("CA1")
    assert found is not None
    return found


def is_taken_for_a_machine(twilio: Twilio, decision: str) -> None:
    twilio.post(f"voice/amd?decision={decision}", CHILD | {"AnsweredBy": "machine_start"})


def says(twilio: Twilio, decision: str, words: str, track: str = "outbound_track") -> None:
    event = {
        "CallSid": "CA1",
        "TranscriptionEvent": "transcription-content",
        "TranscriptionSid": "GT1",
        "SequenceId": "2",
        "Track": track,
        "Final": "true",
        "TranscriptionData": json.dumps({"transcript": words, "confidence": 0.97}),
    }
    assert twilio.post(f"voice/transcription?decision={decision}", event).status_code == 200


def outcome(house: House, decision: str) -> Any:
    return next((e["outcome"] for e in house.parts.calls.of(decision) if "outcome" in e), None)


def is_paused_after_a_machine(house: House) -> bool:
    configuration = house.parts.configuration.current()
    asked = house.outgoing()
    facts = house.parts.gate.facts.gather(asked, place(asked, configuration), configuration, house.clock())
    detected = facts.case.conduct.machine_detected_at
    return detected is not None and house.clock() - detected < timedelta(hours=24)


def test_a_line_behind_a_relay_prefix_is_screened_and_dialled_as_itself(house: House, twilio: Twilio) -> None:
    assert f">{NUMBER}</Number>" in twilio.call("18002 020 7946 0123").text
    house.load_register("tps", "02079460123")
    assert "Not dialled." in twilio.call("18002 020 7946 0123", sid="CA3").text


def test_a_relay_assistant_taken_for_a_machine_is_a_person(
    house: House, twilio: Twilio, decision: str
) -> None:
    is_taken_for_a_machine(twilio, decision)
    assert (outcome(house, decision), is_paused_after_a_machine(house)) == ("machine", True)
    says(twilio, decision, GREETING)
    assert (outcome(house, decision), is_paused_after_a_machine(house)) == ("answered", False)


def test_a_detector_that_comes_later_changes_nothing(house: House, twilio: Twilio, decision: str) -> None:
    says(twilio, decision, GREETING)
    is_taken_for_a_machine(twilio, decision)
    assert (outcome(house, decision), is_paused_after_a_machine(house)) == ("answered", False)


def test_an_agent_who_names_the_relay_makes_no_person_of_a_machine(
    house: House, twilio: Twilio, decision: str
) -> None:
    is_taken_for_a_machine(twilio, decision)
    says(twilio, decision, "is this relay uk", track="inbound_track")
    assert (outcome(house, decision), is_paused_after_a_machine(house)) == ("machine", True)


def test_what_the_assistant_passes_on_is_in_force(house: House, twilio: Twilio, decision: str) -> None:
    says(twilio, decision, "he says please take me off your list, go ahead")
    assert len(house.parts.records.of_line(NUMBER).objections) == 1
