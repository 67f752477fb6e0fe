"""May this change of the configuration be kept? Pure checks on the reading it is written against.

Each returns the record as it is to be kept, or raises: NotFound for what belongs to another principal,
Conflict for what is somebody else's already, Refused for what could not lawfully dial.
"""

from collections.abc import Callable
from dataclasses import replace

from dialer.calls.campaign import Campaign
from dialer.calls.organisation import Organisation
from dialer.errors import Conflict, Fault, NotFound, Refused, Unreadable
from dialer.people.agents import Agent
from dialer.people.roles import Sight
from dialer.screening.configuration import Configuration

ProblemsOf = Callable[[Campaign, tuple[Organisation, ...]], tuple[Fault, ...]]
ReadNumber = Callable[[str], str]


def saved_campaign(
    campaign: Campaign, held: Configuration, sight: Sight, *, problems_of: ProblemsOf, read: ReadNumber
) -> Campaign:
    """Return the campaign as it is kept: its caller id in E.164, so that a return call finds it.

    `problems_of` says what would make it unlawful; `read` takes any form people type and gives E.164.
    """
    before = held.campaigns.get(campaign.id or "")
    if before is not None and not sight.sees(before.principal):
        raise NotFound("no such campaign")
    spelt = replace(
        campaign,
        caller_id=_spelt(campaign.caller_id, read),
        return_calls_to=_phone(campaign.return_calls_to, read),
    )
    _insist_organisations_are_kept(spelt, held)
    _insist_caller_id_is_free(spelt, held)
    problems = problems_of(spelt, held.organisations_around(spelt))
    if problems:
        raise Refused(
            "this campaign could not lawfully dial, so it is not saved; see errors for each reason",
            faults=problems,
        )
    return spelt


def saved_agent(agent: Agent, held: Configuration, sight: Sight, *, read: ReadNumber) -> Agent:
    """Return the agent as kept: the campaigns that `sight` does not see stay as they were."""
    before = held.agents.get(agent.id)
    named = (*agent.campaigns, *((agent.default_campaign,) if agent.default_campaign else ()))
    for number, name in enumerate(named):
        campaign = held.campaigns.get(name)
        if campaign is None or not sight.sees(campaign.principal):
            pointer = f"/campaigns/{number}" if number < len(agent.campaigns) else "/default_campaign"
            raise Refused("an agent's campaign must be kept first", faults=(Fault(pointer, "is not known"),))
    if before is not None and seen_of_agent(before, held, sight) is None:
        raise NotFound("no such agent")
    endpoint = _endpoint(agent.endpoint, read)
    _insist_endpoint_is_free(agent.id, endpoint, held)
    hidden = tuple(c for c in (before.campaigns if before else ()) if not _sees_campaign(c, held, sight))
    return replace(agent, endpoint=endpoint, campaigns=(*dict.fromkeys((*agent.campaigns, *hidden)),))


def seen_of_agent(agent: Agent, held: Configuration, sight: Sight) -> Agent | None:
    """Return the agent with the campaigns that `sight` sees; None for one who works for others alone."""
    seen = tuple(c for c in agent.campaigns if _sees_campaign(c, held, sight))
    default = agent.default_campaign
    is_default_seen = default is not None and _sees_campaign(default, held, sight)
    works_for_others_alone = (agent.campaigns or default) and not seen and not is_default_seen
    if works_for_others_alone:
        return None
    return replace(agent, campaigns=seen, default_campaign=default if is_default_seen else None)


def _spelt(caller_id: str | None, read: ReadNumber) -> str | None:
    """Return a number in E.164; a sender's name, an address or `withheld` stays as it is."""
    if caller_id is None:
        return None
    try:
        return read(caller_id)
    except Unreadable:
        return caller_id.strip()


def _phone(number: str | None, read: ReadNumber) -> str | None:
    """Return the phone that takes return calls, in E.164; raises Unreadable for what is no number."""
    try:
        return read(number) if number is not None else None
    except Unreadable as problem:
        fault = Fault("/return_calls_to", problem.message)
        raise Unreadable("cannot read the phone that takes return calls", faults=(fault,)) from None


def _insist_organisations_are_kept(campaign: Campaign, held: Configuration) -> None:
    named = (("/principal", campaign.principal), ("/operator", campaign.operator))
    faults = tuple(
        Fault(pointer, "is not an organisation that is kept (PUT /v1/organisations/{id})")
        for pointer, name in named
        if name is not None and name not in held.organisations
    )
    if faults:
        raise Refused("whose campaign is it? its organisations must be kept first", faults=faults)


def _insist_caller_id_is_free(campaign: Campaign, held: Configuration) -> None:
    """A caller id belongs to one principal: whoever rings back must learn whose call it was."""
    shown = campaign.caller_id
    if shown is None or shown == "withheld":
        return
    others = (c for c in held.campaigns_showing(shown) if c.id != campaign.id)
    if any(other.principal != campaign.principal for other in others):
        fault = Fault("/caller_id", "belongs to another principal")
        raise Conflict("this caller id is another principal's; give the campaign its own", faults=(fault,))


def _endpoint(text: str | None, read: ReadNumber) -> str | None:
    if text is None or text.startswith(("client:", "sip:")):
        name = (text or "client:x").partition(":")[2]
        if not name or len(name) > 120 or any(c.isspace() or not c.isprintable() for c in name):
            raise _bad_endpoint()
        return text
    try:
        return read(text)
    except Unreadable:
        raise _bad_endpoint() from None


def _bad_endpoint() -> Unreadable:
    fault = Fault("/endpoint", "must be client:identity, sip:user@domain or a telephone number")
    return Unreadable("cannot read the agent's endpoint", faults=(fault,))


def _insist_endpoint_is_free(agent_id: str, endpoint: str | None, held: Configuration) -> None:
    holder = held.agent_at(endpoint) if endpoint is not None else None
    if holder is not None and holder.id != agent_id:
        fault = Fault("/endpoint", "is another agent's")
        raise Conflict("this endpoint is another agent's; an endpoint tells who is calling", faults=(fault,))


def _sees_campaign(campaign_id: str, held: Configuration, sight: Sight) -> bool:
    campaign = held.campaigns.get(campaign_id)
    return sight.sees(campaign.principal if campaign is not None else None)
