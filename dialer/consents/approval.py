"""Two people: what would lift a no waits until somebody else has agreed; who agreed, when and why is kept.

One shape for everything that waits for a person. Nobody agrees to what they proposed themselves, whatever
their role; two keys of one name, or of one agent, are one person.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar, Literal, Protocol

from pydantic import AwareDatetime

from dialer.calls.shape import STRICT
from dialer.clock import Clock
from dialer.errors import CannotKeep, Conflict, NotAllowed, NotFound
from dialer.objections.possible import PossibleOptOut

TRIES = 8


class ReviewKind(StrEnum):
    """What waits."""

    CONSENT = "consent"
    SOLICITATION = "solicitation"
    RELATIONSHIP = "relationship"
    CORRECTION = "correction"
    MARK = "mark"
    OPT_OUT = "opt_out"


class ReviewState(StrEnum):
    """Where it stands; from `open` there are two ways and no way back.

    What was proposed is approved or rejected; a possible opt-out is confirmed, and so in force, or released.
    """

    OPEN = "open"
    APPROVED = "approved"
    REJECTED = "rejected"
    CONFIRMED = "confirmed"
    RELEASED = "released"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Who did it: the holder of a key, or whoever sat at the terminal. `agent` is an agent's own record.

    A possible opt-out is proposed by the `hearing`, and settled by the `timetable` where nobody else does.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    kind: Literal["key", "user", "terminal", "hearing", "timetable"]
    id: str
    name: str
    agent: str | None = None

    def is_same_as(self, other: "Person") -> bool:
        """Say whether the two are, or may be, one person; doubt says yes."""
        same_agent = self.agent is not None and self.agent == other.agent
        same_name = self.name.strip().casefold() == other.name.strip().casefold()
        return (self.kind, self.id) == (other.kind, other.id) or same_agent or same_name


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """One thing that waits, or waited, for a second person.

    `subject` is the id of the record proposed, or of the objection to be corrected; `over` are the noes that
    stood in its way when it was proposed. `principal` None concerns every principal. `note` is the
    proposer's, `ruling_note` that of whoever settled it. `possible` says what was heard, for an opt-out.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    id: str
    kind: ReviewKind
    subject: str
    contact_point: str
    principal: str | None = None
    proposed_by: Person
    proposed_at: AwareDatetime
    why: str
    note: str | None = None
    over: tuple[str, ...] = ()
    state: ReviewState = ReviewState.OPEN
    settled_by: Person | None = None
    settled_at: AwareDatetime | None = None
    ruling_note: str | None = None
    possible: PossibleOptOut | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """What the second person says."""

    outcome: Literal["approve", "reject"]
    by: Person
    note: str | None = None


class Reviews(Protocol):
    """Keeps what waits; see `store.reviews`. Both raise CannotKeep."""

    def find(self, review_id: str) -> Review | None:
        """Return one review, None if there is none. One round trip."""
        ...

    def settle(self, before: Review, after: Review) -> bool:
        """Keep the ruling and what it does, all or nothing; False if something changed meanwhile.

        Raises Conflict where a no came since it was proposed.
        """
        ...


def ruled(review: Review, ruling: Ruling, *, at: datetime) -> Review:
    """Return the review as the ruling settles it.

    Raises Conflict for one that is settled, NotAllowed where one person would agree with themselves. To turn
    down one's own proposal opens nothing, so that is taken.
    """
    if review.state is not ReviewState.OPEN:
        raise Conflict(f"this was {review.state} before; propose it again if it must be looked at again")
    if ruling.outcome == "approve" and ruling.by.is_same_as(review.proposed_by):
        raise NotAllowed("whoever proposed it may not approve it: a second person must")
    return replace(
        review, state=_state_after(ruling), settled_by=ruling.by, settled_at=at, ruling_note=ruling.note
    )


def is_repeated(review: Review, ruling: Ruling) -> bool:
    """Say whether this very ruling was kept before: whoever lost the answer to it sends it again."""
    kept = (review.state, review.settled_by, review.ruling_note)
    return kept == (_state_after(ruling), ruling.by, ruling.note)


def _state_after(ruling: Ruling) -> ReviewState:
    return ReviewState.APPROVED if ruling.outcome == "approve" else ReviewState.REJECTED


def settle(review_id: str, ruling: Ruling, reviews: Reviews, clock: Clock) -> Review:
    """Settle what waits, and return it as it was kept; a few round trips, more while its line changes.

    The same ruling by the same person again returns what was kept then.
    Raises NotFound, NotAllowed, Conflict and CannotKeep.
    """

    def once() -> Review | None:
        review = reviews.find(review_id)
        if review is None:
            raise NotFound("no such review; GET /v1/reviews lists what waits")
        if is_repeated(review, ruling):
            return review
        after = ruled(review, ruling, at=clock())
        return after if reviews.settle(review, after) else None

    return until_settled(once)


def until_settled(once: Callable[[], Review | None]) -> Review:
    """Repeat an act that answers None while what it rests on changes; raises CannotKeep."""
    for _ in range(TRIES):
        found = once()
        if found is not None:
            return found
    raise CannotKeep("the line kept changing while it was settled; nothing was kept; send it again")
