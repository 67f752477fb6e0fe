"""The United Kingdom's answers to the questions every national pack must answer (law.md section 7)."""

from datetime import date

from dialer.calls.call import Channel
from dialer.calls.campaign import Purpose
from dialer.law.citation import Citation
from dialer.law.opening import Opening, Span
from dialer.law.pack import AbandonRule, ConsentModel, Regime, RegisterRule
from dialer.law.parameters import Parameters
from dialer.law.uk.bank_holidays import days_observed, is_bank_holiday

_PECR = "https://www.legislation.gov.uk/uksi/2003/2426/contents"
_GDPR = "https://www.legislation.gov.uk/eur/2016/679/contents"
_NOT_MARKETING = frozenset({Purpose.SERVICE, Purpose.RESEARCH})


def consent_model(channel: Channel, purpose: Purpose, is_individual: bool) -> ConsentModel:
    """Return what the United Kingdom asks before contact on a channel, for a purpose (law.md 8.4)."""
    if channel is Channel.FAX:
        return ConsentModel.BARRED
    if purpose in _NOT_MARKETING:
        return ConsentModel.NOT_MARKETING
    if channel in (Channel.AUTOMATED_CALL, Channel.VOICEMAIL_DROP):
        return ConsentModel.OPT_IN
    if channel in (Channel.SMS, Channel.EMAIL):
        return ConsentModel.SOFT_OPT_IN if is_individual else ConsentModel.OPT_OUT
    is_opt_in = purpose is Purpose.CLAIMS or (purpose is Purpose.PENSIONS and is_individual)
    return ConsentModel.OPT_IN if is_opt_in else ConsentModel.OPT_OUT


def regime_on(_: date, parameters: Parameters) -> Regime:
    """Return the regime on a civil day, from the figures then in force."""

    def hours(purpose: Purpose, on: date) -> Span | None:
        return _opening(purpose, parameters).on(
            on, is_holiday=is_bank_holiday(on, parameters.holiday_nations)
        )

    def holidays(year: int) -> frozenset[date]:
        return frozenset().union(*(days_observed(nation, year) for nation in parameters.holiday_nations))

    register_days = parameters.register_age_days_max, parameters.statutory_grace_days_max
    return Regime(
        consent_model=consent_model,
        registers=tuple(_register(name, *register_days) for name in ("tps", "ctps")),
        hours=hours,
        holidays=holidays,
        existing_customer_rules=(
            "none for calls, but a complete client relationship for pensions",
            "the soft opt-ins of reg 22(3) and (3A) for electronic mail",
        ),
        opt_out_within="at once",
        suppression_kept_for="as long as the principal markets",
        consent_proof_kept_for="six years after the last reliance",
        abandon=AbandonRule(
            rate_ceiling=parameters.abandoned_rate_ceiling,
            window="24 hours",
            message_within_seconds=2,
            ring_seconds_min=15,
        ),
        shown_number_kinds=("fixed_line", "mobile", "uan (03)", "toll_free"),
        attempts_per_day_max=parameters.attempts_per_day_max,
        attempts_per_week_max=parameters.attempts_per_week_max,
        exempt_purposes=_NOT_MARKETING,
        companies_are_treated="registers and objections apply to calls; reg 22 does not",
        timezone_of=lambda _: "Europe/London",
        citations=(Citation("PECR 2003", _PECR), Citation("UK GDPR", _GDPR)),
    )


def _register(name: str, age_days_max: int, grace_days_max: int) -> RegisterRule:
    return RegisterRule(
        name=name,
        age_days_max=age_days_max,
        grace_days_max=grace_days_max,
        channels=frozenset({Channel.LIVE_CALL}),
        purposes=frozenset({Purpose.GENERAL, Purpose.PENSIONS}),
    )


def _opening(purpose: Purpose, parameters: Parameters) -> Opening:
    match purpose:
        case Purpose.SERVICE:
            return parameters.hours_service
        case Purpose.RESEARCH:
            return parameters.hours_research
        case _:
            return parameters.hours_marketing
