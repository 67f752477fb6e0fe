"""The stand-in's own doors: what they take, what they refuse and how plainly."""

import pytest

from tests.doubles.application import Application
from tests.doubles.standin import StandIn

CALLEE, OURS = "+442079460123", "+442079460100"


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ({"to": CALLEE}, "from is missing"),
        ({"from": "a17", "to": CALLEE}, "from must be"),
        ({"from": "client:a 17"}, "from must be"),
        ({"from": CALLEE, "to": "020 7946 0100"}, "E.164"),
        ({"from": "client:a17", "params": []}, "params"),
        ({"from": "client:a17", "params": {"a": 1}}, "params.a"),
        ({"from": "client:a17", "params": {"From": CALLEE}}, "From"),
        ({"from": "client:a17", "params": {"CallSid": "CA1"}}, "CallSid"),
        ({"from": "sip:a@b.example", "to": "1", "sip_headers": {"Subject": "x"}}, "X-"),
        ({"from": "sip:a@b.example", "to": "1", "auth": "none"}, "auth"),
        ({"from": "client:a17", "colour": "red"}, "colour"),
        ({"from": "client:a17", "to": "1" * 1_001}, "to must be"),
        ({"from": "client:a17", "script": [{"jump": 1}]}, "step 1"),
        ([], "object"),
        (b"{", "JSON"),
        (b"\xff", "JSON"),
    ],
)
def test_a_call_that_cannot_be_read_is_refused(standin: StandIn, body: object, says: str) -> None:
    status, answer = standin.post("/sandbox/calls", body)

    assert status == 400
    assert says in answer["error"]


@pytest.mark.parametrize(
    ("call", "lost"),
    [
        ({"from": "client:a17", "params": None, "sip_headers": {"X-A": "1"}}, ["sip_headers.X-A"]),
        ({"from": "sip:a@b.example", "params": {"To": CALLEE, "a": "1"}}, ["params.a"]),
    ],
)
def test_what_does_not_travel_a_calls_way_is_named(standin: StandIn, call: dict, lost: list[str]) -> None:
    status, answer = standin.post("/sandbox/calls", call)

    assert (status, answer["ignored"]) == (201, lost)


@pytest.mark.parametrize(
    "script",
    [
        None,
        {},
        [{"say": ""}],
        [{"say": 1}],
        [{"press": "x"}],
        [{"press": ""}],
        [{"wait_s": -1}],
        [{"wait_s": True}],
        [{"wait_s": 1e9}],
        [{"wait_s": 1, "say": "x"}],
        [{"busy": False}],
        [{"say": "x"}, {"busy": True}],
        [{"hang_up": 1}],
        ["busy"],
        [{"wait_s": 1}] * 51,
    ],
)
def test_a_script_that_cannot_be_played_is_refused(standin: StandIn, script: object) -> None:
    status, answer = standin.post("/sandbox/callees", {"number": CALLEE, "script": script})

    assert (status, answer["status"]) == (400, 400)
    assert standin.get("/sandbox/callees")[1]["callees"] == []


def test_a_callee_is_found_however_the_number_is_written(standin: StandIn, application: Application) -> None:
    noun = f"<Sip>sip:{CALLEE}@pbx.example:5060;transport=tcp</Sip>"
    application.gives("/twilio/voice/outgoing", f'<Response><Dial callerId="{OURS}">{noun}</Dial></Response>')
    standin.scripts("+44 (20) 7946-0123", {"busy": True})

    story = standin.story(standin.rings_in("client:a17", CALLEE))

    assert story["legs"][1]["status"] == "busy"


def test_a_client_and_a_sip_phone_can_be_rung(standin: StandIn, application: Application) -> None:
    nouns = "<Client><Identity>b2</Identity></Client><Sip>sip:c3@pbx.example</Sip>"
    application.gives(
        "/twilio/voice/incoming", f'<Response><Dial sequential="true">{nouns}</Dial></Response>'
    )
    standin.scripts("client:b2", {"no_answer": True})

    story = standin.story(standin.rings_in(CALLEE, OURS, script=[{"stay": True}]))

    told = [(leg["to"], leg["status"]) for leg in story["legs"][1:]]
    assert told == [("client:b2", "no-answer"), ("sip:c3@pbx.example", "completed")]


