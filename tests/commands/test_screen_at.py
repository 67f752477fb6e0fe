"""`ringfence screen --at`: another instant is judged on what was known then, and nothing is written."""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from dialer import settings, wiring
from dialer.commands.screen import screen
from tests.doubles.house import MONDAY, NUMBER, House


@pytest.fixture
def house(redis_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> House:
    made = House(redis_url, tmp_path)
    made.load_register("tps")
    made.load_register("ctps")
    made.clock.advance(days=1)
    made.load_register("tps", NUMBER, extracted_on=date(2026, 11, 24))
    made.object(effective_at=MONDAY)
    made.clock.advance(hours=1)
    # The command wires what the settings name; here they name this test's house.
    monkeypatch.setattr(settings, "read_settings", lambda: made.parts.settings)
    monkeypatch.setattr(wiring, "wire", lambda _: made.parts)
    return made


def run(*words: str) -> Result:
    return CliRunner().invoke(screen, [NUMBER, "--campaign", "C1", *words])


def asked(*words: str) -> dict[str, Any]:
    answer = run("--json", *words)
    assert answer.exit_code == 0, answer.output
    found: dict[str, Any] = json.loads(answer.stdout)
    return found


@pytest.mark.parametrize(
    ("at", "verdict", "reason"),
    [
        ("2026-11-23T10:00:00+00:00", "allow", "UK_R21_CLEAR"),
        ("2026-11-23 10:00", "allow", "UK_R21_CLEAR"),
        ("2026-11-23T23:30", "defer", "UK_HOURS_OUTSIDE"),
        ("2026-11-24T10:00:00Z", "block", "UK_R21_1A_OBJECTED"),
        ("2026-12-07T10:00", "block", "UK_R21_1A_OBJECTED"),
        ("2026-11-23T09:59:59Z", "unknown", "unknown"),
    ],
)
def test_each_instant_is_judged_on_what_was_known_then(
    house: House, at: str, verdict: str, reason: str
) -> None:
    found = asked("--at", at)
    assert (found["verdict"], found["reason"]) == (verdict, reason)


def test_nothing_at_all_is_written(house: House) -> None:
    redis = house.parts.redis
    before = {key: redis.dump(key) for key in sorted(redis.keys())}
    run("--at", "2026-11-23T10:00")
    assert {key: redis.dump(key) for key in sorted(redis.keys())} == before


def test_what_is_missing_is_said_in_words(house: House) -> None:
    said = run("--at", (MONDAY - timedelta(weeks=1)).isoformat()).stdout
    assert "Not known whether it could be called" in said
    assert "no copy of the TPS was loaded by then" in said


@pytest.mark.parametrize("at", ["yesterday", "2026-11-23", "2026-02-30T10:00", "05/06/2026 10:00"])
def test_what_is_no_one_instant_is_wrong_usage(house: House, at: str) -> None:
    assert run("--at", at).exit_code == 2
