"""What Twilio would refuse, as the official SDK raises it: the status and the code."""

import pytest
from twilio.rest import Client

from tests.doubles.application import Application
from tests.doubles.standin import StandIn, running_standin
from tests.sandbox.refusal import refusal

CALLEE, OURS = "+442079460123", "+442079460100"
HELLO = "<Response><Say>Hello</Say></Response>"


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"to": "", "from_": OURS, "twiml": HELLO}, 21201),
        ({"to": "07946", "from_": OURS, "twiml": HELLO}, 21211),
        ({"to": CALLEE, "from_": "", "twiml": HELLO}, 21213),
        ({"to": CALLEE, "from_": "Beck", "twiml": HELLO}, 21212),
        ({"to": CALLEE, "from_": OURS}, 21205),
        ({"to": CALLEE, "from_": OURS, "url": "/relative"}, 21205),
        ({"to": CALLEE, "from_": OURS, "url": "http://[bad"}, 21205),
        ({"to": CALLEE, "from_": OURS, "twiml": "x" * 4_001}, 32018),
        ({"to": CALLEE, "from_": OURS, "twiml": HELLO, "timeout": 601}, 20001),
        ({"to": CALLEE, "from_": OURS, "url": "http://127.0.0.1/", "method": "PATCH"}, 21403),
    ],
)
def test_a_call_twilio_would_not_make_is_refused(client: Client, fields: dict, code: int) -> None:
    assert refusal(lambda: client.calls.create(**fields)) == (400, code)
    assert client.calls.list() == []


def test_a_number_that_is_not_the_accounts_may_not_be_shown(application: Application) -> None:
    with running_standin(application.url, numbers=frozenset({OURS})) as standin:
        client = Client(standin.account.sid, standin.account.auth_token)
        client.api.base_url = standin.url

        refused = refusal(lambda: client.calls.create(to=CALLEE, from_="+442079460199", twiml=HELLO))

    assert refused == (400, 21210)


@pytest.mark.parametrize("change", [{"status": "completed"}, {"twiml": HELLO}, {"status": "canceled"}])
def test_a_call_that_is_over_cannot_be_changed(standin: StandIn, client: Client, change: dict) -> None:
    made = client.calls.create(to=CALLEE, from_=OURS, twiml=HELLO)
    standin.story(made.sid)

    assert refusal(lambda: client.calls(made.sid).update(**change)) == (400, 21220)


def test_what_is_not_there_is_not_found(client: Client) -> None:
    assert refusal(lambda: client.calls("CA" + "0" * 32).fetch()) == (404, 20404)
    assert refusal(lambda: client.recordings("RE" + "0" * 32).fetch()) == (404, 20404)
    assert refusal(lambda: client.conferences("CF" + "0" * 32).fetch()) == (404, 20404)


@pytest.mark.parametrize("wrong", ["sid", "token"])
def test_strangers_are_not_let_in(standin: StandIn, wrong: str) -> None:
    sid, token = standin.account.sid, standin.account.auth_token
    stranger = Client("AC" + "0" * 31 + "9", token) if wrong == "sid" else Client(sid, token[::-1])
    stranger.api.base_url = standin.url

    assert refusal(lambda: stranger.messages("SM" + "0" * 32).fetch()) == (401, 20003)


def test_a_refusal_never_has_a_type_and_a_title(standin: StandIn) -> None:
    status, body = standin.get("/2010-04-01/Accounts/AC1/Calls.json")

    assert status == 401
    assert set(body) == {"code", "message", "more_info", "status"}


def test_a_call_that_rings_inside_a_dial_is_completed_and_not_cancelled(
    standin: StandIn, application: Application, client: Client
) -> None:
    noun = f'<Number statusCallback="/status" statusCallbackEvent="ringing">{CALLEE}</Number>'
    dial = f'<Response><Dial callerId="{OURS}" action="/dialled" timeout="600">{noun}</Dial></Response>'
    application.gives("/twilio/voice/outgoing", dial)
    standin.scripts(CALLEE, {"answer_after_s": 400})
    sid = standin.rings_in("client:a17", CALLEE)
    child = application.wait_for("/status")[0].form["CallSid"]

    assert refusal(lambda: client.calls(child).update(status="canceled")) == (400, 21220)
    assert refusal(lambda: client.calls(child).update(twiml=HELLO)) == (400, 21220)
    client.calls(child).update(status="completed")

    standin.story(sid)
    assert application.at("/dialled")[0].form["DialCallStatus"] == "canceled"
