"""Every row of `cases/*.jsonl`, and the shared cases: verdict, reason, listed codes and retry time.

`also` and `not` are codes anywhere in the verdict; `reasons`, `details` and `obligations` are whole.
"""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from tests.law.building import built, codes_of, judged

ROOT = Path(__file__).parents[2]
OWN = Path(__file__).parent / "cases"
SHARED = Path(os.environ.get("RINGFENCE_SHARED", ROOT.parent / "shared")) / "cases.jsonl"


def rows() -> list[Any]:
    found = []
    for path in sorted(OWN.glob("*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            row = json.loads(line)
            found.append(pytest.param(row, id=f"{path.stem}: {row['title']}"))
    return found


def shared_cases() -> list[Any]:
    if not SHARED.exists():
        reason = f"needs {SHARED.name} beside the repository, or RINGFENCE_SHARED set to its folder"
        return [pytest.param(None, marks=pytest.mark.skip(reason=reason))]
    cases = [json.loads(line) for line in SHARED.read_text("utf-8").splitlines()]
    return [pytest.param(case, id=f"{case['id']}: {case['title']}") for case in cases]


def check(case: dict[str, Any], expected: dict[str, Any]) -> None:
    verdict = judged(case)
    assert (verdict.answer.value, str(verdict.reason)) == (expected["verdict"], expected["reason"])
    codes = codes_of(verdict)
    assert set(expected.get("also", ())) <= codes
    assert not set(expected.get("not", ())) & codes
    whole = {
        "reasons": [reason.code for reason in verdict.reasons],
        "details": [*verdict.details],
        "obligations": [*verdict.obligations],
    }
    assert {name: found for name, found in whole.items() if name in expected} == {
        name: expected[name] for name in whole if name in expected
    }
    if "retry_at" in expected:
        assert (verdict.retry_at.isoformat() if verdict.retry_at else "") == expected["retry_at"]


@pytest.mark.parametrize("row", rows())
def test_a_row_of_the_table_is_judged_as_it_says(row: dict[str, Any]) -> None:
    check(built(row), row["expect"])


@pytest.mark.parametrize("case", shared_cases())
def test_a_shared_case_is_judged_as_it_says(case: dict[str, Any]) -> None:
    check(case, case["expect"])


def test_there_are_rows_on_both_sides_of_the_gate() -> None:
    verdicts = [row.values[0]["expect"]["verdict"] for row in rows()]
    assert {verdict: verdicts.count(verdict) > 50 for verdict in ("allow", "block", "defer")} == {
        "allow": True,
        "block": True,
        "defer": True,
    }
