"""The shorter way in says, header by header, what Flask says behind it; whatever is unusual goes to Flask."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from dialer.web import make_app, metrics
from dialer.web.twilio import calls, events, return_calls, texts, unattended
from tests.doubles.house import NUMBER, House
from tests.doubles.twilio_client import Twilio

DOORS = [door for room in (calls, return_calls, unattended, texts, events) for door in room.DOORS]
FORM = {
    "CallSid": "CA1",
    "From": "+442079460177",
    "To": NUMBER,
    "Digits": "9",
    "Body": "STOP",
    "Odd": "é +&%",
}


@pytest.fixture
def app(house: House) -> Flask:
    return make_app(house.parts.settings, parts=house.parts)


@pytest.fixture
def asked_of_flask(app: Flask) -> list[str]:
    """The requests that came as far as Flask."""
    seen: list[str] = []
    app.before_request_funcs.setdefault(None, []).append(lambda: seen.append("asked"))
    return seen


class Behind(FlaskClient):
    """Asks with a slash at the end, which only Flask knows: the address that is signed stays the same."""

    def open(self, *args: object, **kwargs: object) -> TestResponse:  # type: ignore[override]
        path, _, query = str(args[0]).partition("?")
        return super().open(f"{path}/{'?' + query if query else ''}", *args[1:], **kwargs)  # type: ignore[arg-type]


def said(answer: TestResponse) -> tuple[int, bytes, dict[str, str]]:
    headers = {name: value for name, value in answer.headers if name != "X-Request-Id"}
    return answer.status_code, answer.data, headers


def test_each_door_says_the_same_either_way(app: Flask, asked_of_flask: list[str]) -> None:
    behind = Twilio(Behind(app, app.response_class))
    for door in DOORS:
        route = f"{door.route}?campaign=C1&n=1"
        form = {**FORM, "From": "client:a17"} if door.route == "voice/outgoing" else FORM
        first = Twilio(app.test_client()).post(route, form)
        assert not asked_of_flask, door.route
        assert said(behind.post(route, form)) == said(first), door.route
        assert asked_of_flask.pop(), door.route


def test_every_answer_has_an_id_of_its_own(app: Flask) -> None:
    twilio = Twilio(app.test_client())
    ids = {twilio.call(sid=f"CA{n}").headers["X-Request-Id"] for n in range(3)}
    assert len(ids) == 3
    assert all(one.startswith("urn:uuid:") for one in ids)


def test_a_signature_that_does_not_fit_is_refused_by_flask(app: Flask, asked_of_flask: list[str]) -> None:
    answer = Twilio(app.test_client(), token="another").call()
    assert (answer.status_code, answer.mimetype) == (403, "application/problem+json")
    assert asked_of_flask


@pytest.mark.parametrize(
    "ask",
    [
        lambda client: client.get("/twilio/voice/outgoing"),
        lambda client: client.post("/twilio/voice/nowhere", data={"To": NUMBER}),
        lambda client: client.post("/twilio/voice/outgoing", json={"To": NUMBER}),
        lambda client: client.post("/twilio/voice/outgoing", data={"Body": "x" * 70_000}),
    ],
)
def test_what_is_unusual_goes_to_flask(
    app: Flask, asked_of_flask: list[str], ask: Callable[[FlaskClient], TestResponse]
) -> None:
    assert ask(app.test_client()).status_code in (403, 404, 405)
    assert asked_of_flask


def test_a_long_form_is_answered_all_the_same(app: Flask) -> None:
    answer = Twilio(app.test_client()).call(Odd="x" * 70_000)
    assert "<Dial" in answer.text


def test_a_failure_of_ours_is_a_problem_without_what_was_sent(
    house: House, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(type(house.parts.gate.ledger), "commit")
    app.config["PROPAGATE_EXCEPTIONS"] = False
    answer = Twilio(app.test_client()).call()
    assert (answer.status_code, answer.mimetype) == (500, "application/problem+json")
    assert NUMBER[-4:] not in answer.text


def test_what_is_answered_early_is_counted(app: Flask) -> None:
    labels = {"door": "/twilio/voice/outgoing", "method": "POST", "status": "200"}

    def counted() -> float:
        return metrics._OWN.get_sample_value("ringfence_request_seconds_count", labels) or 0.0

    before = counted()
    Twilio(app.test_client()).call()
    assert counted() == before + 1
