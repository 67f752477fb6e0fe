"""The judge: one verdict, every failure, the primary one first, and an allow only with a ground."""

import ast
from pathlib import Path

import pytest

import dialer
from dialer.screening.verdict import RegisterAnswer
from tests.law.building import (
    MONDAY,
    a_case,
    a_consent,
    a_solicitation,
    an_objection,
    codes_of,
    instant,
    judged,
)

LISTED = {"tps": {"extracted_on": "2026-11-20", "listed": True, "snapshot": "tps-7"}}
HOLD = {"contact_point": "+442079460123", "principal": "ORG_A", "kind": "possible_objection"}


def test_every_failure_is_kept_blocks_before_defers_each_in_phase_order() -> None:
    case = a_case(
        at="2026-11-22T10:00:00Z",
        campaign={"caller_id": "withheld"},
        line={"no_contact": "legal"},
        registers=LISTED,
        objections=[an_objection()],
        holds=[HOLD],
    )
    assert [str(reason.code) for reason in judged(case).reasons] == [
        "POLICY_NO_CONTACT",
        "UK_R21_A1_CLI_MISSING",
        "UK_R21_1A_OBJECTED",
        "UK_R21_1B_TPS_LISTED",
        "POLICY_HOLD_REVIEW",
        "UK_HOURS_OUTSIDE",
    ]


def test_the_first_reason_is_the_reason_though_a_defer_comes_in_an_earlier_phase() -> None:
    verdict = judged(a_case(holds=[HOLD], registers=LISTED))
    assert (verdict.reason, verdict.reasons[0].code) == ("UK_R21_1B_TPS_LISTED", "UK_R21_1B_TPS_LISTED")


def test_a_reason_carries_its_law_its_words_and_its_facts() -> None:
    reason = judged(a_case(registers=LISTED)).reasons[0]
    assert (reason.kind, reason.citation) == ("law", "PECR 2003 reg 21(1)(b)")
    assert reason.url == "https://www.legislation.gov.uk/uksi/2003/2426/regulation/21"
    assert ("age_days", 3) in reason.facts
    assert reason.say == "Don't call: the number is on the TPS register."


def test_an_allow_names_every_ground() -> None:
    consent = a_consent(channels=["automated_call", "voicemail_drop"])
    verdict = judged(a_case(channel="voicemail_drop", consents=[consent]))
    assert [reason.code for reason in verdict.reasons] == ["UK_R19_CONSENT_OK", "UK_R22_CONSENT_OK"]


def test_the_registers_are_answered_for_with_their_age() -> None:
    tps = judged(a_case(registers=LISTED)).registers[0]
    assert tps == RegisterAnswer(
        name="tps",
        snapshot="tps-7",
        extracted_on=instant("2026-11-20T00:00:00+00:00").date(),
        age_days=3,
        listed=True,
    )


def test_a_register_never_loaded_is_not_answered_for() -> None:
    assert [answer.name for answer in judged(a_case(registers={"tps": None})).registers] == ["ctps"]


def test_a_case_without_an_instant_is_incomplete_and_nothing_else() -> None:
    verdict = judged(a_case(at=None, registers=LISTED))
    assert [reason.code for reason in verdict.reasons] == ["E_INPUT_INCOMPLETE"]
    assert (verdict.at, verdict.valid_until) == (None, None)


def test_several_objections_of_one_code_are_one_reason_that_names_them() -> None:
    older = an_objection(id="obj_0", effective_at="2026-10-01T12:00:00Z")
    reason = judged(a_case(objections=[older, an_objection()])).reasons[0]
    assert dict(reason.facts)["objection"] == "obj_1"
    assert dict(reason.facts)["also"] == "obj_0"


def test_no_reason_carries_a_telephone_number() -> None:
    case = a_case(objections=[an_objection(words="ring me on 020 7946 0999")], registers=LISTED)
    shown = " ".join(f"{value}" for reason in judged(case).reasons for _, value in reason.facts)
    assert "7946" not in shown


@pytest.mark.parametrize(
    ("case", "obligations"),
    [
        (
            a_case(),
            {"SHOW_CLI", "SAY_NAME", "OFFER_OPTOUT", "GIVE_CONTACT_ON_REQUEST", "NO_MARKETING_VOICEMAIL"},
        ),
        (a_case(channel="sms", consents=[a_consent(channels=["sms"])]), {"IDENTIFY_SENDER"}),
        (
            a_case(channel="automated_call", consents=[a_consent(channels=["automated_call"])]),
            {"SHOW_CLI", "SAY_NAME", "OFFER_OPTOUT"},
        ),
    ],
)
def test_an_allow_obliges(case: dict[str, object], obligations: set[str]) -> None:
    assert obligations <= codes_of(judged(case))


@pytest.mark.parametrize(
    ("case", "is_due"),
    [
        (a_case(), True),
        (a_case(conduct={"attempts": ["2026-11-20T10:00:00Z"]}), False),
        (a_case(consents=[a_consent()]), False),
        (a_case(request={"solicitation": "sol_1"}, solicitations=[a_solicitation()]), False),
        (
            a_case(relationships=[{"contact_point": "+442079460123", "principal": "ORG_A", "kind": "sale"}]),
            False,
        ),
    ],
)
def test_a_first_contact_comes_with_a_privacy_notice(case: dict[str, object], is_due: bool) -> None:
    assert ("PRIVACY_NOTICE_FIRST_CONTACT" in codes_of(judged(case))) is is_due


def test_a_refusal_obliges_to_nothing() -> None:
    assert judged(a_case(registers=LISTED)).obligations == ()


def test_an_allow_is_constructed_in_one_place() -> None:
    places = []
    for path in Path(next(iter(dialer.__path__))).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            is_verdict = isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Verdict"
            if is_verdict and "Answer.ALLOW" in ast.unparse(node):
                places.append(path.name)
    assert places == ["judge.py"]


def test_the_instant_judged_is_the_cases_own() -> None:
    assert judged(a_case()).at == instant(MONDAY)
