"""The far sides of limits: caps around a time asked for, thin figures, a no or a name only half there."""

from typing import Any

import pytest

from dialer.calls.organisation import Organisation
from dialer.law.naming import is_own_name
from dialer.law.statute_book import StatuteBook, version_of
from tests.law.building import (
    BOOK,
    LINE,
    MOBILE,
    a_case,
    a_consent,
    a_solicitation,
    an_objection,
    codes_of,
    instant,
    judged,
)

THREE_TODAY = ["2026-11-23T09:00:00Z", "2026-11-23T09:10:00Z", "2026-11-23T09:20:00Z"]
PREDICTIVE = {"dial_mode": "predictive"}
DROP = ["automated_call", "voicemail_drop"]


def asked_for(start: str, end: str, requested_at: str = "2026-11-23T09:30:00Z") -> dict[str, Any]:
    window = {"from": start, "until": end}
    request = a_solicitation(requested_at=requested_at, window=window)
    return {"request": {"solicitation": "sol_1"}, "solicitations": [request]}


def test_a_time_asked_for_that_has_passed_lifts_no_cap() -> None:
    """Source: law.md 5.3, 8.7.11."""
    over = asked_for("2026-11-23T09:40:00Z", "2026-11-23T10:00:00Z")
    verdict = judged(a_case(conduct={"attempts": THREE_TODAY}, **over))
    assert (verdict.reason, verdict.retry_at) == ("UK_FREQ_CAP", instant("2026-11-24T09:00:00+00:00"))


def test_a_time_asked_for_after_the_caps_end_is_not_waited_for() -> None:
    later = asked_for("2026-11-25T11:00:00Z", "2026-11-25T12:00:00Z")
    verdict = judged(a_case(conduct={"attempts": THREE_TODAY}, **later))
    assert verdict.retry_at == instant("2026-11-24T09:00:00+00:00")


@pytest.mark.parametrize(
    ("figures", "reason"),
    [
        ({}, "UK_OFCOM_ACR_CEILING"),
        ({"abandoned_calls": 4}, "UK_R21_CLEAR"),
        ({"abandoned_calls": 5}, "UK_OFCOM_ACR_CEILING"),
        ({"live_calls": 199}, "UK_R21_CLEAR"),
        ({"live_calls": 200}, "UK_OFCOM_ACR_CEILING"),
    ],
)
def test_a_rate_of_few_calls_is_no_rate_whichever_figure_is_known(
    figures: dict[str, int], reason: str
) -> None:
    """Source: law.md 8.7.10."""
    conduct = {"abandoned_rate": 0.5, **figures}
    assert judged(a_case(campaign=PREDICTIVE, conduct=conduct)).reason == reason


@pytest.mark.parametrize(("principal", "waits"), [(None, True), ("ORG_A", True), ("ORG_B", False)])
def test_a_hold_that_names_nobody_holds_for_everybody(principal: str | None, waits: bool) -> None:
    hold = {"contact_point": LINE, "kind": "possible_objection", "principal": principal}
    assert (judged(a_case(holds=[hold])).reason == "POLICY_HOLD_REVIEW") is waits


@pytest.mark.parametrize(("channels", "stands"), [(DROP[:1], True), (DROP, False)])
def test_a_no_to_a_drop_is_lifted_by_both_its_consents_only(channels: list[str], stands: bool) -> None:
    """Source: law.md 8.7.7: reg 19 and, for individuals, reg 22."""
    no = an_objection(contact_point=MOBILE, scope={"channels": "text"})
    yes = a_consent(channels=channels, contact_point=MOBILE, given_at="2026-11-02T12:00:00Z")
    codes = codes_of(judged(a_case(channel="voicemail_drop", objections=[no], consents=[yes])))
    assert ("UK_R22_REFUSED" in codes) is stands


@pytest.mark.parametrize(
    ("name", "reason"), [(None, "UK_R22_CONSENT_OK"), ("Elm", "UK_R23_SENDER_CONCEALED")]
)
def test_a_message_that_shows_its_sender_need_announce_no_name_but_no_false_one(
    name: str | None, reason: str
) -> None:
    """Source: PECR 2003 reg 23(a)."""
    case = a_case(channel="sms", campaign={"announced_name": name}, consents=[a_consent(channels=["sms"])])
    assert judged(case).reason == reason


@pytest.mark.parametrize(
    ("channel", "campaign", "code"),
    [
        ("voicemail_drop", {"caller_id": "withheld"}, "UK_R19_CLI_WITHHELD"),
        ("automated_call", {"caller_id": "withheld"}, "UK_R19_CLI_WITHHELD"),
        ("live_call", {"caller_id": "withheld"}, "UK_R21_A1_CLI_MISSING"),
        ("voicemail_drop", {"announced_name": "Elm"}, "UK_R24_IDENTITY_MISSING"),
        ("voicemail_drop", {"contact_address": None, "freephone": None}, "UK_R24_CONTACT_MISSING"),
    ],
)
def test_every_kind_of_call_says_who_rings(channel: str, campaign: dict[str, Any], code: str) -> None:
    """Source: PECR 2003 reg 19(2)(b), 21(A1), 24."""
    assert code in codes_of(judged(a_case(channel=channel, campaign=campaign)))


@pytest.mark.parametrize(
    ("legal", "written"),
    [
        ("Elm LP", "Elm Limited Partnership"),
        ("Elm LLP", "Elm Limited Liability Partnership"),
        ("Elm CIC", "Elm Community Interest Company"),
        ("Elm CIO", "Elm C.I.O."),
        ("Elm Ltd", "ELM LIMITED"),
    ],
)
def test_a_legal_form_may_be_written_out(legal: str, written: str) -> None:
    organisation = Organisation(id="E", legal_name=legal)
    assert is_own_name(written, organisation)
    assert not is_own_name("Elm plc", organisation)


def test_the_version_is_of_the_engines_rules_and_the_packs() -> None:
    assert BOOK.version == version_of(("dialer.law", "dialer.law.uk"))


def test_a_book_is_the_same_book_after_use() -> None:
    judged(a_case())
    assert StatuteBook.shipped() == BOOK
    assert "_chosen" not in repr(BOOK)
    assert "_changes" not in repr(BOOK)
