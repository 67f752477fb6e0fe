"""One process of the rush: parts of its own on the common store, a clock a little off, every door open."""

import threading
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from dialer.clock import monotonic_seconds
from dialer.people.keys import Key, digest_of
from dialer.people.roles import Role
from dialer.screening.click_to_call import Rung
from dialer.store.configuration import Section
from dialer.web import make_app
from dialer.wiring import Parts, wire
from tests.doubles.house import MONDAY, House, settings_for
from tests.doubles.twilio_client import Twilio

ROLES = (Role.DIALER, Role.AGENT, Role.SUPERVISOR)


@dataclass
class RunningClock:
    """A Monday morning that goes on, read from a clock that is `ahead` of the others, or behind."""

    begun: float
    ahead: timedelta = timedelta()

    def __call__(self) -> datetime:
        return MONDAY + timedelta(seconds=monotonic_seconds() - self.begun) + self.ahead


class Phones:
    """Takes on every call to an agent, as Twilio would, and rings nobody."""

    def ring(self, endpoint: str, *, caller_id: str, decision: str, at: datetime) -> Rung:
        return Rung(call_ref=f"CA-{decision}", status="queued")


@dataclass
class Process:
    """Asks the doors of one process, as whoever has a key, or as Twilio."""

    house: House
    clock: RunningClock
    parts: Parts = field(init=False)
    app: Flask = field(init=False)
    _mine: threading.local = field(default_factory=threading.local)

    def __post_init__(self) -> None:
        settings = settings_for(self.house.redis_url, self.house.data_dir)
        wired = wire(settings, clock=self.clock)
        self.parts = replace(wired, telephone=Phones())  # type: ignore[arg-type]
        self.app = make_app(settings, parts=self.parts)

    def post(self, path: str, body: Any, *, role: Role = Role.DIALER, number: int = 1) -> TestResponse:
        """Ask the JSON API with the key of a role; two keys of a role are two people."""
        headers = {"Authorization": f"Bearer {token_of(role, number)}"}
        return self.app.test_client().post(path, json=body, headers=headers)

    def twilio(self, route: str, form: dict[str, str]) -> str:
        """Post a signed webhook; returns the TwiML."""
        return Twilio(self.app.test_client()).post(route, form).get_data(as_text=True)


def token_of(role: Role, number: int) -> str:
    return f"rfk_{role}_{number}"


def give_keys(house: House) -> None:
    """Two people of each role."""
    for role in ROLES:
        for number in (1, 2):
            name = token_of(role, number)
            agent = "a17" if role is Role.AGENT and number == 1 else None
            key = Key(id=f"key_{role}_{number}", name=name, role=role, digest=digest_of(name), agent=agent)
            house.put(Section.KEYS, key.id, key)
