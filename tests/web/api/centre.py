"""A call centre on a Monday morning behind its API: calls are allowed, so that there is an afterwards."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from flask import Flask
from pydantic import SecretStr

from dialer.people.keys import Key, digest_of
from dialer.people.roles import Role
from dialer.store.configuration import Section
from dialer.web import make_app
from dialer.wiring import wire
from tests.doubles.house import House, settings_for
from tests.web.api.conftest import Caller


@dataclass
class Centre:
    """A house with both registers loaded, and callers with keys of any role."""

    house: House
    app: Flask = field(init=False)

    def __post_init__(self) -> None:
        """Load the registers and open the doors."""
        for register in ("tps", "ctps"):
            self.house.load_register(register)
        self.app = make_app(self.house.parts.settings, parts=self.house.parts)

    def caller(
        self, role: Role, principals: tuple[str, ...] | None = None, agent: str | None = None
    ) -> Caller:
        """Return somebody with a fresh key."""
        name = f"{role}-{principals}-{agent}"
        key = Key(
            id=f"key_{digest_of(name)[:12]}",
            name=name,
            role=role,
            digest=digest_of(name),
            principals=principals,
            agent=agent,
        )
        self.house.put(Section.KEYS, key.id, key)
        return Caller(self.app.test_client(), name)

    def decision(self, to: str, **asked: Any) -> Any:
        """Return the decision on one call of Alder's campaign, as a dialer asks for it.

        A store that is late answers 503, and a dialer asks again: so does this, a few times.
        """
        dialer = self.caller(Role.DIALER)
        answers = (dialer.post("/v1/screen", {"to": to, "campaign": "C1", **asked}) for _ in range(5))
        answer = next((found for found in answers if found.status_code != 503), None)
        assert answer is not None
        assert answer.status_code == 200, answer.get_data(as_text=True)
        return answer.json


def centre_on(redis_url: str, folder: Path, **settings: Any) -> Centre:
    """Return a centre on this store; `settings` differ from a live installation's."""
    house = House(redis_url, folder)
    if settings:
        plain = {"secret_key": SecretStr("for tests only"), **settings}
        house.parts = wire(settings_for(redis_url, folder, **plain), clock=house.clock)
    return Centre(house)
