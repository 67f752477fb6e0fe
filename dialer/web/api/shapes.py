"""The shapes of answers that are written elsewhere as JSON values: what the description says of them.

A test compares each with what its door really answers, so that the description stays true.
"""

from dataclasses import dataclass
from typing import Any, Literal

FactShown = str | int | float | bool | None
AnswerShown = Literal["allow", "block", "defer"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReasonShown:
    """One rule's finding: what, by which law, in which words, on which facts."""

    code: str
    verdict: AnswerShown
    kind: Literal["law", "code", "policy", "engine"]
    citation: str
    url: str
    text: str
    say: str
    facts: dict[str, FactShown]


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterShown:
    """What one register said; its age is in civil days in London."""

    snapshot: str | None
    extracted_on: str | None
    age_days: int | None
    listed: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class VerdictShown:
    """What a judgement says; `reasons`: every failed rule, or on `allow` the ground that opened the gate."""

    verdict: AnswerShown
    reason: str
    reasons: list[ReasonShown]
    details: list[str]
    obligations: list[str]
    retry_at: str | None
    valid_until: str | None
    registers: dict[str, RegisterShown]
    rules_version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerDecisionShown(VerdictShown):
    """A decision as the ledger keeps it: everything but the permit."""

    id: str
    to: str | None
    channel: str | None
    campaign: str | None
    principal: str | None
    operator: str | None
    agent: str | None
    list: str | None
    list_say: str | None
    notice_say: str | None
    call_ref: str | None
    decided_at: str
    advisory: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionShown(LedgerDecisionShown):
    """A decision as it is answered; `permit` only on a binding allow."""

    permit: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseDecisionShown(VerdictShown):
    """The decision on an imagined case; `id` and `case` are the case's own id, given back as it was."""

    id: Any
    case: Any
    to: str | None
    channel: str | None
    campaign: str | None
    agent: str | None
    decided_at: str | None
    advisory: bool
    permit: None
