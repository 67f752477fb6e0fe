"""The United Kingdom's regime whole, as law.md section 7 asks for it."""

from datetime import date, time

import pytest

from dialer.calls.call import Channel
from dialer.calls.campaign import Purpose
from dialer.law.opening import Span
from dialer.law.pack import AbandonRule, ConsentModel, RegisterRule
from dialer.law.uk.pack import uk_pack
from dialer.law.uk.regime import consent_model

REGIME = uk_pack().regime_on(date(2026, 11, 23))
LIVE_GENERAL_AND_PENSIONS = {
    "channels": frozenset({Channel.LIVE_CALL}),
    "purposes": frozenset({Purpose.GENERAL, Purpose.PENSIONS}),
}


def test_the_pack_is_the_united_kingdoms() -> None:
    assert (uk_pack().name, uk_pack().country_codes) == ("uk", {44})


def test_tps_and_ctps_protect_live_calls_that_no_regulation_of_their_own_covers() -> None:
    """Source: PECR reg 21(6): claims calls, and pensions calls to individuals, have their own."""
    days = {"age_days_max": 27, "grace_days_max": 27}
    assert REGIME.registers == tuple(
        RegisterRule(name=name, **days, **LIVE_GENERAL_AND_PENSIONS) for name in ("tps", "ctps")
    )


def test_predictive_dialling_is_held_to_the_persistent_misuse_policy() -> None:
    """Source: law.md 5.1."""
    assert REGIME.abandon == AbandonRule(
        rate_ceiling=0.025, window="24 hours", message_within_seconds=2, ring_seconds_min=15
    )


def test_what_is_not_marketing_is_exempt() -> None:
    assert REGIME.exempt_purposes == {Purpose.SERVICE, Purpose.RESEARCH}


def test_the_rest_of_the_regime_is_told() -> None:
    assert REGIME.shown_number_kinds == ("fixed_line", "mobile", "uan (03)", "toll_free")
    assert (REGIME.attempts_per_day_max, REGIME.attempts_per_week_max) == (3, 6)
    assert [citation.provision for citation in REGIME.citations] == ["PECR 2003", "UK GDPR"]
    assert ["calls" in REGIME.existing_customer_rules[0], "mail" in REGIME.existing_customer_rules[1]] == [
        True,
        True,
    ]


@pytest.mark.parametrize(
    ("channel", "purpose", "is_individual", "model"),
    [
        (Channel.LIVE_CALL, Purpose.RESEARCH, True, ConsentModel.NOT_MARKETING),
        (Channel.LIVE_CALL, Purpose.CLAIMS, True, ConsentModel.OPT_IN),
        (Channel.LIVE_CALL, Purpose.GENERAL, False, ConsentModel.OPT_OUT),
        (Channel.AUTOMATED_CALL, Purpose.GENERAL, True, ConsentModel.OPT_IN),
        (Channel.VOICEMAIL_DROP, Purpose.GENERAL, True, ConsentModel.OPT_IN),
        (Channel.SMS, Purpose.CLAIMS, True, ConsentModel.SOFT_OPT_IN),
        (Channel.SMS, Purpose.CLAIMS, False, ConsentModel.OPT_OUT),
        (Channel.EMAIL, Purpose.PENSIONS, True, ConsentModel.SOFT_OPT_IN),
    ],
)
def test_the_matrix_has_both_sides(
    channel: Channel, purpose: Purpose, is_individual: bool, model: ConsentModel
) -> None:
    """Source: law.md 8.4."""
    assert consent_model(channel, purpose, is_individual) is model


@pytest.mark.parametrize(
    ("purpose", "day", "span"),
    [
        (Purpose.GENERAL, date(2026, 11, 28), Span(time(9), time(21))),
        (Purpose.GENERAL, date(2026, 12, 25), None),
        (Purpose.SERVICE, date(2026, 12, 25), Span(time(8), time(21))),
        (Purpose.RESEARCH, date(2026, 12, 25), Span(time(9), time(21))),
        (Purpose.RESEARCH, date(2026, 11, 28), Span(time(9), time(21))),
    ],
)
def test_hours_on_saturdays_and_bank_holidays(purpose: Purpose, day: date, span: Span | None) -> None:
    """Source: law.md 5.3, 8.7.20."""
    assert REGIME.hours(purpose, day) == span


def test_holidays_are_those_of_england_and_wales() -> None:
    """Source: law.md 8.7.20: Scotland's second of January and Ireland's Boyne are kept by their own lines."""
    days = REGIME.holidays(2026)
    assert {date(2026, 1, 1), date(2026, 4, 6), date(2026, 8, 31)} <= days
    assert not {date(2026, 1, 2), date(2026, 3, 17), date(2026, 7, 13)} & days
