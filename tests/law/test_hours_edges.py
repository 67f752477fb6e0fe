"""Hours of the house's own, our own phones, and the last seconds of a time asked for."""

from datetime import timedelta
from typing import Any

import pytest

from tests.law.building import a_case, a_solicitation, instant, judged

OWN = {"own_line": {"kind": "staff", "verified": True}}
WEEK = {
    "monday_to_friday": "10:00-12:00",
    "saturday": "11:00-13:00",
    "sunday": "12:00-14:00",
    "bank_holiday": "13:00-15:00",
}


@pytest.mark.parametrize(
    ("day", "opens", "closes"),
    [
        ("2026-11-23", "10:00", "12:00"),
        ("2026-11-28", "11:00", "13:00"),
        ("2026-11-22", "12:00", "14:00"),
        ("2026-12-25", "13:00", "15:00"),
    ],
)
@pytest.mark.parametrize("purpose", ["general", "service", "research"])
def test_the_houses_own_week_is_kept_day_by_day(day: str, opens: str, closes: str, purpose: str) -> None:
    """Source: law.md 5.3: hours are policy."""
    policy = {"hours": {{"general": "marketing"}.get(purpose, purpose): WEEK}}
    campaign = {"purpose": purpose, "classification": {"by": "J"}}
    fresh = {name: {"extracted_on": day, "listed": False} for name in ("tps", "ctps")}
    for time, answer in ((opens, "allow"), (closes, "defer")):
        case = a_case(at=f"{day}T{time}:00Z", policy=policy, campaign=campaign, registers=fresh)
        assert judged(case).answer.value == answer


@pytest.mark.parametrize(
    ("purpose", "day", "opens", "closes"),
    [
        ("general", "2026-11-23", "08:00:00", "21:00:00"),
        ("general", "2026-11-28", "09:00:00", "21:00:00"),
        ("service", "2026-11-23", "08:00:00", "21:00:00"),
        ("service", "2026-11-28", "08:00:00", "21:00:00"),
        ("service", "2026-11-22", "08:00:00", "21:00:00"),
        ("service", "2026-12-25", "08:00:00", "21:00:00"),
        ("research", "2026-11-23", "09:00:00", "21:00:00"),
        ("research", "2026-11-28", "09:00:00", "21:00:00"),
        ("research", "2026-11-22", "10:00:00", "21:00:00"),
        ("research", "2026-12-25", "09:00:00", "21:00:00"),
    ],
)
def test_each_purpose_opens_and_closes_to_the_second(purpose: str, day: str, opens: str, closes: str) -> None:
    """Source: law.md 5.3: the start is in, the end is out."""
    fresh = {name: {"extracted_on": day, "listed": False} for name in ("tps", "ctps")}
    case = a_case(campaign={"purpose": purpose, "classification": {"by": "J"}}, registers=fresh)
    second = timedelta(seconds=1)
    first, last = instant(f"{day}T{opens}+00:00"), instant(f"{day}T{closes}+00:00")
    answers = [
        judged({**case, "at": at.isoformat()}).answer.value
        for at in (first - second, first, last - second, last)
    ]
    assert answers == ["defer", "allow", "allow", "defer"]


@pytest.mark.parametrize(("keeps", "answer"), [(True, "defer"), (False, "allow")])
def test_the_houses_own_week_may_keep_no_bank_holidays(keeps: bool, answer: str) -> None:
    week = {"monday_to_friday": "10:00-12:00", "keeps_bank_holidays": keeps}
    fresh = {name: {"extracted_on": "2026-12-25", "listed": False} for name in ("tps", "ctps")}
    case = a_case(at="2026-12-25T10:00:00Z", policy={"hours": {"marketing": week}}, registers=fresh)
    assert judged(case).answer.value == answer


@pytest.mark.parametrize(
    ("at", "until", "ends"),
    [
        ("2026-11-23T20:59:40Z", "2026-11-23T22:00:00Z", "2026-11-23T21:00:40+00:00"),
        ("2026-11-23T20:59:40Z", "2026-11-23T20:59:50Z", "2026-11-23T21:00:00+00:00"),
        ("2026-11-23T20:59:40Z", "2026-11-23T20:59:40Z", "2026-11-23T21:00:00+00:00"),
        ("2026-11-23T21:59:40Z", "2026-11-23T22:00:00Z", "2026-11-23T22:00:00+00:00"),
    ],
)
def test_an_allow_lasts_to_the_later_of_closing_and_the_time_asked_for(
    at: str, until: str, ends: str
) -> None:
    request = a_solicitation(window={"from": "2026-11-23T20:00:00Z", "until": until})
    verdict = judged(a_case(at=at, request={"solicitation": "sol_1"}, solicitations=[request]))
    assert (verdict.answer.value, verdict.valid_until) == ("allow", instant(ends))


@pytest.mark.parametrize(
    ("mode", "again"),
    [("preview", "2026-11-23T08:00:00+00:00"), ("predictive", "2026-11-23T19:00:00+00:00")],
)
@pytest.mark.parametrize("event", ["machine_detected_at", "abandoned_at"])
def test_where_an_agent_is_certain_only_the_hours_are_waited_for(mode: str, again: str, event: str) -> None:
    """Source: law.md 5.1."""
    happened = {"machine_detected_at": "2026-11-22T19:00:00Z", "abandoned_at": "2026-11-20T19:00:00Z"}[event]
    campaign = {"dial_mode": mode, "machine_detection": True}
    verdict = judged(a_case(at="2026-11-22T20:00:00Z", campaign=campaign, conduct={event: happened}))
    assert verdict.retry_at == instant(again)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({}, "E_OWN_LINE"),
        ({"to": "999"}, "E_NUMBER_EMERGENCY_OR_SHORTCODE"),
        ({"to": "+44207946"}, "E_NUMBER_INVALID"),
        ({"to": "+449098790123"}, "E_NUMBER_TYPE_BARRED"),
        ({"to": "+33142685300"}, "E_JURISDICTION_UNSUPPORTED"),
        ({"stores": {"consents": "down"}}, "E_ENGINE_UNAVAILABLE"),
        ({"stores": {"ledger": "down"}}, "E_AUDIT_UNAVAILABLE"),
        ({"at": "2026-11-22T03:00:00Z"}, "E_OWN_LINE"),
        ({"campaign": {"classification": None, "principal": None}}, "E_OWN_LINE"),
    ],
)
@pytest.mark.parametrize("leg", ["agent", "transfer", "test"])
def test_our_own_phones_ring_whenever_they_can_be_rung(
    changes: dict[str, Any], reason: str, leg: str
) -> None:
    """Source: contract section 3, own lines."""
    assert judged(a_case(line=OWN, request={"leg": leg}, **changes)).reason == reason


@pytest.mark.parametrize(
    ("case", "verdicts"),
    [
        (a_case(), ["allow"]),
        (a_case(at="2026-11-22T10:00:00Z"), ["defer"]),
        (a_case(at="2026-11-22T10:00:00Z", line={"no_contact": "legal"}), ["block", "defer"]),
    ],
)
def test_each_reason_says_what_it_does(case: dict[str, Any], verdicts: list[str]) -> None:
    assert [reason.verdict.value for reason in judged(case).reasons] == verdicts
