"""Settle a possible no: a person confirms it, says it was none, or puts its scope right.

An objection that came in between wins: then nobody releases the hold, and one as wide settles it. Every
decision is appended, on disk and in the ledger. What nobody settles is `objections.overdue`'s.
"""

from dataclasses import dataclass, replace
from enum import StrEnum

from dialer.consents.approval import Person, Review, ReviewState, until_settled
from dialer.errors import Conflict, Fault, NotFound, Unreadable
from dialer.ids import Kind, id_for, new_id
from dialer.law.records import Objection, Reach, Scope
from dialer.objections.holding import Release, Why
from dialer.objections.possible import PossibleOptOut
from dialer.objections.reach import settles
from dialer.objections.record import record
from dialer.objections.saying import Saying
from dialer.objections.waiting import ReviewDesk, Standing
from dialer.people.keys import digest_of


class Finding(StrEnum):
    """What a person finds that was said."""

    CONFIRM = "confirm"
    NOT_AN_OPT_OUT = "not_an_opt_out"
    CHANGE_SCOPE = "change_scope"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What somebody decides; `note` says why, and must where the hold is lifted. `scope` is a changed one."""

    finding: Finding
    by: Person
    note: str | None = None
    scope: Scope | None = None


def decide(review_id: str, decision: Decision, desk: ReviewDesk) -> Review:
    """Settle a possible no and return its review; the same decision again returns what was kept then.

    Raises Unreadable for one that lacks its reason or scope, NotFound, Conflict where it was settled
    otherwise or an objection came since, and CannotKeep.
    """
    _insist_it_is_whole(decision)

    def once() -> Review | None:
        review = desk.waiting.find(review_id)
        if review is None or review.possible is None:
            raise NotFound("no such review; GET /v1/reviews lists what waits")
        if _is_repeated(review, decision):
            return review
        if review.state is not ReviewState.OPEN:
            raise Conflict(f"this was {review.state} before, and that stands")
        if decision.finding is Finding.NOT_AN_OPT_OUT:
            return _release(review, decision, desk)
        return _confirm(review, decision, desk)

    return until_settled(once)


def _confirm(review: Review, decision: Decision, desk: ReviewDesk) -> Review | None:
    scope = decision.scope or _possible(review).scope
    standing = desk.waiting.standing(review)
    no = overtaking(review, standing, scope)
    if no is None:
        # In force before the hold goes: if the rest fails, the sweep finds it and settles the review.
        record(_saying(review, scope), desk.desk)
        standing = desk.waiting.standing(review)
        no = overtaking(review, standing, scope)
    if no is None:
        return None  # Two people have ended it already, or it is not on the line yet: look again.
    return _settle(review, decision, desk, standing, ReviewState.CONFIRMED, objection=no.id)


def _release(review: Review, decision: Decision, desk: ReviewDesk) -> Review | None:
    """Lift the hold, unless an objection came since or it counts as one by now."""
    standing = desk.waiting.standing(review)
    newer = sorted(no.id or "" for no in standing.objections if _came_since(no, review))
    if newer:
        raise Conflict(
            f"they objected since ({', '.join(newer)}): that stands; confirm this one, or leave it"
        )
    if desk.desk.clock() >= _possible(review).comes_into_force_at:
        raise Conflict(
            "it has waited so long that it is in force as an objection; two people may correct that"
        )
    return _settle(review, decision, desk, standing, ReviewState.RELEASED, objection=None)


def _settle(
    review: Review,
    decision: Decision,
    desk: ReviewDesk,
    standing: Standing,
    state: ReviewState,
    *,
    objection: str | None,
) -> Review | None:
    at = desk.desk.clock()
    after = replace(
        review,
        state=state,
        settled_by=decision.by,
        settled_at=at,
        ruling_note=decision.note,
        possible=replace(_possible(review), objection=objection, changed_scope=decision.scope),
    )
    why: Why = "recorded_as_objection" if objection is not None else "not_an_objection"
    release = Release(
        id=new_id(Kind.REVIEW, at=at),
        hold=review.subject,
        why=why,
        released_at=at,
        by=decision.by.agent or decision.by.name,
        objection=objection,
        note=decision.note,
    )
    return after if desk.waiting.settle(review, after, release, standing) else None


def overtaking(review: Review, standing: Standing, scope: Scope) -> Objection | None:
    """Return an objection of since then that is as wide as this one with that scope, None if none is."""
    line, principal = review.contact_point, review.principal
    return next(
        (
            no
            for no in standing.objections
            if _came_since(no, review) and settles(no, contact_point=line, principal=principal, scope=scope)
        ),
        None,
    )


def _came_since(no: Objection, review: Review) -> bool:
    is_theirs = no.principal in (None, review.principal) or (
        no.scope is not None and no.scope.reach in (Reach.GROUP, Reach.OPERATOR)
    )
    is_newer = no.recorded_at is None or no.recorded_at >= review.proposed_at
    return is_theirs and is_newer and no.corrected_at is None


def _saying(review: Review, scope: Scope) -> Saying:
    """Return the objection that this is; its id is of hold and scope, so that nothing is recorded twice."""
    possible = _possible(review)
    told = digest_of(f"confirmed|{possible.hold}|{scope!r}")
    return Saying(
        contact_point=review.contact_point,
        principal=review.principal,
        operator=possible.operator,
        scope=scope,
        source=possible.source,
        person=possible.person,
        words=possible.words,
        # A no is in force from when it was said.
        effective_at=review.proposed_at,
        decision=possible.decision,
        call_ref=possible.call_ref,
        campaign=possible.campaign,
        agent=possible.agent,
        proof=possible.proof,
        objection_id=id_for(Kind.OBJECTION, told),
    )


def _possible(review: Review) -> PossibleOptOut:
    assert review.possible is not None, "a review of a possible no always says what was heard"
    return review.possible


def _insist_it_is_whole(decision: Decision) -> None:
    if decision.finding is Finding.NOT_AN_OPT_OUT and not (decision.note or "").strip():
        fault = Fault("/note", "is required: what was said instead, or how that is known")
        raise Unreadable("to lift a hold needs a reason", faults=(fault,))
    if (decision.scope is not None) is not (decision.finding is Finding.CHANGE_SCOPE):
        fault = Fault("/scope", "goes with change_scope, and only with it")
        raise Unreadable("which scope is meant?", faults=(fault,))


def _is_repeated(review: Review, decision: Decision) -> bool:
    released = decision.finding is Finding.NOT_AN_OPT_OUT
    state = ReviewState.RELEASED if released else ReviewState.CONFIRMED
    kept = (review.state, review.settled_by, review.ruling_note, _possible(review).changed_scope)
    return kept == (state, decision.by, decision.note, decision.scope)
