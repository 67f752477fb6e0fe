"""Whom a Dial rings, whose number it shows, and what a callee hears before the bridge."""

import pytest

from tests.doubles.application import Application, Given
from tests.doubles.standin import StandIn

AGENT, CALLEE, OURS = "client:a17", "+442079460123", "+442079460100"
OUTGOING, INCOMING = "/twilio/voice/outgoing", "/twilio/voice/incoming"


def dialling(noun: str = f"<Number>{CALLEE}</Number>", **attributes: str) -> str:
    given = " ".join(f'{name}="{value}"' for name, value in ({"callerId": OURS} | attributes).items())
    return f"<Response><Dial {given}>{noun}</Dial></Response>"


def events(story: dict, name: str) -> list[dict]:
    return [each for each in story["events"] if each["event"] == name]


def test_of_several_who_ring_the_first_to_answer_wins(standin: StandIn, application: Application) -> None:
    slow = "+442079460124"
    application.gives(
        OUTGOING, dialling(f"<Number>{slow}</Number><Number>{CALLEE}</Number>", action="/dialled")
    )
    standin.scripts(slow, {"answer_after_s": 20})

    story = standin.story(standin.rings_in(AGENT, CALLEE))

    by_number = {leg["to"]: leg["status"] for leg in story["legs"]}
    assert (by_number[CALLEE], by_number[slow]) == ("completed", "canceled")


def test_in_sequence_the_next_rings_after_the_last_did_not_answer(
    standin: StandIn, application: Application
) -> None:
    second = "+442079460124"
    nouns = f"<Number>{CALLEE}</Number><Number>{second}</Number>"
    application.gives(OUTGOING, dialling(nouns, sequential="true", timeout="5", action="/dialled"))
    standin.scripts(CALLEE, {"busy": True})

    story = standin.story(standin.rings_in(AGENT, CALLEE))

    assert [leg["status"] for leg in story["legs"]] == ["completed", "busy", "completed"]
    steps = [(each["event"], each.get("to") or each.get("status")) for each in story["events"]]
    assert steps.index(("status", "busy")) < steps.index(("leg", second))
    assert application.at("/dialled")[0].form["DialCallStatus"] == "completed"


def test_plain_text_in_a_dial_is_a_number(standin: StandIn, application: Application) -> None:
    application.gives(OUTGOING, dialling("+44 20 7946 0123"))

    story = standin.story(standin.rings_in(AGENT, CALLEE))

    assert story["legs"][1]["to"] == CALLEE


@pytest.mark.parametrize("shown", [None, "07700900123", "withheld"])
def test_a_browser_may_not_call_without_a_number_to_show(
    standin: StandIn, application: Application, shown: str | None
) -> None:
    attribute = f'callerId="{shown}"' if shown else ""
    application.gives(OUTGOING, f'<Response><Dial {attribute} action="/dialled">{CALLEE}</Dial></Response>')

    story = standin.story(standin.rings_in(AGENT, CALLEE))

    assert [each["code"] for each in events(story, "error")] == [13214]
    assert application.at("/dialled")[0].form["DialCallStatus"] == "failed"
    assert len(story["legs"]) == 1


def test_a_number_that_is_none_fails_alone(standin: StandIn, application: Application) -> None:
    application.gives(OUTGOING, dialling("<Number>07946</Number>", action="/dialled"))

    story = standin.story(standin.rings_in(AGENT, CALLEE))

    told = application.at("/dialled")[0].form
    assert (told["DialCallStatus"], told["ErrorCode"]) == ("failed", "13224")
    assert story["legs"][1]["status"] == "failed"


def test_a_whisper_is_heard_before_the_bridge_and_may_refuse_it(
    standin: StandIn, application: Application
) -> None:
    application.gives(OUTGOING, dialling(f'<Number url="/whisper">{CALLEE}</Number>', action="/dialled"))
    application.gives("/whisper", "<Response><Dial>+442079460199</Dial><Hangup/></Response>")

    story = standin.story(standin.rings_in(AGENT, CALLEE))

    assert application.at("/dialled")[0].form["DialBridged"] == "false"
    assert [each["code"] for each in events(story, "error")] == [12200]
    assert len(story["legs"]) == 2


def test_a_whisper_that_cannot_be_had_bridges_nobody(standin: StandIn, application: Application) -> None:
    application.gives(OUTGOING, dialling(f'<Number url="/whisper">{CALLEE}</Number>', action="/dialled"))
    application.gives("/whisper", Given(status=500))

    story = standin.story(standin.rings_in(AGENT, CALLEE))

    assert application.at("/dialled")[0].form["DialBridged"] == "false"
    assert events(story, "bridged") == []
