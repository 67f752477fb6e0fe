"""Callbacks that come late, twice, out of order or not at all; applications that fail."""

import pytest

from tests.doubles.application import Application, Given
from tests.doubles.standin import StandIn, running_standin

AGENT, CALLEE, OURS, OUTGOING = "client:a17", "+442079460123", "+442079460100", "/twilio/voice/outgoing"
DIAL = (
    f'<Response><Dial callerId="{OURS}"><Number statusCallback="/status" '
    f'statusCallbackEvent="initiated ringing answered completed">{CALLEE}</Number></Dial></Response>'
)


def numbers(application: Application) -> list[str]:
    return [each.form["SequenceNumber"] for each in application.at("/status")]


def token(asked: object) -> str:
    return asked.headers["I-Twilio-Idempotency-Token"]


def call(standin: StandIn, application: Application, **faults: object) -> dict:
    application.gives(OUTGOING, DIAL)
    assert standin.post("/sandbox/faults", faults)[0] == 200
    return standin.story(standin.rings_in(AGENT, CALLEE))


def test_twice_means_the_same_request_with_the_same_token(standin: StandIn, application: Application) -> None:
    call(standin, application, twice=True)

    assert numbers(application) == ["0", "0", "1", "1", "2", "2", "3", "3"]
    first, second = application.at("/status")[:2]
    assert (token(first), first.form) == (token(second), second.form)


def test_out_of_order_means_that_each_second_one_overtakes(
    standin: StandIn, application: Application
) -> None:
    call(standin, application, out_of_order=True)

    assert numbers(application) == ["1", "0", "3", "2"]


def test_a_count_of_callbacks_is_dropped(standin: StandIn, application: Application) -> None:
    story = call(standin, application, drop=2)

    assert numbers(application) == ["2", "3"]
    assert len([each for each in story["events"] if each["event"] == "dropped"]) == 2


def test_a_share_of_callbacks_is_dropped_the_same_way_for_a_seed(
    standin: StandIn, application: Application
) -> None:
    call(standin, application, drop=0.5, seed=7)
    first = numbers(application)
    call(standin, application, drop=0.5, seed=7)

    assert 0 < len(first) < 4
    assert numbers(application) == first * 2


def test_late_callbacks_come_after_the_call_has_ended(standin: StandIn, application: Application) -> None:
    story = call(standin, application, late_s=60)

    order = [each["event"] for each in story["events"]]
    assert order.index("callback") > order.index("hung_up")
    assert numbers(application) == ["0", "1", "2", "3"]


def test_a_document_asked_for_twice_is_run_once(standin: StandIn, application: Application) -> None:
    story = call(standin, application, voice_twice=True)

    first, second = application.at(OUTGOING)
    assert token(first) == token(second)
    assert len(story["legs"]) == 2


def test_faults_end_with_a_reset(standin: StandIn, application: Application) -> None:
    standin.post("/sandbox/faults", {"drop": 100})
    standin.post("/sandbox/reset", {})

    assert call(standin, application)["finished"]
    assert standin.get("/sandbox/faults")[1]["drop"] == 0


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (Given(status=500), 11200),
        (Given(status=404), 11200),
        (Given("<Response><Say>"), 12100),
        (Given("<Reply/>"), 12100),
        (Given('<!DOCTYPE r [<!ENTITY a "b">]><Response/>'), 12100),
        (Given("{}", content_type="application/json"), 12300),
        (Given("<Response>" + "<Pause/>" * 9_000 + "</Response>"), 11750),
        (Given(breaks_off=True), 11200),
        (Given(wait_seconds=2), 11200),
        (Given(status=302, headers={"Location": OUTGOING}), 11215),
    ],
)
def test_an_application_that_fails_is_asked_at_its_fallback(
    standin: StandIn, application: Application, answer: Given, code: int
) -> None:
    application.gives(OUTGOING, answer)
    application.gives("/twilio/fallback", "<Response><Say>Sorry</Say></Response>")
    standin.post("/sandbox/clock", {"webhook_timeout_s": 0.5})

    story = standin.story(standin.rings_in(AGENT, CALLEE))

    (asked,) = application.at("/twilio/fallback")
    assert asked.form["ErrorCode"] == str(code)
    assert [each["words"] for each in story["events"] if each["event"] == "played"] == ["Sorry"]


