"""What the agent found out settles what was heard in their call: asked us to stop, or fine to call.

*Did not ask* settles nothing: what waits goes on waiting for a person.
"""

from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Final

from dialer.consents.approval import Person, Review
from dialer.consents.line_reports import ReportKind, report_id
from dialer.errors import Conflict, NotFound
from dialer.ids import Kind, new_id
from dialer.law.records import Scope
from dialer.objections.holding import Holds, Release, release_line
from dialer.objections.reach import is_as_wide
from dialer.objections.record import record
from dialer.objections.review import Decision, Finding, decide
from dialer.objections.saying import Recorded, Saying
from dialer.objections.waiting import ReviewDesk

ASKED_US_TO_STOP: Final = "the agent asked: they want us to stop"
FINE_TO_CALL: Final = "the agent asked: they are fine with calls"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """The call that an agent wraps up, and who says so."""

    contact_point: str
    decision: str
    call_ref: str | None
    person: str | None
    by: Person


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
