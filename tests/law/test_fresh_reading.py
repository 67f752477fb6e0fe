"""The judge against cases written afresh from the law's text: verdict, reason, codes, both times.

Besides what a row says, every verdict must say why in few plain words and by which book, and a time to try
again must be one at which nothing that waits for time alone still waits, and no earlier one would do; a no
of this moment shuts every marketing gate; and the order in which records come changes nothing.
"""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

import pytest

from dialer.law.reasons import SAY_WORDS_MAX
from dialer.law.rule import MARKETING
from dialer.screening.verdict import Verdict
from tests.law.building import BOOK, an_objection, built, codes_of, instant, judged

FOLDER: Final = Path(__file__).parent / "fresh_reading"
FEWEST: Final = 700
WAIT_FOR_TIME: Final = frozenset(
    {
        "UK_HOURS_OUTSIDE",
        "UK_HOURS_HOLIDAY",
        "UK_OFCOM_72H_LIVE_AGENT_ONLY",
        "UK_OFCOM_AMD_24H",
        "UK_FREQ_CAP",
    }
)


def rows() -> list[Any]:
    found = []
    for path in sorted(FOLDER.glob("*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            row = json.loads(line)
            found.append(pytest.param(row, id=f"{path.stem}: {row['title']}"))
    return found


def times_of(verdict: Verdict) -> dict[str, str | None]:
    times = {"retry_at": verdict.retry_at, "valid_until": verdict.valid_until}
    return {name: time.isoformat() if time is not None else None for name, time in times.items()}


@pytest.mark.parametrize("row", rows())
def test_a_case_is_judged_as_the_text_says(row: dict[str, Any]) -> None:
    verdict, expected = judged(built(row)), row["expect"]
    assert (verdict.answer.value, str(verdict.reason)) == (expected["verdict"], expected["reason"])
    assert set(expected.get("also", ())) <= codes_of(verdict)
    assert not set(expected.get("not", ())) & codes_of(verdict)
    stated = {name: expected[name] for name in ("retry_at", "valid_until") if name in expected}
    assert {name: times_of(verdict)[name] for name in stated} == stated


@pytest.mark.parametrize("row", rows())
def test_a_verdict_says_why_in_few_words_and_by_which_book(row: dict[str, Any]) -> None:
    verdict = judged(built(row))
    assert verdict.rules_version == BOOK.version
    for reason in verdict.reasons:
        assert reason.text and reason.citation and reason.url
        assert 0 < len(reason.say.split()) <= SAY_WORDS_MAX
    assert verdict.answer.value == "allow" or not verdict.obligations
    if verdict.at is not None and verdict.valid_until is not None:
        assert timedelta() < verdict.valid_until - verdict.at <= timedelta(seconds=60)


@pytest.mark.parametrize("row", [row for row in rows() if "retry_at" in row.values[0]["expect"]])
def test_a_time_to_try_again_is_the_first_that_will_do(row: dict[str, Any]) -> None:
    case = built(row)
    again = instant(row["expect"]["retry_at"])
    at_last = judged({**case, "at": again.isoformat()})
    assert not WAIT_FOR_TIME & {str(reason.code) for reason in at_last.reasons}
    too_soon = judged({**case, "at": (again - timedelta(seconds=1)).isoformat()})
    assert too_soon.answer.value == "defer"


@pytest.mark.parametrize("row", [row for row in rows() if row.values[0]["expect"]["verdict"] != "block"])
def test_a_no_of_this_moment_shuts_every_marketing_gate(row: dict[str, Any]) -> None:
    case = built(row)
    before = judged(case)
    no = an_objection(
        contact_point=before.number,
        principal=case["campaign"]["principal"],
        scope={"channels": "all"},
        effective_at=case["at"],
        recorded_at=case["at"],
    )
    after = judged({**case, "objections": [*(case.get("objections") or ()), no]})
    is_marketing = before.purpose in MARKETING
    assert (after.answer.value == "block") is is_marketing
    assert ("UK_ART21_OBJECTED" in codes_of(after)) is is_marketing


@pytest.mark.parametrize("row", rows())
def test_the_order_of_records_changes_nothing(row: dict[str, Any]) -> None:
    case = built(row)
    records = ("organisations", "consents", "objections", "holds", "solicitations", "relationships")
    turned = {**case, **{name: case[name][::-1] for name in records if case.get(name)}}
    before, after = judged(case), judged(turned)
    assert [reason.code for reason in after.reasons] == [reason.code for reason in before.reasons]
    assert sorted(after.details) == sorted(before.details)
    assert times_of(after) == times_of(before)


def test_the_cases_are_many_and_fall_on_every_side() -> None:
    verdicts = [row.values[0]["expect"]["verdict"] for row in rows()]
    assert len(verdicts) >= FEWEST
    assert min(verdicts.count(verdict) for verdict in ("allow", "block", "defer")) > 100
