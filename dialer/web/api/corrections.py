"""`POST /v1/objections/{id}/correction`: misheard, mispressed, or for another line; two people say so."""

from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field

from dialer.calls.shape import STRICT
from dialer.consents.approval import Review, ReviewState, Ruling
from dialer.errors import Conflict, NotAllowed, NotFound
from dialer.objections.corrected import KeptObjection, Why
from dialer.objections.correction import Wish, propose, settle_correction
from dialer.people.roles import Role
from dialer.web.api.door import Asked, Doors
from dialer.web.api.people import person_of
from dialer.web.guards import require_sight

DOORS = Doors("Corrections")


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionGiven:
    """What is wrong with the objection, and in `note` how that is known."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    why: Why
    note: Annotated[str, Field(max_length=2_000)] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionKept:
    """Where it stands. `open`: the objection counts until a second person approves `review`."""

    objection: str
    review: str
    state: Literal["open", "approved"]
    why: str


@DOORS.post(
    "/v1/objections/{id}/correction",
    roles=(Role.AGENT, Role.SUPERVISOR),
    body=CorrectionGiven,
    required=("why",),
    answer=CorrectionKept,
    status=201,
    problems=(NotFound, Conflict, NotAllowed),
)
def post_correction(asked: Asked[CorrectionGiven, None], id: str) -> CorrectionKept:
    """Propose that an objection was never said, or, as a second person and a supervisor, agree to it.

    The objection is never deleted; its scope ends with the second person's word, and destinations are told.
    """
    kept = _found(asked, id)
    waiting = asked.parts.corrections.corrections.waiting(kept)
    agrees = asked.key.passes(Role.SUPERVISOR)
    return _shown(_agreed(asked, waiting) if waiting and agrees else _proposed(asked, kept))


def _found(asked: Asked[CorrectionGiven, None], objection_id: str) -> KeptObjection:
    kept = asked.parts.objections.find(objection_id)
    if kept is None:
        raise NotFound("no such objection")
    require_sight(asked.key, kept.objection.principal, "objection")
    return kept


def _proposed(asked: Asked[CorrectionGiven, None], kept: KeptObjection) -> Review:
    given = asked.body
    wish = Wish(objection=kept.objection.id or "", why=given.why, note=given.note, by=person_of(asked.key))
    return propose(kept, wish, asked.parts.corrections)


def _agreed(asked: Asked[CorrectionGiven, None], waiting: Review) -> Review:
    """Take a second person's word for what waits; they must say the same is wrong with it."""
    if waiting.why != asked.body.why:
        raise Conflict(f"it waits as {waiting.why}: agree to that, or reject it and propose your own")
    ruling = Ruling(outcome="approve", by=person_of(asked.key), note=asked.body.note)
    return settle_correction(waiting.id, ruling, asked.parts.corrections)


def _shown(review: Review) -> CorrectionKept:
    state: Literal["open", "approved"] = "open" if review.state is ReviewState.OPEN else "approved"
    return CorrectionKept(objection=review.subject, review=review.id, state=state, why=review.why)