def test_a_script_of_a_call_wins_over_the_numbers_own(standin: StandIn, application: Application) -> None:
    application.gives(
        "/twilio/voice/incoming", '<Response><Gather action="/heard" numDigits="1"/></Response>'
    )
    standin.scripts(CALLEE, {"press": "1"})

    standin.story(standin.rings_in(CALLEE, OURS))
    standin.story(standin.rings_in(CALLEE, OURS, script=[{"press": "9"}]))

    assert [each.form["Digits"] for each in application.at("/heard")] == ["1", "9"]


def test_the_story_tells_requests_answers_and_legs_in_order(
    standin: StandIn, application: Application
) -> None:
    application.gives("/twilio/voice/outgoing", "<Response><Say>No.</Say></Response>")

    story = standin.story(standin.rings_in("client:a17", CALLEE))

    kinds = [each["event"] for each in story["events"]]
    assert [kind for kind in kinds if kind in {"leg", "request", "answer", "verb"}] == [
        "leg", "request", "answer", "verb",
    ]  # fmt: skip
    (answer,) = [each for each in story["events"] if each["event"] == "answer"]
    assert (answer["status"], answer["body"]) == (200, "<Response><Say>No.</Say></Response>")


def test_words_to_nobody_are_told_as_unheard(standin: StandIn, application: Application) -> None:
    application.gives("/twilio/voice/incoming", '<Response><Pause length="90"/></Response>')

    story = standin.story(standin.rings_in(CALLEE, OURS, script=[{"say": "Hello?"}, {"hang_up": True}]))

    (said,) = [each for each in story["events"] if each["event"] == "said"]
    assert said["heard"] is False


def test_a_document_that_loops_for_ever_is_cut_off(standin: StandIn, application: Application) -> None:
    application.gives(
        "/twilio/voice/incoming", "<Response><Redirect>/twilio/voice/incoming</Redirect></Response>"
    )

    story = standin.story(standin.rings_in(CALLEE, OURS, script=[{"stay": True}]))

    assert len(application.at("/twilio/voice/incoming")) == 200
    assert story["finished"]


def test_a_reset_ends_calls_and_forgets_callees(standin: StandIn, application: Application) -> None:
    application.gives("/twilio/voice/incoming", '<Response><Say>x</Say><Pause length="9000"/></Response>')
    standin.scripts(CALLEE, {"stay": True})
    sid = standin.rings_in(CALLEE, OURS)
    standin.until_answered(sid)

    standin.post("/sandbox/reset", {})

    assert standin.story(sid)["status"] == "completed"
    assert standin.get("/sandbox/callees")[1]["callees"] == []


@pytest.mark.parametrize(
    "clock", [{"speed": 0}, {"speed": "fast"}, {"queue_s": -1}, {"webhook_timeout_s": 16}, {"x": 1}]
)
def test_a_clock_that_cannot_run_is_refused(standin: StandIn, clock: dict) -> None:
    assert standin.post("/sandbox/clock", clock)[0] == 400


def test_what_is_not_there_and_what_is_too_much_are_said_plainly(standin: StandIn) -> None:
    assert standin.get("/sandbox/calls/CA1")[0] == 404
    assert standin.get("/sandbox/nothing")[0] == 404
    assert standin.get("/sandbox/reset")[0] == 405
    assert standin.post("/sandbox/callees", b"x" * 1_000_001)[0] == 413


def test_more_legs_than_can_be_carried_are_refused(standin: StandIn, application: Application) -> None:
    application.gives("/twilio/voice/incoming", '<Response><Say>x</Say><Pause length="9000"/></Response>')

    answers = [
        standin.post("/sandbox/calls", {"from": CALLEE, "to": OURS, "script": [{"stay": True}]})[0]
        for _ in range(201)
    ]

    assert answers == [201] * 200 + [503]
