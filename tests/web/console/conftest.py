"""A console over a real, emptied server, and people to log in with."""

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pydantic import SecretStr

from dialer.calls.campaign import Campaign
from dialer.calls.organisation import Organisation
from dialer.people.agents import Agent
from dialer.people.log_ins import LogIns
from dialer.people.roles import Role
from dialer.people.users import User, hash_of
from dialer.settings import Settings
from dialer.store.configuration import Section
from dialer.web import make_app
from dialer.wiring import Parts, wire
from tests.doubles.house import StandingClock
from tests.reports.lines import NOON

PASSWORD = "correct horse battery"


def settings_at(redis_url: str, **more: object) -> Settings:
    """Return the settings of a demo installation on this server."""
    fields: dict = {
        "redis_url": redis_url,
        "data_dir": Path("unused"),
        "public_url": "http://127.0.0.1:8000",
        "secret_key": SecretStr("x" * 48),
        "twilio_account_sid": "AC" + "0" * 32,
        "twilio_auth_token": SecretStr("0" * 32),
        "demo": True,
    }
    return Settings(**{**fields, **more})


@cache
def password_hash() -> str:
    """Return the one hash all test users share; hashing is slow on purpose."""
    return hash_of(PASSWORD)


@pytest.fixture
def clock() -> StandingClock:
    """It is noon, until a test says otherwise."""
    return StandingClock(NOON)


@pytest.fixture
def parts(redis_url: str, clock: StandingClock) -> Parts:
    """The parts of a console at noon, with two principals, a campaign each, and one agent."""
    parts = wire(settings_at(redis_url), clock=clock)
    for organisation, name in (("ORG_A", "Alder Energy Ltd"), ("ORG_B", "Birch Homes Ltd")):
        parts.configuration.put(
            Section.ORGANISATIONS, organisation, Organisation(id=organisation, legal_name=name)
        )
    for campaign, principal, name in (("C1", "ORG_A", "Alder Energy"), ("C2", "ORG_B", "Birch Homes")):
        made = Campaign(id=campaign, principal=principal, operator="OP_1", announced_name=name)
        parts.configuration.put(Section.CAMPAIGNS, campaign, made)
    parts.configuration.put(Section.AGENTS, "a17", Agent(id="a17", name="Robin Reed"))
    return parts


@pytest.fixture
def app(parts: Parts) -> Flask:
    """The whole app with all its doors."""
    return make_app(parts.settings, parts=parts)


@pytest.fixture
def browser(app: Flask) -> Iterator[FlaskClient]:
    """Somebody's browser, not logged in."""
    with app.test_client() as client:
        client.environ_base["HTTP_ACCEPT"] = "text/html"
        yield client


@pytest.fixture
def as_user(browser: FlaskClient, parts: Parts) -> Callable[..., FlaskClient]:
    """Log this browser in as a user of the given role, principals and sight of numbers."""

    def log_in(role: Role = Role.SUPERVISOR, **more: object) -> FlaskClient:
        user = User(name="sam", role=role, password_hash=password_hash(), **more)
        parts.people.save(user)
        # Begun without the password, whose hashing is slow on purpose; test_log_in comes in by the door.
        browser.set_cookie("ringfence-session", LogIns(parts.people, parts.clock)._begin(user))
        return browser

    return log_in


@pytest.fixture
def supervisor(as_user: Callable[..., FlaskClient]) -> FlaskClient:
    """A supervisor who sees everything, logged in."""
    return as_user()
