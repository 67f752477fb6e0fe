"""Organisations: whose marketing it is and who dials."""

from dialer.calls.organisation import Organisation
from dialer.errors import Conflict, NotFound
from dialer.people.roles import Role
from dialer.store.configuration import Section
from dialer.web.api.door import READERS, Asked, Doors
from dialer.web.api.paging import Page, Paged, page_of
from dialer.web.api.saving import keep
from dialer.web.guards import require_sight

DOORS = Doors("Organisations")


@DOORS.put(
    "/v1/organisations/{id}",
    roles=(Role.SUPERVISOR,),
    body=Organisation,
    required=("legal_name",),
    answer=Organisation,
    problems=(Conflict,),
)
def put_organisation(asked: Asked[Organisation, None], id: str) -> Organisation:
    """Keep an organisation whole, replacing the one of that id."""
    require_sight(asked.key, id, "organisation")
    return keep(asked.parts, Section.ORGANISATIONS, id, lambda _: asked.body)


@DOORS.get("/v1/organisations/{id}", roles=READERS, answer=Organisation)
def get_organisation(asked: Asked[None, None], id: str) -> Organisation:
    """Read one organisation."""
    require_sight(asked.key, id, "organisation")
    found = asked.configuration.organisations.get(id)
    if found is None:
        raise NotFound("no such organisation")
    return found


@DOORS.get("/v1/organisations", roles=READERS, query=Paged, answer=Page[Organisation])
def list_organisations(asked: Asked[None, Paged]) -> Page[Organisation]:
    """List the organisations by id."""
    organisations = asked.configuration.organisations
    return page_of(organisations, asked.query, is_seen=lambda found: asked.sight.sees(found.id))
