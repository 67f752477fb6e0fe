"""What a judgement says: one verdict, every reason, what explains it, and what whoever dials must do."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from dialer.calls.campaign import Purpose
from dialer.law.reasons import RuleKind

FactValue = str | int | float | bool | date | datetime | None


class Answer(StrEnum):
    """BLOCK will not become allowed by waiting; DEFER may, after `retry_at` or an operator's act."""

    ALLOW = "allow"
    BLOCK = "block"
    DEFER = "defer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One rule's finding, ready to be shown: what, by which law, in which words, on which facts."""

    code: str
    verdict: Answer
    kind: RuleKind
    citation: str
    url: str
    text: str
    say: str
    facts: tuple[tuple[str, FactValue], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterAnswer:
    """What one register said, and how old it is in whole civil days."""

    name: str
    snapshot: str | None
    extracted_on: date | None
    age_days: int | None
    listed: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The pure result of judging one case.

    `reasons` holds every failed rule in phase order, or on ALLOW the ground that opened the gate; `reason`
    is the first. `details` explains facts that were looked at and did not count, and warnings.
    `valid_until` is at most 60 s after the case's instant; `number` is E.164 (or an email address), None if
    unreadable. `retry_at` is only set on DEFER, None where waiting alone does not help.
    """

    answer: Answer
    reason: str
    reasons: tuple[Reason, ...]
    details: tuple[str, ...]
    obligations: tuple[str, ...]
    at: datetime | None
    retry_at: datetime | None
    valid_until: datetime | None
    number: str | None
    purpose: Purpose | None
    registers: tuple[RegisterAnswer, ...]
    rules_version: str
