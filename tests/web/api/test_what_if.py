"""An imagined case is judged as a real call would be, and nothing is touched."""

import json
from pathlib import Path
from typing import Any

import pytest

from dialer.people.roles import Role
from dialer.wiring import Parts
from tests.web.api.conftest import CallerAs, pointers

CASE: dict[str, Any] = {
    "id": "X1",
    "title": "not listed, no objection",
    "at": "2026-11-23T10:00:00+00:00",
    "organisations": [
        {"id": "ORG_A", "legal_name": "Alder Energy Ltd", "trading_names": ["Alder Energy"]},
        {"id": "OP_1", "legal_name": "Beck Contact Ltd"},
    ],
    "campaign": {
        "id": "C1",
        "principal": "ORG_A",
        "operator": "OP_1",
        "purpose": "general",
        "topic": "solar",
        "channel": "live_call",
        "dial_mode": "preview",
        "caller_id": "+442079460100",
        "announced_name": "Alder Energy",
        "contact_address": "1 High St, Leeds",
        "classification": {"by": "J. Reviewer", "promotional": False, "lead_gathering": False},
    },
    "request": {"to": "020 7946 0123", "channel": "live_call"},
    "registers": {
        "tps": {"extracted_on": "2026-11-20", "listed": False},
        "ctps": {"extracted_on": "2026-11-20", "listed": False},
    },
    "expect": {"verdict": "anything"},
}


def test_a_lawful_case_is_allowed_and_carries_no_permit(caller: CallerAs) -> None:
    told = caller(Role.AUDITOR).post("/v1/what-if", CASE).json
    assert (told["verdict"], told["reason"]) == ("allow", "UK_R21_CLEAR")
    assert (told["permit"], told["advisory"], told["to"], told["id"]) == (None, True, "+442079460123", "X1")


def test_a_listed_number_is_blocked_with_its_law(caller: CallerAs) -> None:
    listed = {"extracted_on": "2026-11-20", "listed": True, "first_seen_on": "2026-01-03"}
    told = (
        caller(Role.DIALER)
        .post("/v1/what-if", {**CASE, "registers": {**CASE["registers"], "tps": listed}})
        .json
    )
    assert (told["verdict"], told["reason"]) == ("block", "UK_R21_1B_TPS_LISTED")
    assert told["reasons"][0]["citation"]


def test_a_missing_fact_is_a_decision_and_an_unknown_key_a_problem(caller: CallerAs) -> None:
    admin = caller(Role.ADMIN)
    without = {name: value for name, value in CASE.items() if name != "campaign"}
    told = admin.post("/v1/what-if", without)
    bad = admin.post(
        "/v1/what-if", {**CASE, "request": {"to": "020 7946 0123", "colour": "red"}, "stores": 3}
    )
    assert (told.status_code, told.json["reason"]) == (200, "E_INPUT_INCOMPLETE")
    assert (bad.status_code, set(pointers(bad))) == (400, {"/request/colour", "/stores"})


def test_a_judgement_leaves_no_trace(caller: CallerAs, parts: Parts) -> None:
    admin = caller(Role.ADMIN)
    before = sorted(parts.redis.keys())
    admin.post("/v1/what-if", CASE)
    assert sorted(parts.redis.keys()) == before


@pytest.mark.parametrize("raw", ["", "[]", "{", '{"at": 5}', '{"at": NaN}'])
def test_what_is_no_case_is_refused_as_a_problem(caller: CallerAs, raw: str) -> None:
    admin = caller(Role.ADMIN)
    headers = {"Authorization": f"Bearer {admin.token}", "Content-Type": "application/json"}
    answer = admin.client.post("/v1/what-if", data=raw, headers=headers)
    assert (answer.status_code, answer.content_type) == (400, "application/problem+json")


def test_the_door_says_what_the_command_says(caller: CallerAs, tmp_path: Path) -> None:
    from click.testing import CliRunner

    from dialer.commands import ringfence

    file = tmp_path / "cases.jsonl"
    file.write_text(json.dumps(CASE) + "\n")
    printed = json.loads(CliRunner().invoke(ringfence, ["what-if", str(file)]).stdout)
    answered = caller(Role.ADMIN).post("/v1/what-if", CASE).json
    assert answered["reasons"] == printed["reasons"]
    assert answered == printed
