"""Campaigns: what is dialled for. One that could not lawfully dial is not saved, and the answer says why."""

from dialer.calls.campaign import Campaign
from dialer.calls.organisation import Organisation
from dialer.errors import Conflict, Fault, NotFound, Refused
from dialer.people.roles import Role
from dialer.screening.campaign_problems import campaign_problems
from dialer.screening.changes import saved_campaign
from dialer.screening.configuration import Configuration
from dialer.store.configuration import Section
from dialer.web.api.door import READERS, Asked, Doors
from dialer.web.api.naming import number_reader
from dialer.web.api.paging import Page, Paged, page_of
from dialer.web.api.saving import keep
from dialer.web.guards import require_sight

DOORS = Doors("Campaigns")


@DOORS.put(
    "/v1/campaigns/{id}",
    roles=(Role.SUPERVISOR,),
    body=Campaign,
    required=("principal",),
    answer=Campaign,
    problems=(Conflict, Refused),
)
def put_campaign(asked: Asked[Campaign, None], id: str) -> Campaign:
    """Keep a campaign whole, replacing the one of that id.

    Refused, with every reason, if it is not classified by a named person or could not lawfully dial. A caller
    id belongs to one principal.
    """
    require_sight(asked.key, asked.body.principal, "principal")
    return keep(asked.parts, Section.CAMPAIGNS, id, lambda held: _checked(asked, held))


@DOORS.get("/v1/campaigns/{id}", roles=(*READERS, Role.INTEGRATOR, Role.DIALER, Role.AGENT), answer=Campaign)
def get_campaign(asked: Asked[None, None], id: str) -> Campaign:
    """Read one campaign."""
    found = asked.configuration.campaigns.get(id)
    require_sight(asked.key, found.principal if found else None, "campaign")
    if found is None:
        raise NotFound("no such campaign")
    return found


@DOORS.get(
    "/v1/campaigns",
    roles=(*READERS, Role.INTEGRATOR, Role.DIALER, Role.AGENT),
    query=Paged,
    answer=Page[Campaign],
)
def list_campaigns(asked: Asked[None, Paged]) -> Page[Campaign]:
    """List the campaigns this key may see, by id."""
    campaigns = asked.configuration.campaigns
    return page_of(campaigns, asked.query, is_seen=lambda found: asked.sight.sees(found.principal))


def _checked(asked: Asked[Campaign, None], held: Configuration) -> Campaign:
    def problems_of(campaign: Campaign, around: tuple[Organisation, ...]) -> tuple[Fault, ...]:
        return campaign_problems(campaign, around, asked.parts.book)

    read = number_reader(asked.parts)
    return saved_campaign(asked.body, held, asked.sight, problems_of=problems_of, read=read)
