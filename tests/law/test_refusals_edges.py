"""How far a no goes: which code it answers with, which lines it goes along to, and who is one group."""

from typing import Any

import pytest

from tests.law.building import ADDRESS, LINE, MOBILE, a_case, a_consent, an_objection, codes_of, judged

PENROSE = "Penrose Pensions Ltd"
PENSIONS = {"purpose": "pensions", "principal": "ORG_P", "announced_name": PENROSE}
POINTS = {
    "live_call": LINE,
    "automated_call": LINE,
    "voicemail_drop": MOBILE,
    "sms": MOBILE,
    "email": ADDRESS,
}


@pytest.mark.parametrize(
    ("channel", "subscriber", "code"),
    [
        ("live_call", "individual", "UK_R21B_REFUSED"),
        ("automated_call", "unknown", "UK_R21B_REFUSED"),
        ("live_call", "corporate", "UK_R21_1A_OBJECTED"),
        ("automated_call", "corporate", "UK_R19_NO_AUTOMATED_CONSENT"),
        ("voicemail_drop", "individual", "UK_R22_REFUSED"),
        ("sms", "individual", "UK_R22_REFUSED"),
        ("email", "individual", "UK_R22_REFUSED"),
    ],
)
def test_a_no_to_pensions_answers_by_its_channel(channel: str, subscriber: str, code: str) -> None:
    """Source: law.md 8.3 rules 5.1c to 5.1f; PECR 2003 reg 21(6): never reg 21(1)(a) to an individual."""
    point = POINTS[channel]
    no = an_objection(contact_point=point, principal="ORG_P", scope={"channels": ["calls", "texts", "email"]})
    case = a_case(channel=channel, campaign=PENSIONS, line={"subscriber": subscriber}, objections=[no])
    reasons = judged(case).reasons
    assert [reason.code for reason in reasons if dict(reason.facts).get("objection") == "obj_1"] == [code]


@pytest.mark.parametrize(("channels", "goes_along"), [("text", False), ("voice", True), ("all", True)])
def test_a_no_to_calls_goes_along_to_the_persons_other_lines(channels: str, goes_along: bool) -> None:
    """A no to texts stays on its line, though a drop is text and call at once. Source: law.md 8.7.1."""
    no = an_objection(contact_point=LINE, scope={"channels": channels})
    codes = codes_of(judged(a_case(channel="voicemail_drop", objections=[no])))
    assert bool({"UK_R22_REFUSED", "UK_ART21_OBJECTED"} & codes) is goes_along


@pytest.mark.parametrize("channel", ["sms", "email"])
def test_a_pensions_message_needs_a_consent_to_the_principal_only(channel: str) -> None:
    """Source: PECR 2003 reg 21B is about calls; law.md 8.4, 8.7.8."""
    yes = a_consent(channels=[channel], purposes=["pensions"], principal="ORG_P", named_as=PENROSE)
    assert judged(a_case(channel=channel, campaign=PENSIONS, consents=[yes])).reason == "UK_R22_CONSENT_OK"


@pytest.mark.parametrize(
    ("ours", "theirs", "is_one"),
    [("ORG_A", "ORG_B", True), ("ORG_A", "ORG_P", False), ("ORG_A", "GONE", True), ("GONE", "ORG_B", True)],
)
def test_an_organisation_nobody_knows_may_be_of_the_group(ours: str, theirs: str, is_one: bool) -> None:
    """Source: law.md 2.5; doubt widens a no."""
    no = an_objection(principal=theirs, scope={"reach": "group"})
    codes = codes_of(judged(a_case(campaign={"principal": ours}, objections=[no])))
    assert ("UK_R21_1A_OBJECTED" in codes) is is_one


@pytest.mark.parametrize(
    ("scope", "campaign", "reaches"),
    [
        ({"reach": "brand", "brand": " alder "}, {"brand": "Alder"}, True),
        ({"reach": "brand", "brand": "Elm"}, {"brand": "Alder"}, False),
        ({"reach": "brand", "brand": "Elm"}, {"brand": None}, False),
        ({"reach": "brand"}, {"brand": "Alder"}, True),
        ({"reach": "campaign"}, {}, True),
        ({"reach": "campaign", "campaign": "C2"}, {}, False),
    ],
)
def test_a_no_to_a_brand_or_campaign_reaches_it(
    scope: dict[str, Any], campaign: dict[str, Any], reaches: bool
) -> None:
    no = an_objection(scope=scope)
    codes = codes_of(judged(a_case(campaign=campaign, objections=[no])))
    assert ("UK_R21_1A_OBJECTED" in codes) is reaches


@pytest.mark.parametrize(("company", "covered"), [("CO_1", True), (None, False)])
def test_a_company_wide_no_covers_every_line_of_the_company(company: str | None, covered: bool) -> None:
    """Source: contract section 5."""
    no = an_objection(contact_point=MOBILE, person="P9", scope={"company": True})
    codes = codes_of(judged(a_case(line={"company": company}, objections=[no])))
    assert ("UK_R21_1A_OBJECTED" in codes) is covered


@pytest.mark.parametrize("said_on", ["+442079460124", "020 7946 0125"])
def test_a_no_on_any_other_line_of_the_person_counts(said_on: str) -> None:
    """Source: law.md 8.7.1; lines are compared as numbers, however they were written down."""
    line = {"person": None, "other_lines_of_person": ["+44 20 7946 0124", "+442079460125"]}
    no = an_objection(contact_point=said_on, person=None)
    assert judged(a_case(line=line, objections=[no])).reason == "UK_R21_1A_OBJECTED"


def test_a_consent_that_was_never_for_claims_is_not_taken_back_by_a_no_to_them() -> None:
    """Source: law.md 8.3 rule 5.1d: without a consent the code is that of the missing one."""
    yes = a_consent(purposes=["general"])
    case = a_case(campaign={"purpose": "claims"}, objections=[an_objection()], consents=[yes])
    assert judged(case).reason == "UK_R21A_NO_CONSENT"


@pytest.mark.parametrize(
    ("subscriber", "reason"),
    [("corporate", "UK_R21_4_CONSENT_OVERRIDES"), ("individual", "UK_R21B_NOT_AUTHORISED")],
)
def test_a_company_need_not_name_who_dials_for_a_pensions_firm(subscriber: str, reason: str) -> None:
    """Source: PECR 2003 reg 21B is about individuals; law.md 1.5, 8.7.8."""
    yes = a_consent(purposes=["pensions"], principal="ORG_P", named_as=PENROSE)
    listed = {"tps": {"extracted_on": "2026-11-20", "listed": True}}
    line = {"subscriber": subscriber}
    case = a_case(campaign=PENSIONS, line=line, consents=[yes], registers=listed)
    assert judged(case).reason == reason
