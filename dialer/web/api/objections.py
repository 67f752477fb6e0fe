"""`POST /v1/objections`: somebody said no. 201 means it is on disk and the next screening blocks."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Annotated, Any, ClassVar, Literal

from pydantic import AwareDatetime, Field

from dialer.calls.shape import STRICT
from dialer.errors import Fault, NotFound, Unreadable
from dialer.ids import Kind
from dialer.law.records import Reach, Scope
from dialer.objections.opt_out import as_wide_as_said
from dialer.objections.record import LONGEST_WORDS, record
from dialer.objections.saying import Recorded, Saying
from dialer.people.roles import Role
from dialer.web.api.door import Asked, Doors
from dialer.web.api.limits import seen
from dialer.web.api.made import id_of_new
from dialer.web.api.naming import contact_point_of, named_call, person_of_body
from dialer.web.guards import require_sight

DOORS = Doors("Objections")

Source = Literal["agent", "speech", "keypad", "sms", "web", "email", "letter", "api"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectionGiven:
    """A no. Name the line and the caller, or the `decision` or `call_sid` of the call it was said in.

    `effective_at` is when it was said, now if absent. `scope` absent is every voice call of the principal,
    or every text and email where it came by one of those, and wider where the `words` are wider.
    `id` and `recorded_at` are ours to give; they may stand here, as in any record, and are not used.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    id: str | None = None
    contact_point: str | None = None
    person: str | None = None
    principal: str | None = None
    operator: str | None = None
    decision: str | None = None
    call_sid: str | None = None
    kind: Literal["objection", "withdrawal"] = "objection"
    scope: Scope | None = None
    effective_at: AwareDatetime | None = None
    recorded_at: AwareDatetime | None = None
    source: Source | None = None
    words: Annotated[str, Field(max_length=LONGEST_WORDS)] | None = None


@dataclass(frozen=True, slots=True)
class NoticeTold:
    """One destination that will be told, and the notice that tells it."""

    id: str
    destination: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectionKept:
    """A no in force; `reference` is for reading aloud to whoever said it."""

    id: str
    reference: str
    effective_at: datetime
    notices: tuple[NoticeTold, ...]


@DOORS.post(
    "/v1/objections",
    roles=(Role.DIALER, Role.AGENT, Role.INTEGRATOR, Role.SUPERVISOR),
    body=ObjectionGiven,
    answer=ObjectionKept,
    status=201,
    problems=(NotFound,),
)
def post_objection(asked: Asked[ObjectionGiven, None]) -> ObjectionKept:
    """Record that somebody does not want to be called.

    It is in force, on disk and in every destination's queue before the answer is given.
    """
    return _shown(record(_saying(asked), asked.parts.desk))


def _saying(asked: Asked[ObjectionGiven, None]) -> Saying:
    given = asked.body
    call = named_call(asked, decision_id=given.decision, call_ref=given.call_sid)
    principal = given.principal or (call.principal if call else None)
    _insist_on_sight(asked, principal, given.operator)
    return Saying(
        contact_point=contact_point_of(asked, given.contact_point or (call.to if call else None)),
        principal=principal,
        operator=given.operator or (call.operator if call else None),
        scope=_scope(given, call.campaign if call else None),
        source=given.source or ("agent" if asked.key.role is Role.AGENT else "api"),
        kind=given.kind,
        person=person_of_body(given.person),
        words=seen(given.words),
        effective_at=given.effective_at,
        decision=call.id if call else None,
        call_ref=given.call_sid or (call.call_ref if call else None),
        campaign=call.campaign if call else None,
        agent=asked.key.agent or (call.agent if call else None),
        objection_id=id_of_new(asked, Kind.OBJECTION),
    )


def _insist_on_sight(asked: Asked[ObjectionGiven, None], principal: str | None, operator: str | None) -> None:
    """Another principal's id answers 404; one of its own campaigns' operators may be told a no as well."""
    if principal is not None:
        return require_sight(asked.key, principal, "principal")
    ours = (c for c in asked.configuration.campaigns.values() if asked.sight.sees(c.principal))
    if asked.sight.principals is not None and operator not in {c.operator for c in ours}:
        raise NotFound("no such operator")
    return None


def _scope(given: ObjectionGiven, campaign: str | None) -> Scope:
    """Fill what was left open: the whole organisation, by the kind of channel, wider where the words are."""
    asked_for = given.scope or Scope()
    reach = asked_for.reach or (Reach.PRINCIPAL if given.principal or not given.operator else Reach.OPERATOR)
    is_written = given.source in {"sms", "email"} or "@" in (given.contact_point or "")
    filled = replace(
        asked_for, reach=reach, channels=asked_for.channels or ("text" if is_written else "voice")
    )
    if given.scope is None:
        return as_wide_as_said(filled, seen(given.words))
    if reach is Reach.CAMPAIGN and filled.campaign is None:
        filled = replace(filled, campaign=campaign)
    for needed, name in ((Reach.CAMPAIGN, "campaign"), (Reach.BRAND, "brand")):
        if reach is needed and getattr(filled, name) is None:
            fault = Fault(f"/scope/{name}", f"is required where the reach is {needed}")
            raise Unreadable(f"the objection names no {name}: say which must stop", faults=(fault,))
    return filled


def _shown(kept: Recorded) -> ObjectionKept:
    told = zip(kept.notices, kept.destinations, strict=True)
    return ObjectionKept(
        id=kept.id,
        reference=kept.reference,
        effective_at=kept.effective_at,
        notices=tuple(NoticeTold(id=notice, destination=name) for notice, name in told),
    )
