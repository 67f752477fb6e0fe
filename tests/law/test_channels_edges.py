"""Rules keep to their channels, packs to their rules; what is unknown of a no or of a purpose."""

from datetime import date
from typing import Any

import pytest

from dialer.calls.call import Channel
from dialer.calls.campaign import Purpose
from dialer.law.rule import Setting
from dialer.law.statute_book import StatuteBook
from tests.law.building import a_case, a_relationship, an_objection, codes_of, judged
from tests.law.french_pack import french_pack

PENROSE = "Penrose Pensions Ltd"
PENSIONS = {"purpose": "pensions", "principal": "ORG_P", "operator": "ORG_P", "announced_name": PENROSE}


@pytest.mark.parametrize("subscriber", ["individual", "corporate"])
def test_no_rule_of_mail_is_asked_of_a_live_call(subscriber: str) -> None:
    """Source: PECR 2003 regs 22 and 23 are about electronic mail."""
    verdict = judged(a_case(campaign={"message": None}, line={"subscriber": subscriber}))
    assert [reason.code for reason in verdict.reasons] == ["UK_R21_CLEAR"]


def test_an_objection_without_a_scope_is_to_all_marketing() -> None:
    """Source: law.md 2.5: doubt widens a no."""
    assert judged(a_case(objections=[{**an_objection(), "scope": None}])).reason == "UK_ART21_OBJECTED"


def test_a_purpose_nobody_knows_has_no_hours() -> None:
    codes = codes_of(judged(a_case(at="2026-11-22T10:00:00Z", campaign={"purpose": None})))
    assert "E_INPUT_INCOMPLETE" in codes
    assert "UK_HOURS_OUTSIDE" not in codes


@pytest.mark.parametrize(
    ("known", "reason"),
    [
        ({"recorded_at": "2026-11-23T10:00:00Z"}, "UK_R21B_CLIENT_OK"),
        ({"recorded_at": "2026-11-23T10:00:01Z"}, "UK_R21B_NO_CONSENT_OR_CLIENT"),
        ({"principal": "ORG_A"}, "UK_R21B_NO_CONSENT_OR_CLIENT"),
        ({"contact_point": "+442079460199"}, "UK_R21B_NO_CONSENT_OR_CLIENT"),
        ({"kind": "sale"}, "UK_R21B_NO_CONSENT_OR_CLIENT"),
    ],
)
def test_a_client_relationship_is_this_firms_with_this_line_and_known(
    known: dict[str, Any], reason: str
) -> None:
    """Source: PECR 2003 reg 21B(3)."""
    client = {**a_relationship("pension_client"), **known}
    assert judged(a_case(campaign=PENSIONS, relationships=[client])).reason == reason


def test_two_packs_of_one_book_keep_their_rules_apart() -> None:
    french = french_pack()
    book = StatuteBook.shipped(packs=(french,))
    setting = Setting(Channel.LIVE_CALL, Purpose.GENERAL, individual=True, own_line=False)
    day = date(2010, 1, 1)
    ours, theirs = (book.rules_for(pack, setting, day) for pack in (book.home, french))
    assert {rule.name for rule in theirs} - {rule.name for rule in ours} == {"call_was_open_before_opt_in"}
