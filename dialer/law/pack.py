"""What a national rule pack must offer: its rules, its figures, and answers about the country's regime.

A pack is a folder beside `uk/` whose `pack.py` builds one `NationalPack`; the book is handed the packs it
may use. The questions of `Regime` are those of law.md section 7, last paragraph.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal

from dialer.calls.call import Channel
from dialer.calls.campaign import Purpose
from dialer.law.citation import Citation
from dialer.law.matter import Matter
from dialer.law.opening import Span
from dialer.law.parameters import Parameters
from dialer.law.rule import Finding, Rule


class ConsentModel(StrEnum):
    """Whether people are asked before, or may say no after."""

    OPT_IN = "opt_in"
    OPT_OUT = "opt_out"
    SOFT_OPT_IN = "soft_opt_in"
    NOT_MARKETING = "not_marketing"
    BARRED = "barred"


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterRule:
    """A national do-not-call register: how old a copy may be and whom it protects on which channels."""

    name: str
    age_days_max: int
    grace_days_max: int
    channels: frozenset[Channel]
    purposes: frozenset[Purpose]


@dataclass(frozen=True, slots=True, kw_only=True)
class AbandonRule:
    """What is asked of predictive dialling; the rate is a fraction of live calls over `window`."""

    rate_ceiling: float
    window: Literal["24 hours", "30 days"]
    message_within_seconds: int
    ring_seconds_min: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Regime:
    """A country's regime on one day, for people and for whoever plans a campaign; the rules decide.

    `opt_out_within` and the retentions are words for the record; None is no fixed period.
    """

    consent_model: Callable[[Channel, Purpose, bool], ConsentModel]
    registers: tuple[RegisterRule, ...]
    hours: Callable[[Purpose, date], Span | None]
    holidays: Callable[[int], frozenset[date]]
    existing_customer_rules: tuple[str, ...]
    opt_out_within: str
    suppression_kept_for: str
    consent_proof_kept_for: str
    abandon: AbandonRule
    shown_number_kinds: tuple[str, ...]
    attempts_per_day_max: int | None
    attempts_per_week_max: int | None
    exempt_purposes: frozenset[Purpose]
    companies_are_treated: str
    timezone_of: Callable[[str], str]
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NationalPack:
    """One country's law as rules. `sources` are its data files, part of the book's version."""

    name: str
    country_codes: frozenset[int]
    rules: tuple[Rule, ...]
    parameters_on: Callable[[date], Parameters]
    regime_on: Callable[[date], Regime]
    obligations: Callable[[Matter, tuple[Finding, ...]], tuple[str, ...]]
    packages: tuple[str, ...]
