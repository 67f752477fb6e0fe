"""Alive, ready and measured: what machines ask of the house."""

from datetime import timedelta
from pathlib import Path

import pytest

from dialer.clock import london_day
from dialer.people.roles import Role
from dialer.registers.snapshot import Register, Snapshot
from dialer.store import keys
from dialer.store.codec import to_json
from dialer.store.heartbeats import WORKER, Heartbeats
from dialer.web import make_app
from dialer.wiring import Parts, wire
from tests.lines import Line
from tests.servers import RunningServer
from tests.web.api.conftest import (
    NUMBER,
    Caller,
    CallerAs,
    admin,
    app,
    caller,
    centre,
    dialer,
    parts,
    settings_for,
)

__all__ = ["admin", "app", "caller", "centre", "dialer", "parts"]


def load_register(parts: Parts, name: str, *, days_old: int) -> None:
    """Put a register in force that was extracted so many days ago."""
    at = parts.clock()
    snapshot = Snapshot(
        ordinal=1,
        version="v1",
        extracted_on=london_day(at) - timedelta(days=days_old),
        replaced_extracted_on=None,
        loaded_at=at,
        by="test",
        file_name="tps.txt",
        sha256="0" * 64,
        rows=1,
        unreadable_rows=0,
        numbers=1,
        added=1,
        removed=0,
    )
    parts.redis.hset(keys.register_snapshots(name), "1", to_json(snapshot))
    parts.redis.hset(keys.REGISTERS_LIVE, name, snapshot.version)
    assert isinstance(parts.registers.register(name), Register)


def test_a_living_process_says_so_even_without_its_store(dead_redis_url: str, tmp_path: Path) -> None:
    answer = make_app(settings_for(dead_redis_url, tmp_path)).test_client().get("/healthz")
    assert (answer.status_code, answer.json) == (200, {"status": "alive"})


def test_a_house_with_its_store_is_ready_and_tells_what_is_missing_in_words(parts: Parts) -> None:
    answer = make_app(parts.settings, parts=parts).test_client().get("/readyz")
    assert (answer.status_code, answer.json["status"], answer.json["reasons"]) == (200, "ready", [])
    assert answer.json["registers"]["tps"] == "never loaded: it clears nobody; import it"
    assert any("register tps:" in warning for warning in answer.json["warnings"])


@pytest.mark.parametrize(
    ("days_old", "words", "is_warned"),
    [
        (0, "extracted today", False),
        (1, "1 day old", False),
        (6, "6 days old: the file", True),
        (7, "7 days old: import a newer file within 21 days", True),
        (27, "27 days old: import a newer file within 1 days", True),
        (28, "28 days old: it no longer clears anybody; import a newer file", True),
    ],
)
def test_a_registers_age_is_told_in_words_that_a_person_acts_on(
    parts: Parts, days_old: int, words: str, is_warned: bool
) -> None:
    load_register(parts, "tps", days_old=days_old)
    told = make_app(parts.settings, parts=parts).test_client().get("/readyz").json
    assert told["registers"]["tps"].startswith(words)
    assert any("register tps:" in warning for warning in told["warnings"]) is is_warned


def test_without_its_store_the_house_is_not_ready_and_says_why(dead_redis_url: str, tmp_path: Path) -> None:
    answer = make_app(settings_for(dead_redis_url, tmp_path)).test_client().get("/readyz")
    assert (answer.status_code, len(answer.json["reasons"])) == (503, 1)
    assert answer.json["status"] == "not ready: nothing is dialled"


@pytest.mark.parametrize("server", ["forgetful_redis", "evicting_redis", "read_only_redis"])
def test_a_store_that_could_forget_a_no_makes_the_house_unready(
    server: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    running: RunningServer = request.getfixturevalue(server)
    answer = make_app(settings_for(running.url, tmp_path)).test_client().get("/readyz")
    assert answer.status_code == 503
    assert answer.json["reasons"]


def test_a_slow_store_makes_the_house_unready_until_it_is_quick_again(line: Line, tmp_path: Path) -> None:
    client = make_app(settings_for(line.url, tmp_path)).test_client()
    line.delay_seconds = 0.5
    assert client.get("/readyz").status_code == 503
    line.delay_seconds = 0.0
    assert client.get("/readyz").status_code == 200


def test_metrics_count_decisions_and_requests_and_hold_no_number(centre: Caller, dialer: Caller) -> None:
    centre.post("/v1/objections", {"contact_point": NUMBER, "principal": "ORG_A"})
    dialer.post("/v1/screen", {"to": NUMBER, "campaign": "C1"})
    centre.get(f"/v1/numbers/{NUMBER}")
    text = centre.client.get("/metrics").get_data(as_text=True)
    assert 'verdict="block"} 1.0' in text
    assert 'verdict="objection"} 1.0' in text
    assert 'door="/v1/numbers/<e164>"' in text
    assert "ringfence_ready 1.0" in text
    assert NUMBER[-9:] not in text


def test_metrics_without_a_store_say_that_nothing_may_be_dialled(dead_redis_url: str, tmp_path: Path) -> None:
    answer = make_app(settings_for(dead_redis_url, tmp_path)).test_client().get("/metrics")
    assert (answer.status_code, "ringfence_ready 0.0" in answer.get_data(as_text=True)) == (200, True)


def test_outside_a_demo_metrics_take_a_key(parts: Parts, caller: CallerAs) -> None:
    from dataclasses import replace

    closed = replace(parts, settings=replace(parts.settings, metrics_open=False))
    client = make_app(closed.settings, parts=closed).test_client()
    auditor = Caller(client, caller(Role.AUDITOR).token)
    assert client.get("/metrics").status_code == 401
    assert auditor.get("/metrics").status_code == 200
    assert Caller(client, caller(Role.DIALER).token).get("/metrics").status_code == 403


def test_wiring_asks_nothing_of_the_store(dead_redis_url: str, tmp_path: Path) -> None:
    assert wire(settings_for(dead_redis_url, tmp_path)).settings.demo


def test_who_is_alive_is_told_and_who_is_not_is_a_warning(parts: Parts) -> None:
    Heartbeats(parts.redis).beat(WORKER, at=parts.clock())
    told = make_app(parts.settings, parts=parts).test_client().get("/readyz").json
    assert (told["heartbeats"]["worker"] is None, told["heartbeats"]["timetable"]) == (False, None)
    assert [w.partition(":")[0] for w in told["warnings"] if "heard of" in w] == [
        "no lists process was heard of",
        "no registers process was heard of",
        "no timetable process was heard of",
    ]
