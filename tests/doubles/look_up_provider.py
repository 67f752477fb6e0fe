"""A house that asks a look-up provider: a real HTTP server on loopback, which answers as a test says."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from pydantic import SecretStr
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from dialer.screening.looking_up import LookUps
from dialer.screening.question import Binding, Question
from dialer.screening.screen import Screened
from dialer.screening.verdict import Verdict
from dialer.store.on_disk import PROVEN
from dialer.wiring.look_ups import look_ups
from tests.doubles.house import NUMBER, House, settings_for

TOKEN = "a secret of ours"
PATH = "/v1/tps"
Answering = Callable[[dict[str, Any]], Any]


def asking(house: House, url: str, **changed: Any) -> LookUps:
    """Let a house ask the provider at an address; only a demo's may stand on loopback."""
    plain = {"demo": True, "lookup_url": url, "lookup_token": SecretStr(TOKEN), "lookup_timeout_ms": 3_000}
    settings = replace(settings_for(house.redis_url, house.data_dir), **(plain | changed))
    made = look_ups(house.parts.redis, PROVEN, settings)
    assert made is not None
    house.parts = replace(house.parts, gate=replace(house.parts.gate, look_ups=made))
    return made


def answering(server: HTTPServer, answer: Answering) -> str:
    """Let the server answer each question with what `answer` returns: a Response, or JSON."""

    def respond(request: Request) -> Response:
        given = answer(request.get_json())
        return given if isinstance(given, Response) else _json(given)

    server.expect_request(PATH, method="POST").respond_with_handler(respond)
    return server.url_for(PATH)


def _json(value: Any) -> Response:
    return Response(json.dumps(value), content_type="application/json")


def listed(tps: Any = False, ctps: Any = False, **more: Any) -> Answering:
    """Answer about the very number that is asked about."""
    return lambda question: {"number": question["number"], "tps": tps, "ctps": ctps, **more}


def screened(house: House, to: str = NUMBER, **changed: object) -> Screened:
    """Screen an advisory call of the house's plain campaign."""
    plain = {"to": to, "binding": Binding.ADVISORY, "campaign": "C1", "agent": "a17"}
    answered = house.screen(Question(**(plain | changed)))  # type: ignore[arg-type]
    assert isinstance(answered, Screened)
    return answered


def verdict(house: House, to: str = NUMBER, **changed: object) -> Verdict:
    """Return the verdict of the same."""
    return screened(house, to, **changed).decision.verdict
