"""The far sides of limits: caps around a time asked for, thin figures, a no or a name only half there."""

from typing import Any

import pytest

from dialer.calls.organisation import Organisation
from dialer.law.naming import is_own_name
from dialer.law.statute_book import StatuteBook, version_of
from dialer.screening.what_if import UnreadableCase, read_case
from tests.law.building import (
    BOOK,
    LINE,
    MOBILE,
    a_case,
    a_consent,
    a_relationship,
    a_solicitation,
    an_objection,
    codes_of,
    instant,
    judged,
)

LISTED = {"tps": {"extracted_on": "2026-11-20", "listed": True}}
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


def test_a_time_asked_for_lengthens_no_request_that_says_when_it_ends() -> None:
    """Source: law.md 2.7."""
    window = {"from": "2026-11-23T09:00:00Z", "until": "2026-11-23T11:00:00Z"}
    asked = a_solicitation(valid_until="2026-11-23T10:00:00Z", window=window)
    case = a_case(request={"solicitation": "sol_1"}, solicitations=[asked], registers=LISTED)
    assert judged(case).reason == "UK_R21_1B_TPS_LISTED"


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


@pytest.mark.parametrize(("sold", "promoted"), [(" ", None), (None, " "), ("solar", None), (None, "solar")])
def test_no_product_is_like_no_product(sold: str | None, promoted: str | None) -> None:
    """Source: PECR 2003 reg 22(3)(b): similar products and services only."""
    message = {"identifies_sender": True, "opt_out_route": "url", "product_category": promoted}
    sale = a_relationship(product_category=sold)
    verdict = judged(a_case(channel="sms", campaign={"message": message}, relationships=[sale]))
    assert dict(verdict.reasons[0].facts)["failing_limbs"] == "similar_product"


@pytest.mark.parametrize(
    ("given_at", "reason"),
    [
        ("2026-10-01T12:00:00Z", "UK_CONSENT_WITHDRAWN"),
        ("2024-01-01T12:00:00Z", "UK_CONSENT_WITHDRAWN"),
        ("2026-11-01T12:00:00Z", "UK_CONSENT_WITHDRAWN"),
        ("2026-11-01T12:00:01Z", "UK_R21A_CONSENT_OK"),
    ],
)
def test_a_no_takes_back_a_consent_that_was_there_though_it_has_run_out_since(
    given_at: str, reason: str
) -> None:
    """Source: law.md 8.3 rule 5.1d; in the same instant the no wins (2.6)."""
    yes = a_consent(purposes=["claims"], given_at=given_at)
    case = a_case(campaign={"purpose": "claims"}, objections=[an_objection()], consents=[yes])
    assert judged(case).reason == reason


@pytest.mark.parametrize(("drama", "answer"), [(True, "allow"), (False, "block")])
def test_drama_mobiles_are_numbers_in_demonstrations_only(drama: bool, answer: str) -> None:
    book = StatuteBook.shipped(drama_mobiles=drama)
    case = a_case(channel="sms", line={"number_type": None}, consents=[a_consent(channels=["sms"])])
    assert judged(case, book).answer.value == answer


@pytest.mark.parametrize(
    ("facts", "is_readable"),
    [
        ({"conduct": {"abandoned_rate": 0, "live_calls": 0, "abandoned_calls": 0}}, True),
        ({"conduct": {"abandoned_rate": -0.5}}, False),
        ({"conduct": {"live_calls": -1}}, False),
        ({"conduct": {"abandoned_calls": -1}}, False),
        ({"policy": {"consent_shelf_life_months": 1}}, True),
        ({"policy": {"consent_shelf_life_months": 120}}, True),
        ({"policy": {"consent_shelf_life_months": 0}}, False),
        ({"policy": {"consent_shelf_life_months": 121}}, False),
    ],
)
def test_a_figure_that_cannot_be_is_not_read(facts: dict[str, Any], is_readable: bool) -> None:
    if is_readable:
        assert read_case({**a_case(), **facts})
    else:
        with pytest.raises(UnreadableCase):
            read_case({**a_case(), **facts})


def test_the_version_is_of_the_engines_rules_and_the_packs() -> None:
    assert BOOK.version == version_of(("dialer.law", "dialer.law.uk"))


def test_a_book_is_the_same_book_after_use() -> None:
    judged(a_case())
    assert StatuteBook.shipped() == BOOK
    assert "_chosen" not in repr(BOOK)
    assert "_changes" not in repr(BOOK)
