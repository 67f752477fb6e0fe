"""The queue: what may have been a no, and noes that were never said; a person hears, reads and decides."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from flask import make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from dialer.consents.approval import Review, ReviewKind
from dialer.errors import Conflict, NotAllowed, NotFound, RingfenceError, Unreadable
from dialer.objections.corrected import KeptObjection
from dialer.people.roles import STANDS_FOR, Role
from dialer.reports.care import is_review_shown
from dialer.store.reviews import ReviewPage
from dialer.web.console.entrance import Visitor, insist_on_own_form
from dialer.web.console.names import Names
from dialer.web.console.no_cards import FLAGS, LABELS, NoCard, card_of_objection, card_of_possible
from dialer.web.console.review_filters import QueueFilters, QueueOrder, read_queue_filters
from dialer.web.console.review_rulings import CHANNELS, REACHES, person_of_user, settle_by_form
from dialer.web.parts import parts_of_app
from dialer.wiring import Parts

ON_A_PAGE: Final = 20
# More waits nowhere: that is ten shifts of 200 agents (docs/possible-opt-outs.md).
MOST_SORTED: Final = 1_000
_SHOWN: Final = frozenset({ReviewKind.OPT_OUT, ReviewKind.CORRECTION})


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """One thing that waits, ready to be drawn; `is_own` says that this reader proposed it."""

    review: Review
    card: NoCard
    is_own: bool
    objection: KeptObjection | None = None


def reviews(visitor: Visitor) -> AnyResponse:
    """Show a page of the queue."""
    return _page(visitor)


def settle_review(visitor: Visitor, review_id: str) -> AnyResponse:
    """Settle one as the form says and go on with the queue; what is wrong with it is said above."""
    insist_on_own_form()
    if not may_decide(visitor):
        raise NotAllowed("a review is settled by a supervisor; auditors read what became of it")
    parts = parts_of_app()
    try:
        review = review_seen(parts, visitor, review_id)
        settle_by_form(review, request.form, visitor.user, parts)
    except (Unreadable, Conflict, NotAllowed) as problem:
        return _page(visitor, problem)
    address: dict[str, Any] = {**read_queue_filters(request.args).address}
    return redirect(url_for("console.reviews", done=review_id, **address), 303)


def review_seen(parts: Parts, visitor: Visitor, review_id: str) -> Review:
    """Return a review that this reader may see; raises NotFound."""
    review = parts.reviews.find(review_id)
    if review is None or not is_review_shown(review, visitor.user.sight):
        raise NotFound("there is no such review; the queue shows what waits")
    return review


def may_decide(visitor: Visitor) -> bool:
    """Say whether this reader settles reviews."""
    return Role.SUPERVISOR in STANDS_FOR[visitor.user.role]


def _page(visitor: Visitor, problem: RingfenceError | None = None) -> AnyResponse:
    parts = parts_of_app()
    filters, names = read_queue_filters(request.args), Names(parts.configuration.current())
    found = _found(filters, visitor, parts)
    page = render_template(
        "console/reviews.html",
        visitor=visitor,
        filters=filters,
        waiting=[_waiting(review, visitor, parts, names) for review in found.reviews],
        next=found.next,
        done=_done(visitor, parts),
        problem=problem,
        names=names,
        now=parts.clock(),
        may_decide=may_decide(visitor),
        channels=CHANNELS,
        reaches=REACHES,
        flags=FLAGS,
        labels=LABELS,
    )
    return make_response(page, problem.status if problem is not None else 200)


def _found(filters: QueueFilters, visitor: Visitor, parts: Parts) -> ReviewPage:
    """Return a page of the queue in the order of when each was heard; the store's own order is by name.

    Where what came before was settled meanwhile, the page is the first one again.
    """
    found = parts.reviews.open_page(_wanted(filters, visitor, parts), after=None, at_most=MOST_SORTED)
    is_newest_first = filters.order is QueueOrder.NEWEST
    ordered = sorted(found.reviews, key=lambda each: (each.proposed_at, each.id), reverse=is_newest_first)
    places = (place for place, each in enumerate(ordered, start=1) if each.id == filters.after)
    first = next(places, 0)
    shown = tuple(ordered[first : first + ON_A_PAGE])
    return ReviewPage(shown, shown[-1].id if first + ON_A_PAGE < len(ordered) else None)


def _wanted(filters: QueueFilters, visitor: Visitor, parts: Parts) -> Callable[[Review], bool]:
    def is_wanted(review: Review) -> bool:
        if review.kind not in _SHOWN or not is_review_shown(review, visitor.user.sight):
            return False
        if filters.kind is not None and filters.kind.value != review.kind.value:
            return False
        if filters.campaign is None and filters.agent is None:
            return True
        said_in = review.possible or parts.objections.find(review.subject)
        return said_in is not None and (
            filters.campaign in {None, said_in.campaign or ""}
            and filters.agent in {None, said_in.agent or ""}
        )

    return is_wanted


def _waiting(review: Review, visitor: Visitor, parts: Parts, names: Names) -> Waiting:
    is_own = review.proposed_by.is_same_as(person_of_user(visitor.user))
    if review.kind is ReviewKind.OPT_OUT:
        return Waiting(review=review, card=card_of_possible(review, visitor, parts, names), is_own=False)
    kept = parts.objections.find(review.subject)
    if kept is None:
        raise NotFound("the objection that this correction is about is not there; restore a backup")
    card = card_of_objection(review.id, kept, visitor, parts, names)
    return Waiting(review=review, card=card, is_own=is_own, objection=kept)


def _done(visitor: Visitor, parts: Parts) -> Review | None:
    """Return the review that was settled a moment ago, to say what became of it."""
    named = request.args.get("done")
    review = parts.reviews.find(named) if named else None
    is_shown = review is not None and is_review_shown(review, visitor.user.sight)
    return review if is_shown else None
