"""Who is written down on which track, and what an application can do about it while the call goes on."""

import json

import pytest
from twilio.rest import Client

from tests.doubles.application import Application
from tests.doubles.standin import StandIn

AGENT, CALLEE, OURS, OUTGOING = "client:a17", "+442079460123", "+442079460100", "/twilio/voice/outgoing"


def heard(application: Application, path: str = "/live") -> list[tuple[str, str]]:
    """Return (track, words) of every final."""
    finals = [each.form for each in application.at(path) if each.form.get("Final") == "true"]
    return [(form["Track"], json.loads(form["TranscriptionData"])["transcript"]) for form in finals]


def listening_dial(application: Application, **options: str) -> str:
    given = " ".join(f'{name}="{value}"' for name, value in options.items())
    return (
        "<Response><Start>"
        f'<Transcription name="n" statusCallbackUrl="{application.url}/live" {given}/></Start>'
        f'<Dial callerId="{OURS}" action="/dialled"><Number statusCallback="/status" '
        f'statusCallbackEvent="answered">{CALLEE}</Number></Dial></Response>'
    )


def test_on_the_agents_leg_the_callee_is_the_outbound_track(
    standin: StandIn, application: Application
) -> None:
    application.gives(OUTGOING, listening_dial(application))
    standin.scripts(CALLEE, {"wait_s": 20}, {"say": "take me off your list"})

    standin.story(standin.rings_in(AGENT, CALLEE, script=[{"say": "Good morning"}, {"stay": True}]))

    assert heard(application)[:2] == [
        ("inbound_track", "Good morning"),
        ("outbound_track", "take me off your list"),
    ]


def test_on_the_callees_leg_the_callee_is_the_inbound_track(
    standin: StandIn, application: Application, client: Client
) -> None:
    application.gives(OUTGOING, listening_dial(application))
    standin.scripts(CALLEE, {"wait_s": 100}, {"say": "never ring again"}, {"wait_s": 2}, {"hang_up": True})
    sid = standin.rings_in(AGENT, CALLEE)
    child = application.wait_for("/status")[0].form["CallSid"]

    client.calls(child).transcriptions.create(status_callback_url=f"{application.url}/child", name="c")

    standin.story(sid)
    assert heard(application, "/child") == [("inbound_track", "never ring again")]
    assert heard(application) == [("outbound_track", "never ring again")]


def test_one_track_asked_for_is_one_track_told(standin: StandIn, application: Application) -> None:
    application.gives(OUTGOING, listening_dial(application, track="outbound_track"))
    standin.scripts(CALLEE, {"wait_s": 4}, {"say": "no thank you"})

    standin.story(standin.rings_in(AGENT, CALLEE, script=[{"say": "Good morning"}, {"stay": True}]))

    assert heard(application) == [("outbound_track", "no thank you")]


def test_what_twilio_says_lies_on_the_outbound_track(standin: StandIn, application: Application) -> None:
    application.gives(OUTGOING, listening_dial(application))
    application.gives("/dialled", "<Response><Say>They hung up</Say></Response>")
    standin.scripts(CALLEE, {"busy": True})

    standin.story(standin.rings_in(AGENT, CALLEE))

    assert heard(application) == [("outbound_track", "They hung up")]


def test_partials_come_before_their_final_and_have_a_stability(
    standin: StandIn, application: Application
) -> None:
    application.gives(OUTGOING, listening_dial(application, partialResults="true"))
    standin.scripts(CALLEE, {"say": "please do not call me"})

    standin.story(standin.rings_in(AGENT, CALLEE))

    contents = [each.form for each in application.at("/live") if "Final" in each.form]
    assert [form["Final"] for form in contents] == ["false", "true"]
    assert "Stability" in contents[0]
    assert "confidence" not in json.loads(contents[0]["TranscriptionData"])


def test_a_transcription_that_fails_says_so_and_hears_nothing(
    standin: StandIn, application: Application
) -> None:
    application.gives(OUTGOING, listening_dial(application))
    standin.scripts(CALLEE, {"say": "take me off your list"})
    standin.post("/sandbox/faults", {"transcription_error": True})

    standin.story(standin.rings_in(AGENT, CALLEE))

    kinds = [each.form["TranscriptionEvent"] for each in application.at("/live")]
    assert kinds == ["transcription-started", "transcription-error", "transcription-stopped"]


def test_a_callee_sent_elsewhere_hears_it_and_the_agent_gets_the_action(
    standin: StandIn, application: Application, client: Client
) -> None:
    application.gives(OUTGOING, listening_dial(application))
    application.gives("/dialled", "<Response><Say>They withdrew</Say></Response>")
    standin.scripts(CALLEE, {"say": "take me off your list"}, {"stay": True})
    sid = standin.rings_in(AGENT, CALLEE)
    child = application.wait_for("/status")[0].form["CallSid"]
    application.wait_for("/live", 2)

    client.calls(child).update(twiml="<Response><Say>You have been removed.</Say><Hangup/></Response>")

    story = standin.story(sid)
    told = application.at("/dialled")[0].form
    assert (told["DialCallStatus"], told["DialBridged"]) == ("completed", "true")
    assert "DialCallDuration" not in told
    played = {(each["call"], each["words"]) for each in story["events"] if each["event"] == "played"}
    assert played == {(child, "You have been removed."), (sid, "They withdrew")}


def test_an_agent_sent_elsewhere_leaves_the_callee_hung_up(
    standin: StandIn, application: Application, client: Client
) -> None:
    application.gives(OUTGOING, listening_dial(application))
    standin.scripts(CALLEE, {"stay": True})
    sid = standin.rings_in(AGENT, CALLEE)
    application.wait_for("/status")

    client.calls(sid).update(twiml="<Response><Say>Come back</Say></Response>")

    story = standin.story(sid)
    assert [leg["status"] for leg in story["legs"]] == ["completed", "completed"]
    assert application.at("/dialled") == []


@pytest.mark.parametrize("ends", ["parent", "child"])
def test_a_completed_order_ends_the_leg_it_names(
    standin: StandIn, application: Application, client: Client, ends: str
) -> None:
    application.gives(OUTGOING, listening_dial(application))
    standin.scripts(CALLEE, {"stay": True})
    sid = standin.rings_in(AGENT, CALLEE)
    child = application.wait_for("/status")[0].form["CallSid"]

    client.calls(sid if ends == "parent" else child).update(status="completed")

    standin.story(sid)
    (told,) = application.at("/dialled")
    assert told.form["CallStatus"] == ("completed" if ends == "parent" else "in-progress")
