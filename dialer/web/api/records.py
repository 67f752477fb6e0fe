"""Consents, solicitations and relationships: what a person agreed to, asked for or has bought.

Each is added, never overwritten. From an agent, and from anybody where a no stands in its way, it is kept as
proposed, where no judge looks, until a second person approves it (`/v1/reviews`).
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, TypeVar

from dialer.consents.call_back import proves
from dialer.errors import Conflict, Fault, Unreadable
from dialer.ids import Kind
from dialer.law.records import Consent, Relationship, Solicitation
from dialer.people.roles import Role
from dialer.reading.shapes import adapter
from dialer.web.api.door import Asked, Doors
from dialer.web.api.made import id_of_new
from dialer.web.api.naming import contact_point_of, person_of_body
from dialer.web.api.people import own_call, person_of
from dialer.web.guards import require_sight

DOORS = Doors("Consents, solicitations, relationships")
WRITERS = (Role.INTEGRATOR, Role.SUPERVISOR, Role.AGENT)

Record = TypeVar("Record", Consent, Solicitation, Relationship)


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentKept(Consent):
    """A consent as it is kept; while `proposed` it does not count, and `review` is what settles that."""

    proposed: bool
    review: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SolicitationKept(Solicitation):
    """A request as it is kept; while `proposed` it does not count, and `review` is what settles that."""

    proposed: bool
    review: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationshipKept(Relationship):
    """A relationship as it is kept; while `proposed` it does not count, and `review` is what settles that."""

    proposed: bool
    review: str | None


@DOORS.post(
    "/v1/consents",
    roles=WRITERS,
    body=Consent,
    required=("contact_point", "principal", "channels", "purposes", "given_at"),
    answer=ConsentKept,
    status=201,
    problems=(Conflict,),
)
def post_consent(asked: Asked[Consent, None]) -> dict[str, Any]:
    """Keep a consent: to one principal, for named channels and purposes, with its wording and proof.

    One without proof is kept and never counts. `id` and `recorded_at` are given here.
    """
    return _kept(asked, asked.body, Kind.CONSENT)


@DOORS.post(
    "/v1/solicitations",
    roles=WRITERS,
    body=Solicitation,
    required=("contact_point", "principal", "requested_at"),
    answer=SolicitationKept,
    status=201,
    problems=(Conflict,),
)
def post_solicitation(asked: Asked[Solicitation, None]) -> dict[str, Any]:
    """Keep a person's request to be called about a topic. `id` and `recorded_at` are given here."""
    return _kept(asked, asked.body, Kind.SOLICITATION)


@DOORS.post(
    "/v1/relationships",
    roles=WRITERS,
    body=Relationship,
    required=("contact_point", "principal", "kind"),
    answer=RelationshipKept,
    status=201,
    problems=(Conflict,),
)
def post_relationship(asked: Asked[Relationship, None]) -> dict[str, Any]:
    """Keep a sale, a donor's support or a pension client. `id` and `recorded_at` are given here."""
    return _kept(asked, asked.body, Kind.RELATIONSHIP)


def _kept(asked: Asked[Any, None], given: Record, kind: Kind) -> dict[str, Any]:
    require_sight(asked.key, given.principal, "principal")
    if given.principal not in asked.configuration.organisations:
        fault = Fault("/principal", "must be an organisation that is kept (PUT /v1/organisations/{id})")
        raise Unreadable("the principal is not known", faults=(fault,))
    at = asked.parts.clock()
    _insist_it_has_happened(given, at)
    record = replace(
        given,
        id=id_of_new(asked, kind),
        contact_point=contact_point_of(asked, given.contact_point),
        recorded_at=at,
    )
    if isinstance(record, Consent):
        record = replace(record, person=person_of_body(record.person))
    return kept_and_shown(asked, record, proposed=_waits(asked, record, at))


def kept_and_shown(asked: Asked[Any, Any], record: Record, *, proposed: bool) -> dict[str, Any]:
    """Keep a record and return it as it is kept."""
    kept = asked.parts.records.keep(record, by=person_of(asked.key), proposed=proposed)
    written = adapter(type(kept.record)).dump_python(kept.record, mode="json", by_alias=True)
    review = kept.review or (_review_of(asked, record.id or "") if kept.proposed else None)
    return {**written, "proposed": kept.proposed, "review": review}


def _review_of(asked: Asked[Any, Any], record_id: str) -> str | None:
    """Find what waits for a record that was proposed before, whose answer was lost."""
    page = asked.parts.reviews.open_page(lambda review: review.subject == record_id, after=None, at_most=1)
    return page.reviews[0].id if page.reviews else None


def _waits(asked: Asked[Any, None], record: Record, at: datetime) -> bool:
    """Say whether an agent's record waits: all do but a call-back asked for on that agent's own call."""
    if asked.key.role is not Role.AGENT:
        return False
    proof = record.proof if isinstance(record, Solicitation) else None
    call = own_call(asked, proof.ref) if proof is not None and proof.ref else None
    return call is None or not proves(call, record, agent=asked.key.agent, at=at)


def _insist_it_has_happened(given: Record, at: datetime) -> None:
    """Refuse a yes that is dated ahead: it would lift a no that is yet to come, without a second person."""
    for name in ("given_at", "requested_at", "collected_at", "withdrawn_at"):
        said = getattr(given, name, None)
        if said is not None and said > at:
            fault = Fault(f"/{name}", "lies in the future; if it is now, check the clock of who sends it")
            raise Unreadable(f"/{name} lies in the future", faults=(fault,))
