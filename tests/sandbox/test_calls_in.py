"""Calls that come in: an agent dials out, a callee answers, talks, presses, does not answer."""

import pytest

from tests.doubles.application import Application
from tests.doubles.standin import StandIn

AGENT, CALLEE, OURS = "client:a17", "+442079460123", "+442079460100"
OUTGOING, INCOMING = "/twilio/voice/outgoing", "/twilio/voice/incoming"


def dialling(noun: str = f"<Number>{CALLEE}</Number>", **attributes: str) -> str:
    given = " ".join(f'{name}="{value}"' for name, value in ({"callerId": OURS} | attributes).items())
    return f"<Response><Dial {given}>{noun}</Dial></Response>"


def events(story: dict, name: str) -> list[dict]:
    return [each for each in story["events"] if each["event"] == name]


def test_an_agents_call_reaches_the_callee_and_ends_with_them(
    standin: StandIn, application: Application
) -> None:
    application.gives(OUTGOING, dialling(action="/dialled"))
    standin.scripts(CALLEE, {"wait_s": 3}, {"hang_up": True})

    story = standin.story(standin.rings_in(AGENT, CALLEE, params={"rf_campaign": "C1"}))

    (told,) = application.at("/dialled")
    assert (told.form["DialCallStatus"], told.form["DialBridged"]) == ("completed", "true")
    assert [leg["status"] for leg in story["legs"]] == ["completed", "completed"]
    assert story["legs"][1]["from"] == OURS


def test_what_the_browser_sends_goes_out_once(standin: StandIn, application: Application) -> None:
    application.gives(OUTGOING, dialling(action="/dialled"))

    standin.story(standin.rings_in(AGENT, "020 7946 0123", params={"rf_campaign": "C1"}))

    first, later = application.at(OUTGOING)[0].form, application.at("/dialled")[0].form
    assert (first["To"], first["rf_campaign"]) == ("020 7946 0123", "C1")
    assert "rf_campaign" not in later


@pytest.mark.parametrize(
    ("step", "status", "code"),
    [("busy", "busy", "486"), ("no_answer", "no-answer", "487"), ("unreachable", "failed", "404")],
)
def test_a_callee_who_is_not_to_be_had_is_reported(
    standin: StandIn, application: Application, step: str, status: str, code: str
) -> None:
    noun = f'<Number statusCallback="/status">{CALLEE}</Number>'
    application.gives(OUTGOING, dialling(noun, action="/dialled", timeout="5"))
    standin.scripts(CALLEE, {step: True})

    standin.story(standin.rings_in(AGENT, CALLEE))

    told, reported = application.at("/dialled")[0].form, application.at("/status")[-1].form
    assert (told["DialCallStatus"], told["DialBridged"]) == (status, "false")
    assert "DialCallDuration" not in told
    assert (reported["CallStatus"], reported["SipResponseCode"]) == (status, code)


def test_progress_comes_in_order_and_counts_from_nought(standin: StandIn, application: Application) -> None:
    noun = (
        '<Number statusCallback="/status" statusCallbackEvent="initiated ringing answered completed">'
        f"{CALLEE}</Number>"
    )
    application.gives(OUTGOING, dialling(noun))

    standin.story(standin.rings_in(AGENT, CALLEE))

    told = [(each.form["SequenceNumber"], each.form["CallStatus"]) for each in application.at("/status")]
    assert told == [("0", "initiated"), ("1", "ringing"), ("2", "in-progress"), ("3", "completed")]


def test_an_agent_who_leaves_ends_the_callees_leg_too(standin: StandIn, application: Application) -> None:
    application.gives(OUTGOING, dialling(action="/dialled"))
    standin.scripts(CALLEE, {"stay": True})

    story = standin.story(standin.rings_in(AGENT, CALLEE, script=[{"wait_s": 9}, {"hang_up": True}]))

    assert [leg["status"] for leg in story["legs"]] == ["completed", "completed"]
    assert application.at("/dialled")[0].form["CallStatus"] == "completed"


def test_an_agent_who_leaves_while_it_rings_stops_the_ringing(
    standin: StandIn, application: Application
) -> None:
    application.gives(OUTGOING, dialling(action="/dialled", timeout="600"))
    standin.scripts(CALLEE, {"answer_after_s": 400})

    story = standin.story(standin.rings_in(AGENT, CALLEE, script=[{"wait_s": 9}, {"hang_up": True}]))

    assert [leg["status"] for leg in story["legs"]] == ["completed", "canceled"]
    assert application.at("/dialled")[0].form["DialCallStatus"] == "canceled"


def test_a_callee_slower_than_the_time_out_has_not_answered(
    standin: StandIn, application: Application
) -> None:
    # Twilio adds five seconds to the time-out.
    application.gives(OUTGOING, dialling(action="/dialled", timeout="5"))
    standin.scripts(CALLEE, {"answer_after_s": 11})

    standin.story(standin.rings_in(AGENT, CALLEE))

    assert application.at("/dialled")[0].form["DialCallStatus"] == "no-answer"


def test_an_agents_star_lets_the_callee_go_and_keeps_the_agent(
    standin: StandIn, application: Application
) -> None:
    application.gives(OUTGOING, dialling(hangupOnStar="true", action="/dialled"))
    application.gives("/dialled", "<Response><Say>Next one</Say></Response>")
    standin.scripts(CALLEE, {"stay": True})

    story = standin.story(standin.rings_in(AGENT, CALLEE, script=[{"press": "*"}, {"stay": True}]))

    assert application.at("/dialled")[0].form["DialCallStatus"] == "completed"
    assert [each["words"] for each in events(story, "played")] == ["Next one"]


def test_answer_on_bridge_keeps_the_agent_ringing(standin: StandIn, application: Application) -> None:
    application.gives(OUTGOING, dialling(action="/dialled", answerOnBridge="true"))
    standin.scripts(CALLEE, {"busy": True})

    standin.story(standin.rings_in("sip:a17@demo.sip.twilio.com", CALLEE))

    assert application.at("/dialled")[0].form["CallStatus"] == "ringing"


def test_a_refusal_dials_nobody(standin: StandIn, application: Application) -> None:
    application.gives(OUTGOING, "<Response><Say>They asked us to stop.</Say><Hangup/></Response>")

    story = standin.story(standin.rings_in(AGENT, CALLEE))

    assert [each["words"] for each in events(story, "played")] == ["They asked us to stop."]
    assert len(story["legs"]) == 1


@pytest.mark.parametrize(("reason", "status"), [("busy", "busy"), ("rejected", "failed")])
def test_a_reject_never_answers(standin: StandIn, application: Application, reason: str, status: str) -> None:
    application.gives(OUTGOING, f'<Response><Reject reason="{reason}"/></Response>')

    story = standin.story(standin.rings_in(AGENT, CALLEE))

    assert story["status"] == status
    assert story["legs"][0]["start_time"] is None


def test_a_time_limit_ends_the_conversation(standin: StandIn, application: Application) -> None:
    application.gives(OUTGOING, dialling(timeLimit="5", action="/dialled"))
    standin.scripts(CALLEE, {"stay": True})

    standin.story(standin.rings_in(AGENT, CALLEE))

    assert 4 <= int(application.at("/dialled")[0].form["DialCallDuration"]) <= 100
