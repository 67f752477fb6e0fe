"""What holds for every door alike: a store that is away, late or read-only allows nothing."""

from collections.abc import Callable
from pathlib import Path

import pytest
from werkzeug.test import TestResponse

from dialer.calls.organisation import Organisation
from dialer.people.keys import Key, digest_of
from dialer.people.roles import Role
from dialer.store import keys
from dialer.store.configuration import Section
from dialer.web import make_app
from dialer.web.api import every_door
from dialer.web.api.door import Door
from dialer.wiring import Parts, wire
from tests.lines import Line
from tests.servers import RunningServer
from tests.web.api.bodies import BODIES
from tests.web.api.conftest import NUMBER, Caller, CallerAs, settings_for

PATHS = {
    "{e164}": NUMBER,
    "/organisations/{id}": "/organisations/ORG_A",
    "/campaigns/{id}": "/campaigns/C1",
    "{id}": "x1",
    "{ln}": "ln_abc",
    "{principal}": "ORG_A",
}
QUERIES = {"report_blocked_calls": "?from=2026-11-01&to=2026-11-23"}
NEEDS_NO_STORE = {"judge_case"}
DOORS = [door for door in every_door() if door.name not in NEEDS_NO_STORE]


def path_of(door_path: str, name: str) -> str:
    if name == "put_line_facts":
        door_path = door_path.replace("{ln}", NUMBER)
    for pattern, value in PATHS.items():
        door_path = door_path.replace(pattern, value)
    return door_path + QUERIES.get(name, "")


@pytest.fixture
def across(line: Line, shared_server: RunningServer, tmp_path: Path) -> Callable[[Door], Caller]:
    """Return whoever may use a door, in an app that reaches its store over `line` and has read it once."""
    near = wire(settings_for(shared_server.url, tmp_path))
    far = wire(settings_for(line.url, tmp_path))

    def caller(door: Door) -> Caller:
        role = door.roles[0] if door.roles else Role.ADMIN
        key = Key(id="key_1", name="all", role=role, digest=digest_of("token"))
        near.configuration.put(Section.ORGANISATIONS, "ORG_A", Organisation(id="ORG_A"))
        near.configuration.put(Section.KEYS, key.id, key)
        far.configuration.refresh()
        return Caller(make_app(far.settings, parts=far).test_client(), "token")

    return caller


def ask(caller: Caller, door: Door) -> TestResponse:
    return caller.ask(door.method, path_of(door.path, door.name), BODIES.get(door.name))


def test_every_door_that_takes_a_body_has_a_sound_one_here() -> None:
    assert {door.name for door in every_door() if door.body is not None} <= set(BODIES)


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.name)
def test_with_the_store_away_a_door_says_so_and_nothing_is_allowed(
    door: Door, line: Line, across: Callable[[Door], Caller]
) -> None:
    caller = across(door)
    line.answers_until_cut = 0
    line.cut()
    answer = ask(caller, door)
    assert (answer.status_code, answer.content_type) == (503, "application/problem+json")
    assert answer.headers["Retry-After"]
    assert "allow" not in answer.get_data(as_text=True)


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.name)
def test_a_store_lost_after_the_key_was_checked_allows_nothing_either(
    door: Door, line: Line, across: Callable[[Door], Caller]
) -> None:
    """The first answer (the configuration's epoch) arrives, none after it does."""
    caller = across(door)
    line.answers_until_cut = 1
    answer = ask(caller, door)
    # What needs no more than the configuration is answered; everything else must say that it cannot.
    assert answer.status_code in {503, 404, 409} or door.method == "GET"
    assert '"verdict":"allow"' not in answer.get_data(as_text=True)


def test_a_read_only_store_keeps_nothing_and_says_so(read_only_redis: RunningServer, tmp_path: Path) -> None:
    parts = wire(settings_for(read_only_redis.url, tmp_path))
    client = make_app(parts.settings, parts=parts).test_client()
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert "read-only" in answer.json["reasons"][0]


@pytest.mark.parametrize("door", [d for d in DOORS if d.method == "PUT"], ids=lambda door: door.name)
def test_a_record_put_twice_is_kept_once_and_answered_alike(door: Door, centre: Caller) -> None:
    first, second = ask(centre, door), ask(centre, door)
    assert (first.status_code, second.status_code) == (200, 200)
    assert first.json | {"secret": None} == second.json | {"secret": None}


@pytest.mark.parametrize("door", [d for d in every_door() if d.method == "POST"], ids=lambda door: door.name)
def test_the_same_post_twice_is_answered_alike_and_leaves_one_trace(
    door: Door, centre: Caller, caller: CallerAs, parts: Parts
) -> None:
    key = caller(door.roles[0] if door.roles else Role.ADMIN)
    path, body = path_of(door.path, door.name), BODIES.get(door.name)
    first = key.post(path, body, Idempotency_Key="k1")
    traces = parts.redis.xlen(keys.LEDGER)
    second = key.post(path, body, Idempotency_Key="k1")
    assert (second.status_code, second.get_data()) == (first.status_code, first.get_data())
    assert second.headers["Idempotent-Replayed"] == "true"
    assert parts.redis.xlen(keys.LEDGER) == traces
