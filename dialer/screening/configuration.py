"""Who is who, as of one epoch: organisations, campaigns, agents, keys, destinations, policy and lists.

The configuration is small and changes seldom, so each process holds it whole. Every change bumps the
epoch in the same act; gather returns the epoch it saw and commit compares it, so an answer never rests on
a configuration that is no longer true (docs/decisions/0003).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from dialer.calls.campaign import Campaign
from dialer.calls.organisation import Organisation
from dialer.calls.source_list import SourceList
from dialer.delivery.destination import Destination
from dialer.law.facts import Policy
from dialer.people.agents import Agent
from dialer.people.keys import Key


@dataclass(frozen=True, slots=True, kw_only=True)
class Configuration:
    """One consistent reading; `keys` are by digest, the rest by id."""

    epoch: int
    organisations: Mapping[str, Organisation] = field(default_factory=dict)
    campaigns: Mapping[str, Campaign] = field(default_factory=dict)
    agents: Mapping[str, Agent] = field(default_factory=dict)
    keys: Mapping[str, Key] = field(default_factory=dict)
    destinations: Mapping[str, Destination] = field(default_factory=dict)
    policy: Policy = field(default_factory=Policy)
    lists: Mapping[str, SourceList] = field(default_factory=dict)

    def organisations_around(self, campaign: Campaign) -> tuple[Organisation, ...]:
        """Return the principal, the operator and the rest of the principal's group: all a judge may need."""
        named = [self.organisations.get(i) for i in (campaign.principal, campaign.operator) if i is not None]
        found = {organisation.id: organisation for organisation in named if organisation is not None}
        principal = self.organisations.get(campaign.principal or "")
        if principal is not None and principal.group is not None:
            same = (o for o in self.organisations.values() if o.group == principal.group)
            found |= {organisation.id: organisation for organisation in same}
        return tuple(found.values())

    def say_of_list(self, list_id: str | None, principal: str | None) -> str | None:
        """Return what an agent may say of a list, None for one that is not known or is somebody else's."""
        found = self.lists.get(list_id) if list_id is not None else None
        return found.say if found is not None and found.principal == principal else None

    def agent_at(self, endpoint: str) -> Agent | None:
        """Return the agent whose endpoint this is, or None."""
        return next((agent for agent in self.agents.values() if agent.endpoint == endpoint), None)

    def campaigns_showing(self, caller_id: str) -> tuple[Campaign, ...]:
        """Return the campaigns dialled under this number."""
        return tuple(c for c in self.campaigns.values() if c.caller_id == caller_id)
