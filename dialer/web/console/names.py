"""What people call the things that ids name; an id that no longer names anything is shown as it is."""

from dataclasses import dataclass

from dialer.people.roles import Sight
from dialer.screening.configuration import Configuration


@dataclass(frozen=True, slots=True)
class Names:
    """The names of one reading of the configuration."""

    configuration: Configuration

    def agent(self, agent_id: str | None) -> str:
        """Return the agent's id and name."""
        if not agent_id:
            return "No agent named"
        agent = self.configuration.agents.get(agent_id)
        return _named(agent_id, agent.name if agent is not None else None)

    def campaign(self, campaign_id: str | None) -> str:
        """Return the campaign's id and the name it announces."""
        if not campaign_id:
            return "No campaign found"
        campaign = self.configuration.campaigns.get(campaign_id)
        called = (campaign.announced_name or campaign.topic) if campaign is not None else None
        return _named(campaign_id, called)

    def campaign_ids(self, sight: Sight) -> list[str]:
        """Return the campaigns this reader may see."""
        found = self.configuration.campaigns.items()
        return sorted(name for name, campaign in found if sight.sees(campaign.principal))

    def agent_ids(self, sight: Sight) -> list[str]:
        """Return the agents this reader may see: all of them, or those of their campaigns."""
        seen = set(self.campaign_ids(sight))
        found = self.configuration.agents.items()
        return sorted(name for name, a in found if sight.principals is None or seen.intersection(a.campaigns))

    def organisation(self, organisation_id: str | None) -> str:
        """Return the organisation's legal name."""
        if not organisation_id:
            return "None named"
        organisation = self.configuration.organisations.get(organisation_id)
        named = organisation.legal_name if organisation is not None else None
        return named or organisation_id


def _named(record_id: str, name: str | None) -> str:
    """Put the name beside the id, and alone where it says the same."""
    if not name or name == record_id:
        return record_id
    return name if name.casefold() == record_id.casefold() else f"{record_id} · {name}"
