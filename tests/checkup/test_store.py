"""The doctor looks at real servers: a good one, and each kind of broken one."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from pydantic import SecretStr

from dialer.checkup.finding import Finding, Standing
from dialer.checkup.store import check_store
from dialer.settings import Settings
from dialer.wiring import wire
from tests.servers import RunningServer

LIVE = {
    "RINGFENCE_PUBLIC_URL": "https://calls.ringfence-test.co.uk",
    "RINGFENCE_SECRET_KEY": "k" * 32,
    "TWILIO_ACCOUNT_SID": "AC" + "1" * 32,
    "TWILIO_AUTH_TOKEN": "a" * 32,
}


def looked_at(url: str, **values: object) -> list[Finding]:
    settings = Settings(
        redis_url=url,
        data_dir=Path("/nonexistent"),
        public_url="https://calls.ringfence-test.co.uk",
        secret_key=SecretStr("k" * 32),
        twilio_account_sid="AC" + "1" * 32,
        twilio_auth_token=SecretStr("a" * 32),
        **values,
    )
    return list(check_store(wire(settings)))


def reds(findings: list[Finding]) -> list[str]:
    return [finding.says for finding in findings if finding.standing is Standing.RED]


def test_a_store_that_keeps_its_records_is_green(redis_url: str) -> None:
    assert {finding.standing for finding in looked_at(redis_url)} == {Standing.GREEN}


def test_a_store_without_a_file_is_red_unless_trusted(forgetful_redis: RunningServer) -> None:
    assert any("append-only" in says for says in reds(looked_at(forgetful_redis.url)))
    trusted = looked_at(forgetful_redis.url, redis_durable="trusted")
    assert reds(trusted) == []
    assert Standing.AMBER in {finding.standing for finding in trusted}


def test_a_store_that_evicts_is_red(evicting_redis: RunningServer) -> None:
    assert any("evict" in says for says in reds(looked_at(evicting_redis.url)))


def test_a_replica_is_red(read_only_redis: RunningServer) -> None:
    assert any("read-only" in says for says in reds(looked_at(read_only_redis.url)))


def test_a_store_that_is_away_is_red_and_its_password_is_not_shown(dead_redis_url: str) -> None:
    (found,) = looked_at(dead_redis_url.replace("unix://", "unix://user:redis-secret@"))
    assert found.standing is Standing.RED
    assert "redis-secret" not in found.says + found.advice


def doctor(data: Path, *options: str, **settings: str) -> "subprocess.CompletedProcess[str]":
    plain = {k: v for k, v in os.environ.items() if not k.startswith(("RINGFENCE_", "TWILIO_"))}
    return subprocess.run(
        [sys.executable, "-m", "dialer.commands", "doctor", *options],
        env={**plain, **settings, "RINGFENCE_DATA_DIR": str(data)},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_doctor_answers_a_script_in_json_and_exits_1_on_red(data_folder: Path, redis_url: str) -> None:
    asked = doctor(data_folder, "--json", **LIVE, RINGFENCE_REDIS_URL=redis_url)
    answer = json.loads(asked.stdout)
    assert (asked.returncode, answer["ok"]) == (1, False)
    not_loaded = [f["subject"] for f in answer["findings"] if f["standing"] == "red"]
    assert not_loaded == ["register-ctps", "register-tps"]


@pytest.mark.parametrize("options", [(), ("--json",)])
def test_doctor_names_a_missing_setting_and_stops_there(data_folder: Path, options: tuple[str, ...]) -> None:
    asked = doctor(
        data_folder, *options, **{**LIVE, "TWILIO_AUTH_TOKEN": ""}, RINGFENCE_REDIS_URL="unix:///s"
    )
    assert asked.returncode == 1
    assert "not set: TWILIO_AUTH_TOKEN" in asked.stdout


def test_doctor_tells_a_person_what_to_do(data_folder: Path, redis_url: str) -> None:
    asked = doctor(data_folder, **LIVE, RINGFENCE_REDIS_URL=redis_url)
    assert "→ ringfence register import tps FILE --extracted-on DATE" in asked.stdout
    assert "static TwiML Bin" in asked.stdout
