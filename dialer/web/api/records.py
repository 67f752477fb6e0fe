"""Consents, solicitations and relationships: what a person agreed to, asked for or has bought.

Each is added, never overwritten. From an agent it is kept as proposed, where no judge looks, until a second
person confirms it.
"""

from dataclasses import dataclass, replace
from typing import Any, TypeVar

from dialer.errors import Conflict, Fault, Unreadable
from dialer.ids import Kind, new_id
from dialer.law.records import Consent, Relationship, Solicitation
from dialer.people.roles import Role
from dialer.web.api.door import Asked, Doors
from dialer.web.api.naming import contact_point_of
from dialer.web.api.reading import adapter
from dialer.web.guards import require_sight

DOORS = Doors("Consents, solicitations, relationships")
WRITERS = (Role.INTEGRATOR, Role.SUPERVISOR, Role.AGENT)

Record = TypeVar("Record", Consent, Solicitation, Relationship)


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentKept(Consent):
    """A consent as it is kept; `proposed` until a second person has confirmed an agent's."""

    proposed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SolicitationKept(Solicitation):
    """A request as it is kept; `proposed` until a second person has confirmed an agent's."""

    proposed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationshipKept(Relationship):
    """A relationship as it is kept; `proposed` until a second person has confirmed an agent's."""

    proposed: bool


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
    record = replace(
        given,
        id=new_id(kind, at=at),
        contact_point=contact_point_of(asked, given.contact_point),
        recorded_at=at,
    )
    proposed = asked.key.role is Role.AGENT
    kept = asked.parts.records.add(record, proposed=proposed)
    written = adapter(type(kept)).dump_python(kept, mode="json", by_alias=True)
    return {**written, "proposed": proposed}
