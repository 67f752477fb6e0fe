"""The obligations of every kind of allow, whole, in the order they fall due (law.md 8.3, last paragraph)."""

from typing import Any

import pytest

from tests.law.building import LINE, MOBILE, a_case, a_consent, a_relationship, a_solicitation, judged

CALL = ("SHOW_CLI", "SAY_NAME")
MARKETING_CALL = (*CALL, "GIVE_CONTACT_ON_REQUEST", "OFFER_OPTOUT")
MAIL = ("IDENTIFY_SENDER", "INCLUDE_OPTOUT_IN_MESSAGE")
FIRST = "PRIVACY_NOTICE_FIRST_CONTACT"
NO_VOICEMAIL = "NO_MARKETING_VOICEMAIL"
SERVICE = {"purpose": "service", "classification": {"by": "J"}}
PENROSE = "Penrose Pensions Ltd"
PENSIONS = {"purpose": "pensions", "principal": "ORG_P", "operator": "ORG_P", "announced_name": PENROSE}
COMPANY = {"subscriber": "corporate"}
YESTERDAY = "2026-11-22T10:00:00Z"
DROP = ["automated_call", "voicemail_drop"]


@pytest.mark.parametrize(
    ("case", "obligations"),
    [
        (a_case(), (*MARKETING_CALL, NO_VOICEMAIL, FIRST)),
        (a_case(line=COMPANY), (*MARKETING_CALL, FIRST)),
        (a_case(consents=[a_consent()]), (*MARKETING_CALL, NO_VOICEMAIL)),
        (a_case(consents=[a_consent(channels=["voicemail_drop", "live_call"])]), MARKETING_CALL),
        (a_case(campaign=SERVICE), CALL),
        (a_case(channel="automated_call", campaign=SERVICE), CALL),
        (a_case(channel="sms", campaign=SERVICE), ()),
        (a_case(channel="automated_call", consents=[a_consent(channels=DROP[:1])]), (*CALL, "OFFER_OPTOUT")),
        (a_case(channel="voicemail_drop", consents=[a_consent(channels=DROP)]), (*CALL, *MAIL)),
        (a_case(channel="sms", consents=[a_consent(channels=["sms"])]), MAIL),
        (a_case(channel="email", line=COMPANY), (*MAIL, FIRST)),
        (
            a_case(campaign=PENSIONS, relationships=[a_relationship("pension_client")]),
            (*MARKETING_CALL, NO_VOICEMAIL, "OFFER_REFUSAL_ON_CALL"),
        ),
    ],
)
def test_each_kind_of_allow_obliges_to_its_own(case: dict[str, Any], obligations: tuple[str, ...]) -> None:
    assert judged(case).obligations == obligations


@pytest.mark.parametrize(
    ("conduct", "campaign", "is_due"),
    [
        ({"abandoned_at": YESTERDAY}, {}, True),
        ({"machine_detected_at": "2026-11-22T10:00:01Z"}, {"machine_detection": True}, True),
        ({"machine_detected_at": "2026-11-22T10:00:01Z"}, {}, False),
        ({"abandoned_at": "2026-11-20T10:00:00Z"}, {}, False),
        ({}, {}, False),
    ],
)
def test_only_preview_may_follow_silence_or_a_machine(
    conduct: dict[str, Any], campaign: dict[str, Any], is_due: bool
) -> None:
    obligations = judged(a_case(conduct=conduct, campaign=campaign)).obligations
    assert ("PREVIEW_DIAL" in obligations) is is_due
    assert obligations[:2] == CALL


@pytest.mark.parametrize(
    ("records", "is_due"),
    [
        ({"consents": [a_consent(source="third_party")]}, True),
        ({"consents": [a_consent(source="third_party", last_interaction_at=YESTERDAY)]}, False),
        ({"consents": [a_consent(principal="ORG_B")]}, True),
        ({"consents": [a_consent(contact_point=MOBILE)]}, True),
        ({"relationships": [a_relationship(contact_point=LINE)]}, False),
        ({"relationships": [a_relationship(contact_point=LINE, principal="ORG_B")]}, True),
        ({"relationships": [a_relationship(contact_point=MOBILE)]}, True),
        ({"solicitations": [a_solicitation()]}, True),
        ({"solicitations": [a_solicitation()], "request": {"solicitation": "sol_1"}}, False),
    ],
)
def test_a_first_contact_is_one_that_nothing_of_ours_came_before(
    records: dict[str, Any], is_due: bool
) -> None:
    """Source: UK GDPR Art 14(3)(b): who we are is told when we first write or ring."""
    assert (FIRST in judged(a_case(**records)).obligations) is is_due


TOLD = {"wording": "This call is recorded.", "said_by": "agent"}


@pytest.mark.parametrize(
    ("channel", "campaign", "is_due"),
    [
        ("live_call", {"recording": "full", "notice": TOLD}, True),
        ("live_call", {"hearing": "live", "notice": TOLD}, True),
        ("live_call", {"recording": "full", "notice": {**TOLD, "said_by": "message"}}, False),
        ("live_call", {"recording": "none", "hearing": "keypad", "notice": TOLD}, False),
        ("automated_call", {"recording": "full", "notice": TOLD}, False),
        ("sms", {"recording": "full", "notice": TOLD}, False),
    ],
)
def test_an_agent_on_a_live_call_says_that_it_is_recorded_or_listened_to(
    channel: str, campaign: dict[str, Any], is_due: bool
) -> None:
    consents = [a_consent(channels=[channel])]
    verdict = judged(a_case(channel=channel, campaign=campaign, consents=consents))
    expected = (*CALL, "SAY_NOTICE") if is_due else (*CALL, "GIVE_CONTACT_ON_REQUEST")
    if channel == "live_call":
        assert verdict.obligations[:3] == expected
    assert ("SAY_NOTICE" in verdict.obligations) is is_due
