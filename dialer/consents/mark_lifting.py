"""Ends a mark on a line that should not stand: one proposes, a second person agrees; nothing is deleted.

A mark closes a line: wrong person, deceased, vulnerable, legal. The lifting stands beside it on each of its
lines, and any day before is judged as it was. A link that a report took away comes back only when somebody
links them again.
"""

from dataclasses import dataclass
from typing import Any, ClassVar, Final, Literal, Protocol

from pydantic import AwareDatetime

from dialer.calls.shape import STRICT
from dialer.clock import Clock
from dialer.consents.approval import Person, Review, ReviewKind, Ruling, is_repeated, ruled, until_settled
from dialer.consents.line_facts import Mark
from dialer.errors import Conflict, NotFound
from dialer.ids import Kind, new_id

Why = Literal["misreported", "wrong_line", "no_longer_so"]
WHYS: Final[tuple[Why, ...]] = ("misreported", "wrong_line", "no_longer_so")


@dataclass(frozen=True, slots=True, kw_only=True)
class Lifting:
    """The end of one mark, as it stands on each of its lines; `id` is the review that agreed to it."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    id: str
    mark: str
    why: Why
    lifted_at: AwareDatetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What somebody says is wrong with a mark; `line` is where they see it."""

    line: str
    why: Why
    note: str | None
    by: Person


class Liftings(Protocol):
    """Keeps liftings; see `store.liftings`. Each raises CannotKeep; False means *try again*."""

    def find(self, review_id: str) -> Review | None:
        """Return one review, None if there is none."""
        ...

    def mark(self, line: str, mark_id: str) -> Mark | None:
        """Return a mark that stands or stood on a line, with its end where it has one."""
        ...

    def waiting(self, line: str, mark_id: str) -> Review | None:
        """Return the proposal that waits on this line, None if none does."""
        ...

    def propose(self, review: Review) -> bool:
        """Keep a proposal where no judge looks."""
        ...

    def settle(self, mark: Mark, before: Review, after: Review, *, why: Why) -> bool:
        """End the mark on every line it stands on, or turn the proposal down."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class LiftingDesk:
    """The parts a lifting needs."""

    liftings: Liftings
    clock: Clock


def propose_lifting(mark: Mark, wish: Wish, desk: LiftingDesk) -> Review:
    """Keep that somebody says so, until a second person agrees; the mark stands till then.

    Raises Conflict for a mark that is lifted, or whose lifting waits already.
    """

    def once() -> Review | None:
        held = desk.liftings.mark(wish.line, mark.id)
        if held is None or held.lifted_at is not None:
            raise Conflict("this mark is lifted already; its line's dossier says by whom")
        if desk.liftings.waiting(wish.line, mark.id) is not None:
            raise Conflict("the lifting of this mark waits already: a second person must agree to it")
        review = _review(mark, wish, desk)
        return review if desk.liftings.propose(review) else None

    return until_settled(once)


def settle_lifting(review_id: str, ruling: Ruling, desk: LiftingDesk) -> Review:
    """Settle a proposal and return its review. Raises NotFound, NotAllowed, Conflict and CannotKeep."""

    def once() -> Review | None:
        before = desk.liftings.find(review_id)
        mark = desk.liftings.mark(before.contact_point, before.subject) if before is not None else None
        if before is None or mark is None:
            raise NotFound("no such review; GET /v1/reviews lists what waits")
        if is_repeated(before, ruling):
            return before
        after = ruled(before, ruling, at=desk.clock())
        return after if desk.liftings.settle(mark, before, after, why=_why(before)) else None

    return until_settled(once)


def _review(mark: Mark, wish: Wish, desk: LiftingDesk) -> Review:
    at = desk.clock()
    return Review(
        id=new_id(Kind.REVIEW, at=at),
        kind=ReviewKind.MARK,
        subject=mark.id,
        contact_point=wish.line,
        principal=mark.principal,
        proposed_by=wish.by,
        proposed_at=at,
        why=wish.why,
        note=wish.note,
    )


def _why(review: Review) -> Why:
    return next(why for why in WHYS if why == review.why)
