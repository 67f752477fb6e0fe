"""What an answer rests on: until when each ground holds, and what an absent fact is taken for."""

import json
from dataclasses import fields
from typing import Any

import pytest

from dialer.screening.what_if import read_case
from tests.law.building import (
    LINE,
    POINTS,
    a_case,
    a_consent,
    a_relationship,
    a_solicitation,
    an_objection,
    codes_of,
    instant,
    judged,
)

SOON = "2026-11-23T10:00:30+00:00"
LISTED = {"tps": {"extracted_on": "2026-11-20", "listed": True}}
PENROSE = "Penrose Pensions Ltd"
PENSIONS = {"purpose": "pensions", "principal": "ORG_P", "operator": "ORG_P", "announced_name": PENROSE}
KINDS: dict[str, tuple[str, dict[str, Any], list[str]]] = {
    "general call": ("live_call", {}, ["live_call"]),
    "claims call": ("live_call", {"purpose": "claims"}, ["live_call"]),
    "pensions call": ("live_call", PENSIONS, ["live_call"]),
    "recorded call": ("automated_call", {}, ["automated_call"]),
    "text": ("sms", {}, ["sms"]),
    "email": ("email", {}, ["email"]),
}


def records_of(kind: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return a case of this kind and what its yes has to say of principal and purpose."""
    channel, campaign, _ = KINDS[kind]
    names = {"principal": "ORG_P", "named_as": PENROSE} if campaign is PENSIONS else {}
    return {"channel": channel, "campaign": campaign}, {
        "purposes": [campaign.get("purpose", "general")],
        **names,
    }


@pytest.mark.parametrize("kind", KINDS)
def test_an_allow_by_consent_ends_with_the_consent(kind: str) -> None:
    case, yes = records_of(kind)
    consent = a_consent(channels=KINDS[kind][2], expires_at=SOON, **yes)
    verdict = judged(a_case(**case, consents=[consent]))
    assert (verdict.answer.value, verdict.valid_until) == ("allow", instant(SOON))


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "recorded call"])
def test_an_allow_by_request_ends_with_the_request(kind: str) -> None:
    case, yes = records_of(kind)
    asked = a_solicitation(
        channels=KINDS[kind][2],
        contact_point=POINTS.get(case["channel"], LINE),
        principal=yes.get("principal", "ORG_A"),
        valid_until=SOON,
    )
    verdict = judged(a_case(**case, solicitations=[asked], request={"solicitation": "sol_1"}))
    assert (verdict.answer.value, verdict.valid_until) == ("allow", instant(SOON))


@pytest.mark.parametrize("ends", [0, 1])
def test_a_drop_ends_with_the_first_of_its_two_consents(ends: int) -> None:
    """Source: law.md 8.7.7: a recorded message left on an individual's voicemail needs both."""
    consents = [
        a_consent(id=name, channels=[name], contact_point=POINTS["sms"])
        for name in ("automated_call", "voicemail_drop")
    ]
    consents[ends]["expires_at"] = SOON
    verdict = judged(a_case(channel="voicemail_drop", consents=consents))
    assert (verdict.answer.value, verdict.valid_until) == ("allow", instant(SOON))


@pytest.mark.parametrize(
    ("asked", "campaign"), [(" solar", "solar "), ("SOLAR", "solar"), ("solar", " Solar ")]
)
def test_one_topic_is_one_however_it_is_spaced_or_capitalised(asked: str, campaign: str) -> None:
    case = a_case(registers=LISTED, campaign={"topic": campaign}, request={"solicitation": "sol_1"})
    assert judged({**case, "solicitations": [a_solicitation(topic=asked)]}).reason == "UK_R21_SOLICITED"


def test_a_text_about_a_funeral_plan_already_bought_is_service() -> None:
    """Source: FCA Handbook FPCOB 4 bars unsolicited marketing, which a service message is not."""
    service = {"purpose": "service", "classification": {"by": "J"}, "sector": "funeral_plans"}
    assert judged(a_case(campaign=service)).reason == "UK_SERVICE_OK"


def test_a_number_that_may_be_a_mobile_takes_texts() -> None:
    codes = codes_of(judged(a_case(channel="sms", to="+12125550123")))
    assert "E_JURISDICTION_UNSUPPORTED" in codes
    assert "E_NUMBER_TYPE_BARRED" not in codes


@pytest.mark.parametrize("name", ["consents", "objections", "relationships", "solicitations", "holds"])
def test_a_record_that_says_nothing_says_yes_to_nothing(name: str) -> None:
    record = getattr(read_case({name: [{}]}), name)[0]
    told = {field.name for field in fields(record) if getattr(record, field.name)}
    assert told == set()


def test_a_line_and_a_message_that_say_nothing_say_yes_to_nothing() -> None:
    case = read_case(
        json.dumps({"line": {"own_line": {}}, "campaign": {"message": {}, "classification": {}}})
    )
    assert case.campaign is not None
    for record in (case.line.own_line, case.campaign.message, case.campaign.classification):
        assert not [field.name for field in fields(record) if getattr(record, field.name)]
    assert (case.line.wrong_person, case.line.no_contact, case.line.other_lines_of_person) == (
        False,
        None,
        (),
    )


@pytest.mark.parametrize("limb", ["own_sale", "refusal_offered_at_collection", "refusal_offered_since"])
def test_a_limb_of_the_soft_opt_in_that_is_not_told_of_is_not_met(limb: str) -> None:
    """Source: PECR 2003 reg 22(3)."""
    sale = {name: value for name, value in a_relationship().items() if name != limb}
    assert judged(a_case(channel="sms", relationships=[sale])).reason == "UK_R22_SOFT_OPTIN_FAIL"


@pytest.mark.parametrize("channel", ["live_call", "automated_call", "voicemail_drop", "sms", "email"])
@pytest.mark.parametrize("purpose", ["service", "research"])
@pytest.mark.parametrize("subscriber", ["individual", "corporate"])
def test_no_rule_of_marketing_is_asked_of_what_is_not_marketing(
    channel: str, purpose: str, subscriber: str
) -> None:
    """Source: PECR 2003 reg 2(1); law.md 8.3 phase 3."""
    bare = {"announced_name": None, "contact_address": None, "freephone": None, "message": None}
    campaign = {"purpose": purpose, "classification": {"by": "J"}, "caller_id": "withheld", **bare}
    point = POINTS.get(channel, LINE)
    hold = {"contact_point": point, "principal": "ORG_A", "kind": "possible_objection"}
    verdict = judged(
        a_case(
            channel=channel,
            campaign={**campaign, "sector": "funeral_plans"},
            line={"subscriber": subscriber},
            registers={"tps": None},
            objections=[an_objection(contact_point=point, scope={"channels": "all"})],
            consents=[a_consent(contact_point=point, specific=False)],
            holds=[hold, {**hold, "kind": "campaign_refusal"}],
        )
    )
    assert [reason.code for reason in verdict.reasons] == [f"UK_{purpose.upper()}_OK"]
    assert verdict.details == ()
