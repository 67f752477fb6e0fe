"""The facts a rule shows when it is explained: those of the case, whether the rule found something or not.

Rows stand in `facts.jsonl`: a rule, what is given over the plain case, and the facts it shows.
"""

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from dialer.screening.explain import explain
from dialer.screening.what_if import UnreadableCase, read_case
from tests.law.building import BOOK, MONDAY, a_case, an_objection, built

ROWS = [json.loads(line) for line in (Path(__file__).parent / "facts.jsonl").read_text("utf-8").splitlines()]


def facts_of(case: dict[str, Any], rule: str) -> dict[str, Any]:
    explained = explain(read_case(json.dumps(case)), BOOK)
    facts = next(one.facts for one in explained if one.rule == rule)
    return {name: value.isoformat() if isinstance(value, date | datetime) else value for name, value in facts}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["rule"])
def test_a_rule_shows_the_facts_it_used(row: dict[str, Any]) -> None:
    assert facts_of(built(row), row["rule"]) == row["facts"]


def test_several_objections_are_named_the_latest_first() -> None:
    days = {"a": "2026-10-01T12:00:00Z", "b": "2026-10-02T12:00:00Z"}
    older = [an_objection(id=name, effective_at=day) for name, day in days.items()]
    assert facts_of(a_case(objections=[*older, an_objection()]), "objection_is_kept") == {
        "objection": "obj_1",
        "effective_at": "2026-11-01T12:00:00+00:00",
        "recorded_at": "2026-11-01T12:00:01+00:00",
        "source": "agent",
        "also": "b, a",
    }


def test_a_case_without_a_campaign_lacks_the_campaign() -> None:
    missing = str(facts_of({"at": MONDAY}, "input_is_complete")["missing"])
    assert missing.split(", ")[:2] == ["campaign", "campaign.principal"]


@pytest.mark.parametrize(("name", "longest"), [("shelf_life_approved_by", 128), ("shelf_life_reason", 2_000)])
def test_who_lets_consents_last_longer_and_why_is_a_text_people_read(name: str, longest: int) -> None:
    """Source: law.md 8.7.21: longer only with a named person and a reason."""
    for length in (1, longest):
        assert getattr(read_case({"policy": {name: "x" * length}}).policy, name) == "x" * length
    for length in (0, longest + 1):
        with pytest.raises(UnreadableCase):
            read_case({"policy": {name: "x" * length}})
