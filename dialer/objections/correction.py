"""Ends an objection that was never said: one proposes, a second person agrees, every destination is told.

Its scope ends when the second person agrees; before, it counts. Nothing is deleted: the correction stands
beside the objection on each of its lines, and any day before it is judged as it was.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from dialer.clock import Clock
from dialer.consents.approval import (
    Person,
    Review,
    ReviewKind,
    ReviewState,
    Ruling,
    is_repeated,
    ruled,
    until_settled,
)
from dialer.delivery.notice import Notice, Withdrawal, notices_for
from dialer.errors import Conflict, NotFound
from dialer.ids import Kind, new_id
from dialer.objections.corrected import WHYS, KeptObjection, Why, insist_it_may_be_corrected
from dialer.objections.record import Configurations
from dialer.screening.configuration import Configuration


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What somebody says is wrong with an objection."""

    objection: str
    why: Why
    note: str | None
    by: Person


class Corrections(Protocol):
    """Keeps corrections; see `store.corrections`. Each raises CannotKeep."""

    def find(self, review_id: str) -> Review | None:
        """Return one review, None if there is none."""
        ...

    def waiting(self, kept: KeptObjection) -> Review | None:
        """Return the correction that waits, None if none does; raises Conflict for one that is done."""
        ...

    def propose(self, kept: KeptObjection, review: Review) -> bool:
        """Keep a proposal where no judge looks; False if the line changed meanwhile."""
        ...

    def settle(
        self,
        kept: KeptObjection,
        before: Review,
        after: Review,
        *,
        why: Why,
        notices: tuple[Notice, ...],
        epoch: int,
    ) -> bool:
        """End the objection on every line it stands on, or turn the proposal down; False to try again."""
        ...


class Objections(Protocol):
    """Finds objections; see `store.objection_records`."""

    def find(self, objection_id: str) -> KeptObjection | None:
        """Return one objection as it was recorded."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionDesk:
    """The parts a correction needs. `ring` wakes the workers of these destinations and never raises."""

    corrections: Corrections
    objections: Objections
    configurations: Configurations
    ring: Callable[[tuple[str, ...]], None]
    clock: Clock


def propose(kept: KeptObjection, wish: Wish, desk: CorrectionDesk) -> Review:
    """Keep that somebody says so, until a second person agrees; nothing is lifted yet.

    The same said again by the same person returns what waits. Raises Conflict for an objection that is the
    callee's own, is corrected, or waits for the second person.
    """
    insist_it_may_be_corrected(kept.objection)
    said = (wish.by, wish.why, wish.note)

    def once() -> Review | None:
        waiting = desk.corrections.waiting(kept)
        if waiting is not None and (waiting.proposed_by, waiting.why, waiting.note) == said:
            return waiting
        if waiting is not None:
            raise Conflict("a correction of this objection waits already: a second person must agree to it")
        review = _review(kept, wish, at=desk.clock())
        return review if desk.corrections.propose(kept, review) else None

    return until_settled(once)


def settle_correction(review_id: str, ruling: Ruling, desk: CorrectionDesk) -> Review:
    """Settle a correction and return its review; every destination learns of one that is agreed to.

    Raises NotFound, NotAllowed, Conflict and CannotKeep.
    """

    def once() -> Review | None:
        before = desk.corrections.find(review_id)
        kept = desk.objections.find(before.subject) if before is not None else None
        if before is None or kept is None:
            raise NotFound("no such review; GET /v1/reviews lists what waits")
        if is_repeated(before, ruling):
            return before
        after = ruled(before, ruling, at=desk.clock())
        configuration = desk.configurations.refresh()
        notices = _notices(kept, after, configuration)
        done = desk.corrections.settle(
            kept, before, after, why=_why(before), notices=notices, epoch=configuration.epoch
        )
        if done:
            desk.ring(tuple(notice.destination for notice in notices))
        return after if done else None

    return until_settled(once)


def _review(kept: KeptObjection, wish: Wish, *, at: datetime) -> Review:
    return Review(
        id=new_id(Kind.REVIEW, at=at),
        kind=ReviewKind.CORRECTION,
        subject=kept.objection.id or "",
        contact_point=kept.objection.contact_point or "",
        principal=kept.objection.principal,
        proposed_by=wish.by,
        proposed_at=at,
        why=wish.why,
        note=wish.note,
    )


def _why(review: Review) -> Why:
    return next(why for why in WHYS if why == review.why)


def _notices(kept: KeptObjection, after: Review, configuration: Configuration) -> tuple[Notice, ...]:
    if after.state is not ReviewState.APPROVED or after.settled_at is None:
        return ()
    told = _told_to_destinations(kept, _why(after), at=after.settled_at)
    return notices_for(told, destinations=configuration.destinations.values(), at=after.settled_at)


def _told_to_destinations(kept: KeptObjection, why: Why, *, at: datetime) -> Withdrawal:
    """Return what destinations are told of a correction: the withdrawal they know, and its end."""
    no = kept.objection
    scope = no.scope
    channels = scope.channels if scope is not None else None
    named = {
        "reach": scope.reach if scope is not None else None,
        "channels": list(channels) if isinstance(channels, tuple) else channels,
        "brand": scope.brand if scope is not None else None,
        "campaign": scope.campaign if scope is not None else None,
        "this_line_only": scope is not None and scope.this_line_only,
        "company": scope is not None and scope.company,
    }
    return Withdrawal(
        id=no.id or "",
        contact_point=no.contact_point or "",
        principal=no.principal,
        operator=no.operator,
        kind=no.kind or "objection",
        scope=named,
        effective_at=no.effective_at or at,
        recorded_at=no.recorded_at or at,
        source=no.source or "",
        call_sid=kept.call_ref,
        corrected_at=at,
        why=why,
    )
