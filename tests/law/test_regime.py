"""The United Kingdom's answers to the questions every national pack must answer."""

from datetime import date, time

import pytest

from dialer.calls.call import Channel
from dialer.calls.campaign import Purpose
from dialer.law.opening import Span
from dialer.law.pack import ConsentModel
from dialer.law.uk.pack import uk_pack
from dialer.law.uk.regime import consent_model

REGIME = uk_pack().regime_on(date(2026, 11, 23))
MONDAY, SUNDAY = date(2026, 11, 23), date(2026, 11, 22)


@pytest.mark.parametrize(
    ("channel", "purpose", "is_individual", "model"),
    [
        (Channel.FAX, Purpose.SERVICE, True, ConsentModel.BARRED),
        (Channel.LIVE_CALL, Purpose.SERVICE, True, ConsentModel.NOT_MARKETING),
        (Channel.LIVE_CALL, Purpose.GENERAL, True, ConsentModel.OPT_OUT),
        (Channel.LIVE_CALL, Purpose.CLAIMS, False, ConsentModel.OPT_IN),
        (Channel.LIVE_CALL, Purpose.PENSIONS, True, ConsentModel.OPT_IN),
        (Channel.LIVE_CALL, Purpose.PENSIONS, False, ConsentModel.OPT_OUT),
        (Channel.AUTOMATED_CALL, Purpose.GENERAL, False, ConsentModel.OPT_IN),
        (Channel.SMS, Purpose.GENERAL, True, ConsentModel.SOFT_OPT_IN),
        (Channel.EMAIL, Purpose.GENERAL, False, ConsentModel.OPT_OUT),
    ],
)
def test_consent_is_asked_for_as_the_matrix_says(
    channel: Channel, purpose: Purpose, is_individual: bool, model: ConsentModel
) -> None:
    assert consent_model(channel, purpose, is_individual) is model


@pytest.mark.parametrize(
    ("purpose", "day", "span"),
    [
        (Purpose.GENERAL, MONDAY, Span(time(8), time(21))),
        (Purpose.GENERAL, SUNDAY, None),
        (Purpose.SERVICE, SUNDAY, Span(time(8), time(21))),
        (Purpose.RESEARCH, SUNDAY, Span(time(10), time(21))),
    ],
)
def test_each_purpose_has_its_hours(purpose: Purpose, day: date, span: Span | None) -> None:
    assert REGIME.hours(purpose, day) == span


def test_two_registers_protect_live_calls_for_27_days() -> None:
    assert [(register.name, register.age_days_max) for register in REGIME.registers] == [
        ("tps", 27),
        ("ctps", 27),
    ]


def test_holidays_are_the_days_observed() -> None:
    days = REGIME.holidays(2026)
    assert date(2026, 12, 28) in days
    assert date(2026, 12, 26) not in days


def test_there_is_one_time_zone() -> None:
    assert REGIME.timezone_of("+442079460123") == "Europe/London"
