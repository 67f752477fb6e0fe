"""What one commit is handed: a screening's decision spelt out for `commit.lua`, and what it may count."""

from datetime import timedelta
from typing import Any, Final

from dialer.clock import london_day, milliseconds
from dialer.people.keys import digest_of
from dialer.screening.decision import Decision
from dialer.screening.decision_json import decision_fields
from dialer.screening.gathered import Gathered
from dialer.screening.permit import permit_digest
from dialer.screening.question import Binding, Question
from dialer.screening.question_json import question_fields
from dialer.screening.verdict import Answer
from dialer.store import keys
from dialer.store.codec import compact
from dialer.store.scripts import Argument
from dialer.store.tally import tally_field

# Twilio's longest call is a day and its retries are seconds apart: two days outlive any repeat.
RECEIPT_KEPT: Final = timedelta(days=2)
CALL_KEPT: Final = timedelta(days=30)
ATTEMPTS_KEPT: Final = timedelta(days=8)
MOST_ATTEMPTS: Final = 256
_NONE: Final = "none"


def commit_keys(decision: Decision, gathered: Gathered, question: Question) -> list[str]:
    """Return the names that the script is handed, in its order."""
    line = gathered.contact_point or _NONE
    return [
        keys.line(line),
        keys.attempts(line),
        keys.EPOCH,
        keys.REGISTERS_LIVE,
        keys.receipt(question.receipt or _NONE),
        keys.LEDGER,
        keys.decision(decision.id),
        keys.tally(london_day(decision.decided_at)),
        keys.call(question.call_ref or _NONE),
        keys.permit(permit_digest(decision) or _NONE),
        keys.line_entries(line),
        keys.permit(digest_of(question.permit) if question.permit else _NONE),
    ]


def commit_arguments(
    decision: Decision, gathered: Gathered, question: Question, answer: str | None
) -> list[Argument]:
    """Return the script's arguments, in its order; `answer` is kept as the receipt of the request."""
    verdict = decision.verdict
    allowed = verdict.answer is Answer.ALLOW
    attempts = allowed and question.binding is Binding.DIALS and gathered.contact_point is not None
    now_ms = milliseconds(decision.decided_at)
    owners = (decision.campaign, decision.agent, decision.principal)
    kind = "advisory" if decision.advisory else verdict.answer.value
    ends_at = verdict.valid_until or decision.decided_at
    arguments: list[Argument] = [
        gathered.seq,
        gathered.epoch,
        _ledger_line(decision, gathered, question, dials=attempts),
        tally_field(kind, verdict.reason, *owners),
        now_ms if attempts else "",
        f"{decision.id}|{decision.principal or ''}",
        answer if answer is not None and question.receipt else "",
        "1" if allowed else "0",
        now_ms,
        int(RECEIPT_KEPT.total_seconds()),
        decision.id if question.call_ref else "",
        int(CALL_KEPT.total_seconds()),
        _permit_facts(decision) if decision.permit else "",
        milliseconds(ends_at),
        milliseconds(decision.decided_at - ATTEMPTS_KEPT),
        MOST_ATTEMPTS,
        _bound_to(decision),
        decision.key or "",
        # A refusal spends nothing: the permit dies by itself, with the line or in a minute.
        _bound_to(decision) if allowed and question.permit else "",
        question.key or "",
    ]
    for name, version in gathered.versions:
        arguments += [name, version]
    return arguments


def _ledger_line(decision: Decision, gathered: Gathered, question: Question, *, dials: bool) -> bytes:
    """Return the line: the decision, what was asked, whether it counted an attempt, what was measured."""
    asked: dict[str, Any] = {"asked": question_fields(question), "dials": dials}
    conduct = gathered.case.conduct
    if conduct.abandoned_rate is not None:
        # Counts of a moving day cannot be read again later, and re-judging needs them.
        asked["calls"] = {"live": conduct.live_calls, "abandoned": conduct.abandoned_calls}
    fields = decision_fields(decision, for_ledger=True) | asked
    return compact(fields)


def _bound_to(decision: Decision) -> str:
    """Return what a permit is good for, as one text that is compared whole."""
    return "|".join((decision.to, decision.campaign or "", decision.channel or ""))


def _permit_facts(decision: Decision) -> bytes:
    facts = {
        "decision": decision.id,
        "line": decision.to,
        "campaign": decision.campaign,
        "principal": decision.principal,
        "channel": decision.channel,
        "key": decision.key,
    }
    return compact(facts)
