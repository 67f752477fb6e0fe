"""`POST /v1/lines/{ln}/marks/{id}/correction`: a mark that should not stand; two people say so."""

from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field

from dialer.calls.shape import STRICT
from dialer.consents.approval import Review, ReviewState, Ruling
from dialer.consents.line_facts import Mark
from dialer.consents.mark_lifting import Why, Wish, propose_lifting, settle_lifting
from dialer.errors import Conflict, NotAllowed, NotFound
from dialer.people.roles import Role
from dialer.web.api.door import Asked, Doors
from dialer.web.api.line_given import named_line
from dialer.web.api.people import person_of
from dialer.web.guards import require_sight

DOORS = Doors("Corrections")


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkCorrectionGiven:
    """What is wrong with the mark, and in `note` how that is known."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    why: Why
    note: Annotated[str, Field(max_length=2_000)] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkCorrectionKept:
    """Where it stands. `open`: the mark counts until a second person approves `review`."""

    mark: str
    review: str
    state: Literal["open", "approved"]
    why: str


@DOORS.post(
    "/v1/lines/{ln}/marks/{id}/correction",
    roles=(Role.AGENT, Role.SUPERVISOR),
    body=MarkCorrectionGiven,
    required=("why",),
    answer=MarkCorrectionKept,
    status=201,
    problems=(NotFound, Conflict, NotAllowed),
)
def post_mark_correction(asked: Asked[MarkCorrectionGiven, None], ln: str, id: str) -> MarkCorrectionKept:
    """Propose to lift a mark (wrong person, deceased, vulnerable, legal), or agree to it as a second person.

    The mark is never deleted; it ends with the word of a second person of compliance, who alone see marks.
    """
    line, liftings = named_line(asked, ln), asked.parts.liftings.liftings
    mark = liftings.mark(line, id)
    if mark is None:
        raise NotFound("no such mark on this line; its dossier names those there are")
    require_sight(asked.key, mark.principal, "mark")
    waiting = liftings.waiting(line, id)
    return _shown(_agreed(asked, waiting) if waiting is not None else _proposed(asked, line, mark))


def _proposed(asked: Asked[MarkCorrectionGiven, None], line: str, mark: Mark) -> Review:
    wish = Wish(line=line, why=asked.body.why, note=asked.body.note, by=person_of(asked.key))
    return propose_lifting(mark, wish, asked.parts.liftings)


def _agreed(asked: Asked[MarkCorrectionGiven, None], waiting: Review) -> Review:
    """Take a second person's word for what waits; they must say the same is wrong with it."""
    if not asked.sight.sees_care:
        raise Conflict("the lifting of this mark waits already: compliance must agree to it")
    if waiting.why != asked.body.why:
        raise Conflict(f"it waits as {waiting.why}: agree to that, or reject it and propose your own")
    ruling = Ruling(outcome="approve", by=person_of(asked.key), note=asked.body.note)
    return settle_lifting(waiting.id, ruling, asked.parts.liftings)


def _shown(review: Review) -> MarkCorrectionKept:
    state: Literal["open", "approved"] = "open" if review.state is ReviewState.OPEN else "approved"
    return MarkCorrectionKept(mark=review.subject, review=review.id, state=state, why=review.why)