def test_without_a_fallback_the_caller_hears_an_application_error(
    standin: StandIn, application: Application
) -> None:
    for path in (OUTGOING, "/twilio/fallback"):
        application.gives(path, Given(status=500))

    story = standin.story(standin.rings_in(AGENT, CALLEE))

    assert [each["kind"] for each in story["events"] if each["event"] == "played"] == ["application_error"]
    assert len(story["legs"]) == 1


def test_a_connection_that_fails_is_tried_once_more_with_the_same_token() -> None:
    with running_standin("http://127.0.0.1:9") as standin:
        story = standin.story(standin.rings_in(AGENT, CALLEE))

    asked = [each for each in story["events"] if each["event"] == "request" and OUTGOING in each["url"]]
    assert [each["attempt"] for each in asked] == [1, 2]
    assert len({each["token"] for each in asked}) == 1


def test_an_override_in_the_address_sets_the_retries(standin: StandIn, application: Application) -> None:
    application.gives(OUTGOING, "<Response><Redirect>/next#rc=3&amp;rp=5xx</Redirect></Response>")
    application.gives("/next", Given(status=503), Given(status=503), "<Response/>")

    standin.story(standin.rings_in(AGENT, CALLEE))

    assert len({token(each) for each in application.at("/next")}) == 1
    assert len(application.at("/next")) == 3


def test_a_redirected_request_is_the_same_one_without_what_was_keyed(
    standin: StandIn, application: Application
) -> None:
    application.gives(
        "/twilio/voice/incoming", '<Response><Gather action="/heard" numDigits="1"/></Response>'
    )
    application.gives("/heard", Given(status=307, headers={"Location": "/elsewhere"}))

    standin.story(standin.rings_in(CALLEE, OURS, script=[{"press": "9"}]))

    (first,), (second,) = application.at("/heard"), application.at("/elsewhere")
    assert token(first) == token(second)
    assert first.form["Digits"] == "9" and "Digits" not in second.form


def test_words_in_plain_text_are_read_aloud(standin: StandIn, application: Application) -> None:
    application.gives(OUTGOING, Given("We may not call them.", content_type="text/plain"))

    story = standin.story(standin.rings_in(AGENT, CALLEE))

    assert [each["words"] for each in story["events"] if each["event"] == "played"] == [
        "We may not call them."
    ]


def test_unknown_verbs_are_passed_over_and_noted(standin: StandIn, application: Application) -> None:
    application.gives(OUTGOING, '<Response><Shout/><Say lang="en">Hello</Say></Response>')

    story = standin.story(standin.rings_in(AGENT, CALLEE))

    errors = [(each["code"], each["message"]) for each in story["events"] if each["event"] == "error"]
    assert errors == [
        (12200, "<Shout> is not allowed in <Response>"),
        (12200, "<Say> has no attribute lang"),
    ]


def test_a_strangers_address_is_never_called(standin: StandIn, application: Application) -> None:
    application.gives(OUTGOING, "<Response><Redirect>http://stranger.example/x</Redirect></Response>")

    story = standin.story(standin.rings_in(AGENT, CALLEE))

    assert 11210 in [each.get("code") for each in story["events"]]


@pytest.mark.parametrize(
    "faults",
    [{"drop": -1}, {"drop": 2.5}, {"late_s": "soon"}, {"twice": 1}, {"often": True}, [], {"seed": 1.5}],
)
def test_faults_that_cannot_be_read_are_refused(standin: StandIn, faults: object) -> None:
    status, answer = standin.post("/sandbox/faults", faults)

    assert (status, answer["status"]) == (400, 400)
