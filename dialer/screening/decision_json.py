"""A decision as JSON values, in the shape of the contract's section 4; one writer for every door.

Times are RFC 3339 with an offset. Whoever shows it to somebody masks `to` first; the ledger keeps it whole.
"""

from datetime import date, datetime
from typing import Any

from dialer.screening.decision import Decision
from dialer.screening.verdict import FactValue, Reason, RegisterAnswer, Verdict


def verdict_fields(verdict: Verdict) -> dict[str, Any]:
    """Return what a judgement alone can say; the keys of a decision that a what-if shares."""
    return {
        "verdict": verdict.answer.value,
        "reason": verdict.reason,
        "reasons": [_reason(reason) for reason in verdict.reasons],
        "details": list(verdict.details),
        "obligations": list(verdict.obligations),
        "retry_at": _text(verdict.retry_at),
        "valid_until": _text(verdict.valid_until),
        "registers": {register.name: _register(register) for register in verdict.registers},
        "rules_version": verdict.rules_version,
    }


def decision_fields(decision: Decision, *, for_ledger: bool = False) -> dict[str, Any]:
    """Return one decision. The ledger's line has what re-judging and reports need, and never the permit."""
    fields = {
        "id": decision.id,
        **verdict_fields(decision.verdict),
        "to": decision.to or None,
        "channel": decision.channel.value if decision.channel else None,
        "campaign": decision.campaign,
        "principal": decision.principal,
        "operator": decision.operator,
        "agent": decision.agent,
        "list": decision.came_from_list,
        "list_say": decision.list_say,
        "notice_say": decision.notice_say,
        "call_ref": decision.call_ref,
        "decided_at": _text(decision.decided_at),
        "advisory": decision.advisory,
    }
    if for_ledger:
        purpose = decision.verdict.purpose
        versions = dict(decision.versions)
        return {
            **fields,
            "purpose": purpose.value if purpose else None,
            "key": decision.key,
            "epoch": decision.epoch,
            "seq": decision.seq,
            "versions": versions,
        }
    return {**fields, "permit": decision.permit}


def _reason(reason: Reason) -> dict[str, Any]:
    return {
        "code": reason.code,
        "verdict": reason.verdict.value,
        "kind": reason.kind,
        "citation": reason.citation,
        "url": reason.url,
        "text": reason.text,
        "say": reason.say,
        "facts": {name: _text(value) for name, value in reason.facts},
    }


def _register(register: RegisterAnswer) -> dict[str, Any]:
    return {
        "snapshot": register.snapshot,
        "extracted_on": _text(register.extracted_on),
        "age_days": register.age_days,
        "listed": register.listed,
    }


def _text(value: FactValue) -> FactValue:
    return value.isoformat() if isinstance(value, (date, datetime)) else value
