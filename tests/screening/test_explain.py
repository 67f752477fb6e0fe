"""The explanation: every rule of the book, with what became of it and the facts it used."""

from typing import Any

import pytest

from dialer.law.statute_book import all_rules
from dialer.screening.explain import Outcome, explain, explanation
from dialer.screening.what_if import read_case
from tests.law.building import BOOK, a_case, a_consent, an_objection

CASES: list[dict[str, Any]] = [
    a_case(),
    a_case(objections=[an_objection()], at="2026-11-22T10:00:00Z"),
    a_case(channel="automated_call", campaign={"classification": None, "message": None, "purpose": None}),
    a_case(channel="sms", campaign={"message": None}, to="999"),
    a_case(channel="sms"),
    a_case(campaign={"purpose": "pensions", "principal": "X", "operator": "Y"}),
    a_case(campaign={"purpose": "service", "classification": {"by": "J"}}, line={"no_contact": "legal"}),
    a_case(channel="fax", campaign={"purpose": "claims"}),
    a_case(line={"own_line": {"kind": "staff", "verified": True}}, request={"leg": "agent"}),
    a_case(campaign={"dial_mode": "predictive"}, conduct={"abandoned_rate": 0.5}, registers={"tps": None}),
]


@pytest.mark.parametrize("case", CASES)
def test_every_rule_is_told_of_once_in_the_books_order(case: dict[str, Any]) -> None:
    told = [explained.rule for explained in explain(read_case(case), BOOK)]
    assert told == [rule.name for rule in all_rules(BOOK.home)]


@pytest.mark.parametrize("case", CASES)
def test_an_explanation_is_lines_for_people(case: dict[str, Any]) -> None:
    text = explanation(read_case(case), BOOK)
    assert "say:" in text
    assert "None" not in text


def outcome_of(rule: str, case: dict[str, Any]) -> Outcome:
    return next(found.outcome for found in explain(read_case(case), BOOK) if found.rule == rule)


@pytest.mark.parametrize(
    ("rule", "case", "outcome"),
    [
        ("objection_is_kept", a_case(), Outcome.PASSED),
        ("objection_is_kept", a_case(objections=[an_objection()]), Outcome.FAILED),
        ("live_call_has_a_ground", a_case(), Outcome.OPENED),
        ("within_calling_hours", a_case(at="2026-11-22T10:00:00Z"), Outcome.WAITS),
        ("message_to_company_is_open", a_case(), Outcome.NOT_APPLICABLE),
        ("uncounted_consents_are_explained", a_case(consents=[a_consent(purposes=[])]), Outcome.NOTED),
    ],
)
def test_a_rule_has_its_outcome(rule: str, case: dict[str, Any], outcome: Outcome) -> None:
    assert outcome_of(rule, case) is outcome


def test_the_fact_a_rule_used_is_shown() -> None:
    assert "tps_age_days = 3" in explanation(read_case(a_case(registers={"ctps": None})), BOOK)


def test_a_case_without_an_instant_has_no_rules_to_explain() -> None:
    case = read_case(a_case(at=None))
    assert explain(case, BOOK) == ()
    assert explanation(case, BOOK).startswith("BLOCK: E_INPUT_INCOMPLETE")


def test_when_to_try_again_and_what_it_obliges_are_said() -> None:
    assert "not before 2026-11-23T08:00:00" in explanation(read_case(a_case(at="2026-11-22T10:00:00Z")), BOOK)
    assert "obliges: SHOW_CLI" in explanation(read_case(a_case()), BOOK)
    noted = a_case(consents=[a_consent(purposes=[])])
    assert "noted: UK_CONSENT_WRONG_PURPOSE: Their consent is" in explanation(read_case(noted), BOOK)


def test_each_consent_is_told_with_its_own_fault() -> None:
    held = [a_consent(id="con_1", purposes=[]), a_consent(id="con_2", proof=None)]
    lines = explanation(read_case(a_case(consents=held)), BOOK).splitlines()
    at = next(place for place, line in enumerate(lines) if "uncounted_consents_are_explained" in line)
    assert [line.strip() for line in lines[at + 1 : at + 3]] == [
        "UK_CONSENT_UNPROVEN [consent = con_2]",
        "UK_CONSENT_WRONG_PURPOSE [consent = con_1]",
    ]


def test_the_book_that_judged_is_named() -> None:
    assert explanation(read_case(a_case()), BOOK).startswith(f"ALLOW: UK_R21_CLEAR (rules {BOOK.version})")
