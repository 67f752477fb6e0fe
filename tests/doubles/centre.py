"""A house served over HTTP next to a stand-in that calls it: an agent clicks, phones ring, people speak."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import SecretStr
from werkzeug.serving import make_server

from dialer.sandbox.account import DEMO_ACCOUNT_SID, DEMO_AUTH_TOKEN
from dialer.store import keys
from dialer.web import make_app
from dialer.wiring import wire
from tests.doubles.house import NUMBER, House, settings_for
from tests.doubles.standin import StandIn, running_standin
from tests.journeys.conftest import ask

BODY = {"agent": "a17", "to": "020 7946 0123", "campaign": "C1"}
Answered = tuple[int, Any]


@dataclass
class Centre:
    """A house served over HTTP next to its stand-in."""

    house: House
    standin: StandIn
    url: str

    def clicks(self, token: str | None = None, idempotency: str | None = None, **changed: Any) -> Answered:
        headers = {"Authorization": f"Bearer {token or self.house.key}"}
        headers |= {"Idempotency-Key": idempotency} if idempotency else {}
        return ask("POST", f"{self.url}/v1/calls", BODY | changed, headers)

    def screens(self) -> Any:
        headers = {"Authorization": f"Bearer {self.house.key}"}
        return ask(
            "POST", f"{self.url}/v1/screen", {"to": NUMBER, "campaign": "C1", "agent": "a17"}, headers
        )[1]

    def legs(self) -> list[Any]:
        return list(self.standin.get("/sandbox/calls")[1]["calls"])

    def attempts(self) -> int:
        return int(self.house.parts.redis.zcard(keys.attempts(NUMBER)))


@contextmanager
def running_centre(redis_url: str, tmp_path: Path, **setup: Any) -> Iterator[Centre]:
    """Serve a house with both registers loaded, and a stand-in that calls it; `setup` is the stand-in's."""
    house = House(redis_url, tmp_path)
    house.load_register("tps")
    house.load_register("ctps")
    server = make_server("127.0.0.1", 0, lambda *_: [], threaded=True)
    url = f"http://127.0.0.1:{server.server_port}"
    with running_standin(url, **setup) as standin:
        settings = settings_for(
            redis_url,
            tmp_path,
            public_url=url,
            twilio_api_base_url=standin.url,
            twilio_account_sid=DEMO_ACCOUNT_SID,
            twilio_auth_token=SecretStr(DEMO_AUTH_TOKEN),
        )
        house.parts = wire(settings, clock=house.clock)
        server.app = make_app(settings, parts=house.parts)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield Centre(house, standin, url)
        standin.sandbox.close()
        server.shutdown()
        thread.join(10)
        server.server_close()
