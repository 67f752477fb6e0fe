"""What waits for a person: listed and settled; and who settled what, as a report."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field

from dialer.calls.shape import STRICT
from dialer.consents.approval import Review, ReviewKind, Ruling, settle
from dialer.consents.mark_lifting import settle_lifting
from dialer.errors import Conflict, Fault, NotAllowed, NotFound, Unreadable
from dialer.law.records import Scope
from dialer.objections.correction import settle_correction
from dialer.objections.review import Decision, Finding, decide
from dialer.people.roles import Role, Sight
from dialer.reading.shapes import adapter
from dialer.reports.care import is_review_shown, review_without_care
from dialer.reports.period import period
from dialer.web.api.door import READERS, Asked, Doors
from dialer.web.api.paging import Page, Paged, cursor_of, position_of
from dialer.web.api.people import person_of
from dialer.web.api.when import day_of
from dialer.wiring import Parts

DOORS = Doors("Reviews")
Day = Annotated[str, Field(json_schema_extra={"format": "date"}, max_length=10)]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewsAsked(Paged):
    """Which reviews; what is absent is no filter."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    kind: ReviewKind | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalsAsked(Paged):
    """From day to day in London, both included."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    from_: Annotated[Day, Field(alias="from")]
    to: Day
    kind: ReviewKind | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RulingGiven:
    """What is decided, and in `note` why.

    What was proposed is approved or rejected. A possible opt-out is confirmed, found not to be one (then the
    note is required), or confirmed with another `scope` (`change_scope`).
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    outcome: Literal["approve", "reject", "confirm", "not_an_opt_out", "change_scope"]
    note: Annotated[str, Field(max_length=2_000)] | None = None
    scope: Scope | None = None


@DOORS.get("/v1/reviews", roles=READERS, query=ReviewsAsked, answer=Page[Review])
def list_reviews(asked: Asked[None, ReviewsAsked]) -> dict[str, Any]:
    """List what waits for a person, the longest waiting first; `kind=opt_out` are possible opt-outs."""
    query = asked.query
    page = asked.parts.reviews.open_page(
        _wanted(asked, query.kind), after=position_of(query.cursor), at_most=query.limit
    )
    return _shown(page.reviews, page.next, asked.sight)


@DOORS.get("/v1/reviews/{id}", roles=READERS, answer=Review, problems=(NotFound,))
def get_review(asked: Asked[None, None], id: str) -> Review:
    """Read what waits or waited: who proposed it, what was heard, who settled it, when and why."""
    return review_without_care(_found(asked, id), asked.sight)


@DOORS.post(
    "/v1/reviews/{id}",
    roles=(Role.SUPERVISOR,),
    body=RulingGiven,
    required=("outcome",),
    answer=Review,
    problems=(NotFound, NotAllowed, Conflict),
)
def settle_review(asked: Asked[RulingGiven, None], id: str) -> Review:
    """Settle what waits: approve or reject what was proposed, confirm or release a possible opt-out.

    Nobody approves what they proposed themselves (403). Refused (409) once it is settled, or where somebody
    said no on the line after it was proposed or heard.
    """
    review = _found(asked, id)
    if review.kind is ReviewKind.OPT_OUT:
        settled = decide(review.id, _decision(asked), asked.parts.listening.reviews)
        return review_without_care(settled, asked.sight)
    return _settled(review, _ruling(asked), asked.parts)


@DOORS.get("/v1/reports/approvals", roles=READERS, query=ApprovalsAsked, answer=Page[Review])
def report_approvals(asked: Asked[None, ApprovalsAsked]) -> dict[str, Any]:
    """Report what a second person settled: who proposed it, who approved or rejected it, when and why."""
    query = asked.query
    days = period(day_of(query.from_, pointer="/from"), day_of(query.to, pointer="/to"))
    page = asked.parts.reviews.settled_page(
        _wanted(asked, query.kind),
        since=days.starts_at,
        until=days.ends_before,
        after=position_of(query.cursor),
        at_most=query.limit,
    )
    return _shown(page.reviews, page.next, asked.sight)


def _ruling(asked: Asked[RulingGiven, None]) -> Ruling:
    given = asked.body
    if given.outcome not in ("approve", "reject"):
        raise _wrong_outcome("approve or reject")
    if given.scope is not None:
        fault = Fault("/scope", "goes with change_scope, and only with it")
        raise Unreadable("which scope is meant?", faults=(fault,))
    return Ruling(outcome=given.outcome, by=person_of(asked.key), note=given.note)


def _decision(asked: Asked[RulingGiven, None]) -> Decision:
    given = asked.body
    if given.outcome in ("approve", "reject"):
        raise _wrong_outcome("confirm, not_an_opt_out or change_scope")
    finding = Finding(given.outcome)
    return Decision(finding=finding, by=person_of(asked.key), note=given.note, scope=given.scope)


def _wrong_outcome(outcomes: str) -> Unreadable:
    fault = Fault("/outcome", f"is {outcomes} for a review of this kind")
    return Unreadable("this outcome does not settle a review of this kind", faults=(fault,))


def _found(asked: Asked[Any, Any], review_id: str) -> Review:
    review = asked.parts.reviews.find(review_id)
    if review is None:
        raise NotFound("no such review; GET /v1/reviews lists what waits")
    if not is_review_shown(review, asked.sight):
        raise NotFound("no such review")
    return review


def _settled(review: Review, ruling: Ruling, parts: Parts) -> Review:
    if review.kind is ReviewKind.CORRECTION:
        return settle_correction(review.id, ruling, parts.corrections)
    if review.kind is ReviewKind.MARK:
        return settle_lifting(review.id, ruling, parts.liftings)
    return settle(review.id, ruling, parts.reviews, parts.clock)


def _wanted(asked: Asked[None, Any], kind: ReviewKind | None) -> Callable[[Review], bool]:
    return lambda review: kind in (None, review.kind) and is_review_shown(review, asked.sight)


def _shown(reviews: tuple[Review, ...], position: str | None, sight: Sight) -> dict[str, Any]:
    seen = (review_without_care(review, sight) for review in reviews)
    items = [adapter(Review).dump_python(review, mode="json") for review in seen]
    return {"items": items, "next_cursor": cursor_of(position) if position is not None else None}
