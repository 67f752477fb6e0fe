"""A relay assistant's greeting asks for nothing; what they pass on is the callee's own."""

import pytest

from dialer.objections.hearing import Label, Outcome, hear
from dialer.objections.hearing.relay import is_only_the_relays, names_a_relay

GREETINGS = [
    "Hello, this is Relay UK. You have a call from a text user. Go ahead.",
    "hello you're through to relay uk this is assistant forty two have you used relay uk before",
    "Relay UK assistant here, the person is typing, please hold",
    "hello this is the text relay service",
    "BT Text Relay, please wait while I connect the text user",
    "Good morning, typetalk operator speaking, go ahead",
]


@pytest.mark.parametrize("text", GREETINGS)
@pytest.mark.parametrize("confidence", [None, 0.2, 0.97])
def test_a_greeting_holds_nothing_however_well_it_was_understood(text: str, confidence: float | None) -> None:
    heard = hear(text, recogniser_confidence=confidence)
    assert (heard.label, heard.outcome, heard.why) == (Label.NONE, Outcome.NONE, ("relay-greeting",))


@pytest.mark.parametrize("greeting", GREETINGS)
@pytest.mark.parametrize(
    "passed_on",
    ["she says stop calling me", "he says take me off your list", "the text user says do not ring again"],
)
def test_what_the_assistant_passes_on_is_the_callees_own(greeting: str, passed_on: str) -> None:
    heard = hear(f"{greeting} {passed_on}. Go ahead.")
    assert (heard.label, heard.outcome is Outcome.NONE) == (Label.OPT_OUT, False)


@pytest.mark.parametrize("text", ["go ahead", "hello", "do you people work in relays", "please hold", ""])
def test_without_the_service_nobody_is_taken_for_it(text: str) -> None:
    assert not names_a_relay(text)
    assert not is_only_the_relays(text)


def test_a_turn_longer_than_any_greeting_is_judged_whole() -> None:
    text = "this is relay uk " + "hello " * 120 + "stop calling me"
    assert not is_only_the_relays(text)
    assert hear(text).outcome is not Outcome.NONE
