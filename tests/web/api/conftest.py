"""One app on a real store, with a key for each role and two principals that know nothing of each other."""

import io
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pydantic import SecretStr
from werkzeug.test import TestResponse

from dialer.people.keys import Key, digest_of
from dialer.people.roles import NumbersShown, Role
from dialer.settings import Settings
from dialer.store.configuration import Section
from dialer.web import make_app
from dialer.wiring import Parts, warm, wire

ORGANISATION = {
    "legal_name": "Alder Energy Ltd",
    "trading_names": ["Alder Energy"],
    "address": "1 High St, Leeds",
}
CAMPAIGN = {
    "principal": "ORG_A",
    "operator": "OP_1",
    "purpose": "general",
    "topic": "solar",
    "channel": "live_call",
    "dial_mode": "preview",
    "caller_id": "+442079460100",
    "announced_name": "Alder Energy",
    "contact_address": "1 High St, Leeds",
    "classification": {"by": "J. Reviewer"},
}
NUMBER = "+442079460123"


class Form(dict[str, Any]):
    """A body sent as a form; its `file` is the bytes of one."""

    def sent(self) -> dict[str, Any]:
        """Return it as the test client takes it: a file is read once."""
        return {**self, "file": (io.BytesIO(self["file"]), "list.csv")}


@dataclass
class Caller:
    """Asks the API as somebody with a key, and keeps what it was told."""

    client: FlaskClient
    token: str
    headers: dict[str, str] = field(default_factory=dict)

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> TestResponse:
        """Send one request; `body` None sends none, anything else is sent as JSON."""
        sent = {"Authorization": f"Bearer {self.token}", **self.headers}
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        if body is None:
            return self.client.open(path, method=method, headers=sent)
        if isinstance(body, Form):
            form = {"data": body.sent(), "content_type": "multipart/form-data"}
            return self.client.open(path, method=method, headers=sent, **form)
        return self.client.open(path, method=method, json=body, headers=sent)

    def get(self, path: str) -> TestResponse:
        """Read."""
        return self.ask("GET", path)

    def put(self, path: str, body: Any) -> TestResponse:
        """Keep."""
        return self.ask("PUT", path, body)

    def post(self, path: str, body: Any = None, **headers: str) -> TestResponse:
        """Do."""
        return self.ask("POST", path, body, **headers)


def settings_for(redis_url: str, folder: Path) -> Settings:
    """Return settings of a demo on the given store."""
    return Settings(
        redis_url=redis_url,
        data_dir=folder,
        public_url="http://127.0.0.1:8000",
        secret_key=SecretStr("a secret of tests, forty characters long"),
        twilio_account_sid="AC" + "0" * 32,
        twilio_auth_token=SecretStr("token"),
        drama_numbers=True,
        metrics_open=True,
        demo=True,
    )


@pytest.fixture
def parts(redis_url: str, tmp_path: Path) -> Parts:
    made = wire(settings_for(redis_url, tmp_path))
    warm(made)
    return made


@pytest.fixture
def app(parts: Parts) -> Flask:
    return make_app(parts.settings, parts=parts)


CallerAs = Callable[..., Caller]


@pytest.fixture
def caller(app: Flask, parts: Parts) -> CallerAs:
    """Return whoever asks with a fresh key of a role; `principals` None sees all."""

    def make(
        role: Role,
        principals: tuple[str, ...] | None = None,
        numbers: NumbersShown = NumbersShown.FULL,
        agent: str | None = None,
    ) -> Caller:
        name = f"{role}-{'-'.join(principals or ('all',))}-{numbers}-{agent}"
        key = Key(
            id=f"key_{name}",
            name=name,
            role=role,
            digest=digest_of(name),
            principals=principals,
            numbers=numbers,
            agent=agent,
        )
        parts.configuration.put(Section.KEYS, key.id, key)
        return Caller(app.test_client(), name)

    return make


@pytest.fixture
def admin(caller: CallerAs) -> Caller:
    return caller(Role.ADMIN)


@pytest.fixture
def dialer(caller: CallerAs) -> Caller:
    return caller(Role.DIALER)


@pytest.fixture
def centre(admin: Caller) -> Caller:
    """A call centre with one campaign of ORG_A; the caller is its administrator."""
    assert admin.put("/v1/organisations/ORG_A", ORGANISATION).status_code == 200
    assert admin.put("/v1/organisations/ORG_B", {"legal_name": "Birch Homes Ltd"}).status_code == 200
    assert admin.put("/v1/organisations/OP_1", {"legal_name": "Beck Contact Ltd"}).status_code == 200
    kept = admin.put("/v1/campaigns/C1", CAMPAIGN)
    assert kept.status_code == 200, kept.get_data(as_text=True)
    return admin


def pointers(answer: TestResponse) -> list[str]:
    """Return where a problem says the faults are, in their order."""
    assert answer.content_type == "application/problem+json"
    assert answer.json is not None
    return [fault["pointer"] for fault in answer.json.get("errors", [])]
