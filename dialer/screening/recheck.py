"""Is a call that was allowed still one? Asked when its leg starts to ring and before anybody is put through.

The point of truth stays the commit; between it and the callee's "hello" lie seconds in which somebody may say
no. Where the line has changed since, the same question is judged once more, with one read and nothing
written. What time alone has changed (hours, caps, the age of a register) ends no call that was placed in
time: a phone that goes dead in somebody's hand is a silent call. Whatever else refuses ends it.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from dialer.errors import CannotKeep
from dialer.law.codes import Code
from dialer.law.facts import Case
from dialer.screening.at_hand import with_noes_at_hand
from dialer.screening.judge import judge
from dialer.screening.question_json import read_question
from dialer.screening.screen import Gate
from dialer.screening.verdict import Answer, Verdict
from dialer.screening.whose import place

_TRIES: Final = 3
# Of all that makes a call wait, only this is a person's word.
_HELD: Final = Code.POLICY_HOLD_REVIEW
_DOUBTS: Final = frozenset({_HELD, Code.POLICY_CAMPAIGN_REFUSED})


def may_go_on(decision: Mapping[str, Any], gate: Gate, *, in_spite_of_holds: bool = False) -> bool:
    """Say whether an allowed call may still be put through; one round trip where the configuration stands.

    `in_spite_of_holds` where the callee was heard in this very call, asked again, and did not say no: their
    doubtful word holds the next call, not this one.
    `decision` is its ledger line. One that never allowed anything allows nothing now. Raises CannotKeep when
    the store is away, late or unsafe: then nobody may be put through.
    """
    if decision.get("verdict") != Answer.ALLOW or decision.get("advisory"):
        return False
    question = read_question(decision["asked"], key=None)
    question = replace(question, campaign=decision.get("campaign"), receipt=None)
    configuration = gate.configurations.believed()
    for _ in range(_TRIES):
        at = gate.clock()
        gathered = gate.facts.gather(question, place(question, configuration), configuration, at)
        if gathered.seq == _seq_after(decision):
            return True
        if gathered.epoch == configuration.epoch:
            case = _without_itself(with_noes_at_hand(gathered.case), decision)
            return not _refuses(judge(case, gate.book), but_for=_DOUBTS if in_spite_of_holds else frozenset())
        configuration = gate.configurations.refresh()
    raise CannotKeep("the configuration kept changing while a call was looked at again; ask again")


def _seq_after(decision: Mapping[str, Any]) -> int:
    """Return what the line's seq was when the decision was kept: an attempt that it counted is one change."""
    return int(decision["seq"]) + bool(decision.get("dials"))


def _refuses(verdict: Verdict, *, but_for: frozenset[str]) -> bool:
    return any(
        reason.code not in but_for and (reason.verdict is Answer.BLOCK or reason.code == _HELD)
        for reason in verdict.reasons
    )


def _without_itself(case: Case, decision: Mapping[str, Any]) -> Case:
    """Return the case without this call's own attempt: it must not use up what allowed it."""
    own = datetime.fromisoformat(decision["decided_at"])
    attempts = list(case.conduct.attempts)
    # Attempts are kept to the millisecond.
    same = next((attempt for attempt in attempts if 0 <= (own - attempt).total_seconds() < 0.001), None)
    if same is None:
        return case
    attempts.remove(same)
    return replace(case, conduct=replace(case.conduct, attempts=tuple(attempts)))
