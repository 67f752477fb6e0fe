"""What a machine heard on one day: each no it judged by itself, how it stands, and a way to question it."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from flask import make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from dialer.clock import london_day
from dialer.errors import Conflict, Fault, NotAllowed, NotFound, RingfenceError, Unreadable
from dialer.law.days import day_starts
from dialer.objections.corrected import KeptObjection
from dialer.objections.correction import Wish, propose
from dialer.objections.play_clip import clip_of_objection, clip_of_review
from dialer.objections.recordings import Clip
from dialer.reports.heard import HeardNo, HeardPage
from dialer.web.console.entrance import Visitor, insist_on_own_form
from dialer.web.console.names import Names
from dialer.web.console.no_cards import NoCard, card_of_heard, may_be_questioned
from dialer.web.console.review_filters import HeardFilters, read_heard_filters
from dialer.web.console.review_rulings import person_of_user
from dialer.web.console.reviews import may_decide
from dialer.web.parts import parts_of_app
from dialer.wiring import Parts

ON_A_PAGE: Final = 25


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One of them, ready to be drawn."""

    heard: HeardNo
    card: NoCard
    may_be_questioned: bool


def heard(visitor: Visitor) -> AnyResponse:
    """Show what was heard on a day, today unless the address names another."""
    return _page(visitor)


def question_objection(visitor: Visitor, objection_id: str) -> AnyResponse:
    """Keep that somebody says it was never said, until a second person has listened and agrees."""
    insist_on_own_form()
    if not may_decide(visitor):
        raise NotAllowed("an objection is questioned by its agent or a supervisor; auditors read")
    parts = parts_of_app()
    kept, note = objection_seen(parts, visitor, objection_id), request.form.get("note", "").strip()
    by = person_of_user(visitor.user)
    try:
        if not note:
            raise Unreadable("say what they said instead", faults=(Fault("note", "is required"),))
        propose(kept, Wish(objection=objection_id, why="misheard", note=note, by=by), parts.corrections)
    except (Conflict, Unreadable) as problem:
        return _page(visitor, problem)
    address: dict[str, Any] = {**_filters(parts).address}
    return redirect(url_for("console.heard", _anchor=objection_id, **address), 303)


def objection_seen(parts: Parts, visitor: Visitor, objection_id: str) -> KeptObjection:
    """Return an objection that this reader may see; raises NotFound."""
    kept = parts.objections.find(objection_id)
    if kept is None or not visitor.user.sight.sees(kept.objection.principal):
        raise NotFound("there is no such objection")
    return kept


def _page(visitor: Visitor, problem: RingfenceError | None = None) -> AnyResponse:
    parts = parts_of_app()
    filters, names = _filters(parts), Names(parts.configuration.current())
    found = _found(filters, visitor, parts)
    page = render_template(
        "console/heard.html",
        visitor=visitor,
        filters=filters,
        before=filters.day - timedelta(days=1),
        after=filters.day + timedelta(days=1),
        items=[_shown(item, visitor, parts, names) for item in found.items],
        next=found.next,
        problem=problem,
        names=names,
        may_decide=may_decide(visitor),
    )
    return make_response(page, problem.status if problem is not None else 200)


def _filters(parts: Parts) -> HeardFilters:
    return read_heard_filters(request.args, today=london_day(parts.clock()))


def _found(filters: HeardFilters, visitor: Visitor, parts: Parts) -> HeardPage:
    return parts.heard.page(
        filters.wanted,
        visitor.user.sight,
        since=day_starts(filters.day),
        until=day_starts(filters.day + timedelta(days=1)),
        after=filters.after,
        at_most=ON_A_PAGE,
    )


def _shown(item: HeardNo, visitor: Visitor, parts: Parts, names: Names) -> Shown:
    card = card_of_heard(item, _clip(item, parts), visitor, names)
    return Shown(heard=item, card=card, may_be_questioned=may_be_questioned(item))


def _clip(item: HeardNo, parts: Parts) -> Clip | None:
    """Return its sound, if any was kept; two round trips."""
    review = parts.reviews.find(item.review) if item.review is not None else None
    if review is not None:
        return clip_of_review(review, parts.clips)
    kept = parts.objections.find(item.objection) if item.objection is not None else None
    return clip_of_objection(kept, parts.clips) if kept is not None else None
