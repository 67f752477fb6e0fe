"""Keys and speech asked for: what a callee says or presses, and what silence does."""

import pytest

from tests.doubles.application import Application
from tests.doubles.standin import StandIn

PERSON, OURS, INCOMING = "+442079460123", "+442079460100", "/twilio/voice/incoming"


def gathering(**attributes: str) -> str:
    given = " ".join(f'{name}="{value}"' for name, value in ({"action": "/heard"} | attributes).items())
    return (
        f"<Response><Gather {given}><Say>Press nine or say stop.</Say></Gather>"
        "<Redirect>/silent</Redirect></Response>"
    )


def ring(standin: StandIn, *script: dict[str, object]) -> dict:
    return standin.story(standin.rings_in(PERSON, OURS, script=list(script)))


def test_a_key_is_a_digit_of_the_action(standin: StandIn, application: Application) -> None:
    application.gives(INCOMING, gathering(numDigits="1"))

    ring(standin, {"press": "9"})

    assert (application.at("/heard")[0].form["Digits"], application.at("/silent")) == ("9", [])


def test_words_are_the_speech_result_of_the_action(standin: StandIn, application: Application) -> None:
    application.gives(INCOMING, gathering(input="dtmf speech", speechTimeout="2", language="en-GB"))

    ring(standin, {"wait_s": 1}, {"say": "take me off"}, {"wait_s": 1}, {"say": "your list"})

    told = application.at("/heard")[0].form
    assert (told["SpeechResult"], told["Language"]) == ("take me off your list", "en-GB")
    assert "Digits" not in told


def test_a_pause_longer_than_the_speech_timeout_ends_the_speech(
    standin: StandIn, application: Application
) -> None:
    application.gives(INCOMING, gathering(input="speech", speechTimeout="2"))

    ring(standin, {"say": "take me off"}, {"wait_s": 6}, {"say": "your list"})

    assert application.at("/heard")[0].form["SpeechResult"] == "take me off"


@pytest.mark.parametrize(
    ("attributes", "pressed", "digits", "finished"),
    [
        ({}, "12#", "12", "#"),
        ({"finishOnKey": "*"}, "1#2*", "1#2", "*"),
        ({"numDigits": "2"}, "123", "12", ""),
        ({}, "12", "12", ""),
        ({"finishOnKey": ""}, "1#", "1#", ""),
    ],
)
def test_keys_are_collected_until_the_count_the_key_or_silence(
    standin: StandIn,
    application: Application,
    attributes: dict[str, str],
    pressed: str,
    digits: str,
    finished: str,
) -> None:
    application.gives(INCOMING, gathering(**attributes))

    ring(standin, {"press": pressed})

    told = application.at("/heard")[0].form
    assert (told["Digits"], told["FinishedOnKey"]) == (digits, finished)


def test_silence_goes_on_with_the_document(standin: StandIn, application: Application) -> None:
    application.gives(INCOMING, gathering(timeout="2"))

    ring(standin, {"stay": True})

    assert (application.at("/heard"), len(application.at("/silent"))) == ([], 1)


def test_silence_reaches_the_action_when_it_is_asked_to(standin: StandIn, application: Application) -> None:
    application.gives(INCOMING, gathering(timeout="2", actionOnEmptyResult="true"))

    ring(standin, {"stay": True})

    assert application.at("/heard")[0].form["Digits"] == ""


def test_speech_means_nothing_to_a_gather_for_keys(standin: StandIn, application: Application) -> None:
    application.gives(INCOMING, gathering(timeout="2"))

    ring(standin, {"say": "stop calling me"}, {"stay": True})

    assert application.at("/heard") == []


def test_a_gather_without_an_action_asks_its_own_document_again(
    standin: StandIn, application: Application
) -> None:
    application.gives(INCOMING, '<Response><Gather numDigits="1"/></Response>', "<Response/>")

    ring(standin, {"press": "9"})

    first, second = application.at(INCOMING)
    assert "Digits" not in first.form
    assert second.form["Digits"] == "9"


def test_an_explicit_model_with_an_automatic_silence_fails_the_gather(
    standin: StandIn, application: Application
) -> None:
    application.gives(INCOMING, gathering(input="speech", speechModel="phone_call", speechTimeout="auto"))

    story = ring(standin, {"say": "stop"})

    assert application.at("/heard") == []
    assert [each["code"] for each in story["events"] if each["event"] == "error"] == [12200]


def test_an_angry_objection_is_masked_unless_the_filter_is_off(
    standin: StandIn, application: Application
) -> None:
    application.gives(INCOMING, gathering(input="speech", speechTimeout="1"))
    ring(standin, {"say": "stop fucking calling"})

    application.gives(INCOMING, gathering(input="speech", speechTimeout="1", profanityFilter="false"))
    ring(standin, {"say": "stop fucking calling"})

    heard = [each.form["SpeechResult"] for each in application.at("/heard")]
    assert heard == ["stop f****** calling", "stop fucking calling"]


def test_partial_results_come_while_the_person_speaks(standin: StandIn, application: Application) -> None:
    attributes = {"input": "speech", "speechTimeout": "1", "partialResultCallback": "/partial"}
    application.gives(INCOMING, gathering(**attributes))

    ring(standin, {"say": "please stop calling me"})

    (partial,) = application.at("/partial")
    assert partial.form["StableSpeechResult"] == "please stop"
    assert partial.form["UnstableSpeechResult"] == "calling me"


def test_a_record_ends_with_a_key_and_tells_what_was_left(standin: StandIn, application: Application) -> None:
    application.gives(
        INCOMING,
        '<Response><Record action="/left" finishOnKey="#" recordingStatusCallback="/recorded" '
        'transcribeCallback="/text"/></Response>',
    )

    ring(standin, {"say": "do not ring me"}, {"wait_s": 3}, {"press": "#"})

    assert application.at("/left")[0].form["Digits"] == "#"
    assert application.at("/recorded")[0].form["RecordingSource"] == "RecordVerb"
    assert application.at("/text")[0].form["TranscriptionText"] == "do not ring me"


def test_a_caller_who_hangs_up_in_a_record_is_still_told_of(
    standin: StandIn, application: Application
) -> None:
    application.gives(INCOMING, '<Response><Record action="/left"/></Response>')

    ring(standin, {"wait_s": 2}, {"hang_up": True})

    told = application.at("/left")[0].form
    assert (told["Digits"], told["CallStatus"]) == ("hangup", "completed")
