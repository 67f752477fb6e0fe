"""A possible no: held and queued in one act, at once; one review a call, however often it was said."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol

from dialer.consents.approval import Person, Review, ReviewKind, ReviewState, until_settled
from dialer.ids import Kind, id_for
from dialer.law.records import Hold, Objection
from dialer.objections.holding import Holding, Release
from dialer.objections.maturing import comes_into_force_at
from dialer.objections.possible import PossibleOptOut
from dialer.objections.reach import is_as_wide
from dialer.objections.record import Configurations, Desk
from dialer.objections.saying import Saying
from dialer.people.keys import digest_of

HEARING: Final = Person(kind="hearing", id="hearing", name="hearing")


@dataclass(frozen=True, slots=True)
class Standing:
    """The lines of one hold, each with its seq, and the objections on the line it was heard on."""

    seqs: dict[str, int]
    objections: tuple[Objection, ...]


@dataclass(frozen=True, slots=True)
class OnLine:
    """The possible noes that wait on one line, at this seq of it."""

    seq: int
    reviews: tuple[Review, ...]


class Waiting(Protocol):
    """Keeps possible noes; see `store.possible_noes`. Each raises CannotKeep; False means *try again*."""

    def find(self, review_id: str) -> Review | None:
        """Return one review, None if there is none."""
        ...

    def of_line(self, contact_point: str) -> OnLine:
        """Return the possible noes that wait on one line."""
        ...

    def due(self, at: datetime) -> list[Review]:
        """Return those that come into force by then, the earliest first; at most some hundred."""
        ...

    def open_ones(self) -> Iterable[Review]:
        """Yield every possible no that waits."""
        ...

    def open(self, holding: Holding, review: Review, *, seq: int, at: datetime) -> bool:
        """Hold each line and queue the review, in one act, if its line has this seq; once."""
        ...

    def standing(self, review: Review) -> Standing:
        """Return what stands on its lines now."""
        ...

    def settle(self, before: Review, after: Review, release: Release, standing: Standing) -> bool:
        """Release the hold and settle its review in one act, if the lines still stand so."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewDesk:
    """The parts that possible noes need."""

    waiting: Waiting
    desk: Desk

    @property
    def configurations(self) -> Configurations:
        """Return who holds the configuration."""
        return self.desk.configurations


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """What was heard of a possible no, beside the objection that it would be."""

    saying: Saying
    label: str
    confidence: float
    span: tuple[int, int] | None
    flags: tuple[str, ...]
    why: str


def hold_for_review(doubt: Doubt, desk: ReviewDesk) -> Review:
    """Hold the line for a possible no, on disk, and return its review.

    A call in which one as wide waits already gets no second review: whoever decides looks at the call.
    """

    def once() -> Review | None:
        saying = doubt.saying
        on_line = desk.waiting.of_line(saying.contact_point)
        for waits in on_line.reviews:
            if _is_said_already(saying, waits):
                return waits
        at = desk.desk.clock()
        review = _review(doubt, desk.configurations, at=at)
        is_open = desk.waiting.open(_holding(review, at), review, seq=on_line.seq, at=at)
        return review if is_open else None

    return until_settled(once)


def review_id_of(hold_id: str) -> str:
    """Return the id of the review that a hold waits in."""
    return id_for(Kind.REVIEW, digest_of(f"possible|{hold_id}"))


def _is_said_already(saying: Saying, waits: Review) -> bool:
    possible = waits.possible
    return (
        possible is not None
        and waits.principal == saying.principal
        and possible.is_of_call(decision=saying.decision, call_ref=saying.call_ref)
        and is_as_wide(possible.scope, saying.scope)
    )


def _review(doubt: Doubt, configurations: Configurations, *, at: datetime) -> Review:
    saying = doubt.saying
    hold = id_for(Kind.HOLD, digest_of(f"possible|{saying.objection_id}|{saying.principal}"))
    possible = PossibleOptOut(
        hold=hold,
        scope=saying.scope,
        source=saying.source,
        comes_into_force_at=comes_into_force_at(at, configurations.believed().policy),
        words=saying.words,
        span=doubt.span,
        label=doubt.label,
        confidence=doubt.confidence,
        flags=doubt.flags,
        operator=saying.operator,
        person=saying.person,
        campaign=saying.campaign,
        agent=saying.agent,
        decision=saying.decision,
        call_ref=saying.call_ref,
        proof=saying.proof,
    )
    return Review(
        id=review_id_of(hold),
        kind=ReviewKind.OPT_OUT,
        subject=hold,
        contact_point=saying.contact_point,
        principal=saying.principal,
        proposed_by=HEARING,
        proposed_at=at,
        why=doubt.why,
        state=ReviewState.OPEN,
        possible=possible,
    )


def _holding(review: Review, at: datetime) -> Holding:
    possible = review.possible
    assert possible is not None, "made with it a moment ago"
    hold = Hold(
        id=possible.hold,
        contact_point=review.contact_point,
        principal=review.principal,
        campaign=possible.campaign,
        kind="possible_objection",
        scope=possible.scope,
        since=at,
        becomes_objection_at=possible.comes_into_force_at,
        recorded_at=at,
    )
    return Holding(
        hold=hold,
        source=possible.source,
        by=HEARING.name,
        person=possible.person,
        scope=possible.scope,
        words=possible.words,
        decision=possible.decision,
        call_ref=possible.call_ref,
    )
