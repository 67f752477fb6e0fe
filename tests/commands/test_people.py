"""`ringfence key`, `ringfence user` and `ringfence screen`, against a real store."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask

from dialer.commands import ringfence
from dialer.people.keys import digest_of
from dialer.people.log_ins import LogIns
from dialer.people.roles import NumbersShown, Role
from dialer.people.users import fits
from dialer.wiring import Parts, wire
from tests.commands.installations import LIVE
from tests.web.api.conftest import NUMBER, Caller, admin, app, caller, centre, dialer, settings_for

__all__ = ["admin", "app", "caller", "centre", "dialer"]

Run = Callable[..., Result]


@pytest.fixture
def parts(redis_url: str, tmp_path: Path) -> Parts:
    return wire(settings_for(redis_url, tmp_path))


@pytest.fixture
def run(redis_url: str, tmp_path: Path) -> Run:
    """Run one command as it would run on the machine, its secrets in the environment."""
    settings = {**LIVE, "RINGFENCE_REDIS_URL": redis_url, "RINGFENCE_DATA_DIR": str(tmp_path)}

    def command(*arguments: str, typed: str = "") -> Result:
        return CliRunner(env=settings).invoke(ringfence, arguments, input=typed)

    return command


def test_a_key_is_printed_once_and_kept_as_a_digest(run: Run, parts: Parts) -> None:
    made = run("key", "create", "--role", "dialer", "--principal", "ORG_A", "--name", "VICIdial")
    token = made.stdout.strip()
    kept = parts.configuration.current().keys[digest_of(token)]
    assert made.exit_code == 0
    assert (kept.role, kept.principals, kept.name) == (Role.DIALER, ("ORG_A",), "VICIdial")
    assert "ORG_A is not kept yet" in made.stderr
    listed = run("key", "list")
    assert token not in listed.output
    assert kept.id in listed.output


def test_a_key_as_json_has_all_a_script_wants(run: Run) -> None:
    made = run("key", "create", "--role", "auditor", "--numbers", "last4", "--name", "audit", "--json")
    told = json.loads(made.stdout)
    assert (told["role"], told["numbers"], told["principals"]) == ("auditor", NumbersShown.LAST4, None)
    assert told["key"].startswith("rfk_")


@pytest.mark.parametrize("by", ["id", "name"])
def test_a_revoked_key_opens_nothing(run: Run, app: Flask, by: str) -> None:
    told = json.loads(run("key", "create", "--role", "admin", "--name", "mine", "--json").stdout)
    caller = Caller(app.test_client(), told["key"])
    assert caller.get("/v1/campaigns").status_code == 200
    assert run("key", "revoke", told[by]).exit_code == 0
    assert caller.get("/v1/campaigns").status_code == 401


def test_a_name_that_two_keys_have_revokes_neither(run: Run, parts: Parts) -> None:
    for _ in range(2):
        run("key", "create", "--role", "dialer", "--name", "twin")
    refused = run("key", "revoke", "twin")
    assert (refused.exit_code, "give one of the ids" in refused.stderr) == (1, True)
    assert all(key.revoked_at is None for key in parts.configuration.current().keys.values())


def test_a_key_nobody_made_cannot_be_revoked(run: Run) -> None:
    refused = run("key", "revoke", "key_none")
    assert (refused.exit_code, refused.stderr.count("\n")) == (1, 1)


def test_a_role_that_does_not_exist_is_wrong_usage(run: Run) -> None:
    assert run("key", "create", "--role", "king", "--name", "x").exit_code == 2


def test_a_user_made_from_standard_input_can_log_in(run: Run, parts: Parts) -> None:
    made = run(
        "user", "create", " Pat ", "--role", "supervisor", "--password-stdin", typed="correct horse battery\n"
    )
    assert (made.exit_code, made.stdout) == (0, "pat may log in as supervisor\n")
    log_ins = LogIns(parts.people, parts.clock)
    assert log_ins.session_of(log_ins.log_in("pat", "correct horse battery")) is not None


def test_a_password_is_asked_for_twice_and_never_shown(run: Run, parts: Parts) -> None:
    made = run("user", "create", "pat", "--role", "agent", typed="correct horse\ncorrect horse\n")
    assert (made.exit_code, "correct horse" in made.output) == (0, False)
    user = parts.people.user("pat")
    assert user is not None
    assert fits("correct horse", user.password_hash)


def test_a_name_that_is_taken_is_left_alone(run: Run, parts: Parts) -> None:
    run("user", "create", "pat", "--role", "agent", "--password-stdin", typed="correct horse\n")
    again = run("user", "create", "PAT", "--role", "admin", "--password-stdin", typed="another horse\n")
    user = parts.people.user("pat")
    assert user is not None
    assert (again.exit_code, user.role) == (1, Role.AGENT)


def test_a_new_password_replaces_the_old_and_a_disabled_user_is_out(run: Run, parts: Parts) -> None:
    run("user", "create", "pat", "--role", "agent", "--password-stdin", typed="correct horse\n")
    assert run("user", "password", "pat", "--password-stdin", typed="another horse\n").exit_code == 0
    log_ins = LogIns(parts.people, parts.clock)
    token = log_ins.log_in("pat", "another horse")
    assert run("user", "disable", "pat").exit_code == 0
    assert log_ins.session_of(token) is None
    assert "disabled" in run("user", "list").stdout


@pytest.mark.parametrize("password", ["", "short"])
def test_a_password_too_short_is_refused_on_one_line(run: Run, password: str) -> None:
    refused = run("user", "create", "pat", "--role", "agent", "--password-stdin", typed=f"{password}\n")
    assert (refused.exit_code, refused.stderr.count("\n")) == (1, 1)


def test_a_number_is_screened_for_a_person_to_read(run: Run, centre: Caller, parts: Parts) -> None:
    centre.post("/v1/objections", {"contact_point": NUMBER, "principal": "ORG_A"})
    told = run("screen", "020 7946 0123", "--campaign", "C1")
    first, *rest = told.stdout.splitlines()
    assert told.exit_code == 0
    assert first.startswith(f"Don't call {NUMBER}: ")
    assert any("UK_R21_1A_OBJECTED" in line and "reg 21(1)(a)" in line for line in rest)


def test_a_screening_as_json_is_the_decision_and_advisory(run: Run, centre: Caller) -> None:
    decision = json.loads(run("screen", NUMBER, "--campaign", "C1", "--json").stdout)
    assert (decision["advisory"], decision["permit"], decision["to"]) == (True, None, NUMBER)
    assert centre.get(f"/v1/decisions/{decision['id']}").json["verdict"] == decision["verdict"]


def test_with_the_store_away_each_command_fails_on_one_line(tmp_path: Path, dead_redis_url: str) -> None:
    settings = {**LIVE, "RINGFENCE_REDIS_URL": dead_redis_url, "RINGFENCE_DATA_DIR": str(tmp_path)}
    for arguments in (
        ("screen", NUMBER, "--campaign", "C1"),
        ("key", "list"),
        ("key", "create", "--role", "dialer", "--name", "x"),
        ("user", "list"),
    ):
        failed = CliRunner(env=settings).invoke(ringfence, arguments)
        assert (failed.exit_code, failed.stderr.count("\n")) == (1, 1), arguments
        assert "allow" not in failed.output


def test_a_campaign_nobody_kept_blocks(run: Run, centre: Caller) -> None:
    decision = json.loads(run("screen", NUMBER, "--campaign", "C9", "--json").stdout)
    assert (decision["verdict"], decision["reason"]) == ("block", "E_INPUT_INCOMPLETE")
