"""A process that reaches its store over a line of the test's, and the telephone it would ring agents with."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from dialer.screening.click_to_call import Rung
from dialer.web import make_app
from dialer.wiring import wire
from tests.doubles.house import NUMBER, House, settings_for
from tests.doubles.twilio_client import Twilio

CLICK = {"agent": "a17", "to": NUMBER, "campaign": "C1"}
ANSWERED = {"CallSid": "CA5", "From": "+442079460100", "To": "client:a17", "Direction": "outbound-api"}


@dataclass
class Phone:
    """Notes who was rung; `on_ring` happens while Twilio is asked."""

    rung: list[str] = field(default_factory=list)
    on_ring: Callable[[], object] = lambda: None

    def ring(self, endpoint: str, *, caller_id: str, decision: str, at: datetime) -> Rung:
        self.rung.append(decision)
        self.on_ring()
        return Rung(call_ref="CA5", status="queued")


@dataclass
class Far:
    """Its doors, as a dialer and as Twilio ask them."""

    client: FlaskClient
    phone: Phone
    key: str

    def click(self, **headers: str) -> TestResponse:
        return self.client.post("/v1/calls", json=CLICK, headers=self.headers(headers))

    def redeem(self, permit: str | None, **headers: str) -> TestResponse:
        asked = {"permit": permit, "call_ref": "T1"}
        return self.client.post("/v1/permits/redeem", json=asked, headers=self.headers(headers))

    def connect(self, decision: str) -> str:
        return Twilio(self.client).post(f"voice/connect?decision={decision}", ANSWERED).text

    def headers(self, more: dict[str, str]) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.key}", **{k.replace("_", "-"): v for k, v in more.items()}}


def far_from(house: House, url: str) -> Far:
    settings, phone = settings_for(url, house.data_dir), Phone()
    parts = replace(wire(settings, clock=house.clock), telephone=phone)  # type: ignore[arg-type]
    return Far(make_app(settings, parts=parts).test_client(), phone, house.key)
