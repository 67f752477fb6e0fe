"""What the agent found out settles what was heard in their call: asked us to stop, or fine to call.

*Did not ask* settles nothing: what waits goes on waiting for a person.
"""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Final

from dialer.calls.dispositions import Disposition
from dialer.consents.approval import Person, Review
from dialer.consents.line_reports import ReportKind, report_id
from dialer.errors import Conflict, NotFound
from dialer.ids import Kind, new_id
from dialer.law.records import Scope
from dialer.objections.holding import Holds, Release, release_line
from dialer.objections.prompts import Prompt, PromptKind
from dialer.objections.reach import is_as_wide
from dialer.objections.record import record
from dialer.objections.review import Decision, Finding, decide
from dialer.objections.saying import Recorded, Saying
from dialer.objections.waiting import ReviewDesk

QUESTION: Final = "Did they say whether we may call again?"
ASKED_US_TO_STOP: Final = "the agent asked: they want us to stop"
FINE_TO_CALL: Final = "the agent asked: they are fine with calls"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One answer the agent may give; `codes` are the wrap-up codes that stand for it, if any do."""

    disposition: Disposition
    say: str
    then: str
    codes: tuple[str, ...] = ()


CHOICES: Final = (
    Choice(
        disposition=Disposition.OPT_OUT,
        say="Asked us to stop",
        then="It is in force at once, as wide as what was heard.",
    ),
    Choice(
        disposition=Disposition.FINE_TO_CALL,
        say="Fine to call",
        then="What this call holds is released, with your name.",
    ),
    Choice(
        disposition=Disposition.DID_NOT_ASK,
        say="Did not ask",
        then="What this call holds waits for a supervisor, and then comes into force.",
    ),
)
_ASKED_AFTER: Final = frozenset({PromptKind.POSSIBLE_OPT_OUT, PromptKind.REFUSAL})


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """The call that an agent wraps up, and who says so."""

    contact_point: str
    decision: str
    call_ref: str | None
    person: str | None
    by: Person


def choices_after(prompts: Iterable[Prompt], codes: Mapping[str, Disposition]) -> tuple[Choice, ...]:
    """Return what to choose from at wrap-up; nothing where the call left no doubt to settle.

    `codes` is what each wrap-up code of the principal stands for.
    """
    kinds = {prompt.kind for prompt in prompts}
    if PromptKind.OPT_OUT in kinds or not kinds & _ASKED_AFTER:
        return ()
    return tuple(replace(choice, codes=_codes_for(choice, codes)) for choice in CHOICES)


def _codes_for(choice: Choice, codes: Mapping[str, Disposition]) -> tuple[str, ...]:
    return tuple(sorted(code for code, means in codes.items() if means is choice.disposition))


def asked_us_to_stop(saying: Saying, call: Answered, desk: ReviewDesk) -> Recorded:
    """Record the no, as wide as what was heard in the call if that was wider, and settle what waits."""
    waiting = _waiting(call, desk)
    kept = record(replace(saying, scope=_widest(saying.scope, waiting)), desk.desk)
    for review in waiting:
        _decide(review, Decision(finding=Finding.CONFIRM, by=call.by, note=ASKED_US_TO_STOP), desk)
    return kept


def fine_to_call(call: Answered, desk: ReviewDesk, holds: Holds) -> None:
    """Release what is held because of this call; an objection that came since, or is due by now, stands."""
    for review in _waiting(call, desk):
        _decide(review, Decision(finding=Finding.NOT_AN_OPT_OUT, by=call.by, note=FINE_TO_CALL), desk)
    at = desk.desk.clock()
    line, decision = call.contact_point, call.decision
    refused = report_id(ReportKind.REFUSAL, decision=decision, contact_point=line, person=call.person, at=at)
    release = Release(
        id=new_id(Kind.REVIEW, at=at),
        hold=refused,
        why="not_an_objection",
        released_at=at,
        by=call.by.agent or call.by.name,
        note=FINE_TO_CALL,
    )
    with suppress(NotFound):
        release_line(line, release, holds)


def _waiting(call: Answered, desk: ReviewDesk) -> list[Review]:
    return [
        review
        for review in desk.waiting.of_line(call.contact_point).reviews
        if review.possible is not None
        and review.possible.is_of_call(decision=call.decision, call_ref=call.call_ref)
    ]


def _decide(review: Review, decision: Decision, desk: ReviewDesk) -> None:
    with suppress(Conflict):
        decide(review.id, decision, desk)


def _widest(scope: Scope, waiting: list[Review]) -> Scope:
    """Return the scope of what was heard where it is as wide as what the code stands for."""
    heard = (review.possible.scope for review in waiting if review.possible is not None)
    return next((wider for wider in heard if is_as_wide(wider, scope)), scope)
