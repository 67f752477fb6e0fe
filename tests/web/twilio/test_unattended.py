"""A call nobody could take is never silent: who rang, no marketing, and three ways to stop it."""

import pytest

from dialer.store.configuration import Section
from tests.doubles.house import NUMBER, House, campaign
from tests.doubles.twilio_client import Twilio

OURS = "+442079460100"
RUNG = {"CallSid": "CA9", "From": OURS, "To": NUMBER, "Direction": "outbound-api"}


def test_the_message_names_the_principal_and_a_number_to_decline_at(twilio: Twilio) -> None:
    said = twilio.post("voice/unattended?campaign=C1", RUNG).text
    assert said.startswith('<?xml version="1.0" encoding="UTF-8"?><Response><Gather')
    assert "This was a call from Alder Energy. Sorry that nobody was free to speak to you." in said
    assert "press 9 or say stop, or ring 0 8 0, 8 1 5, 7 0 1, 2 3." in said


def test_without_a_freephone_number_the_one_shown_is_said(twilio: Twilio, house: House) -> None:
    house.put(Section.CAMPAIGNS, "C1", campaign(freephone=None))
    assert "or ring 0 2 0, 7 9 4, 6 0 1, 0 0." in twilio.post("voice/unattended?campaign=C1", RUNG).text


@pytest.mark.parametrize("query", ["", "?campaign=gone"])
def test_a_call_whose_campaign_is_not_named_is_found_by_the_number_shown(twilio: Twilio, query: str) -> None:
    assert "a call from Alder Energy" in twilio.post(f"voice/unattended{query}", RUNG).text


def test_a_call_that_nobody_knows_is_not_silent_either(twilio: Twilio) -> None:
    said = twilio.post("voice/unattended", RUNG | {"From": "+442079460188"}).text
    assert "Sorry that nobody was free to speak to you." in said
    assert "press 9" in said


@pytest.mark.parametrize("said", [{"Digits": "9"}, {"SpeechResult": "stop ringing me"}])
def test_a_no_to_the_message_is_in_force_for_whom_it_was_about(
    twilio: Twilio, house: House, said: dict[str, str]
) -> None:
    answer = twilio.post("voice/returned?campaign=C1&n=1", RUNG | said).text
    assert "Your reference is" in answer
    (no,) = house.parts.records.of_line(NUMBER).objections
    assert (no.principal, "Not dialled" in twilio.call().text) == ("alder", True)
