"""Whose call is it? Campaign, agent, principal and operator, found by documented precedence.

Order, first that answers: the campaign in the query of our own signed URL (or named by a key's holder) →
the `rf_campaign` parameter or `X-Ringfence-Campaign` header → the agent's default → the key's default →
the only campaign that shows this caller id. Source: contract section 6.
An agent may hint at a campaign but only at one they are assigned to: a parameter can be invented in a
browser, an assignment cannot.
"""

from dataclasses import dataclass

from dialer.calls.campaign import Campaign
from dialer.errors import NotAuthenticated, NotFound
from dialer.people.agents import Agent
from dialer.people.keys import Key
from dialer.people.roles import Role
from dialer.screening.configuration import Configuration
from dialer.screening.question import Question


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A question with its owner. `campaign` None is not found; `assigned` False is E_NOT_ASSIGNED.

    A campaign that is not known gives no `campaign_id`: what a parameter invents is not kept.
    """

    campaign: Campaign | None
    campaign_id: str | None
    agent_id: str | None
    assigned: bool


def place(question: Question, configuration: Configuration) -> Placed:
    """Return whose call this is. No round trip.

    Raises NotAuthenticated for a key that is no longer held and NotFound for a campaign of a principal that
    the key may not see.
    """
    key = _key_of(question, configuration)
    agent = _agent_of(question, key, configuration)
    campaign_id = (
        question.campaign
        or question.hinted_campaign
        or (agent.default_campaign if agent else None)
        or (key.default_campaign if key else None)
        or _only_campaign_showing(question.caller_id, configuration)
    )
    campaign = configuration.campaigns.get(campaign_id) if campaign_id else None
    if key is not None and campaign_id is not None and not (campaign and key.sight.sees(campaign.principal)):
        raise NotFound("no such campaign for this key; see GET /v1/campaigns for those it may dial for")
    return Placed(
        campaign=campaign,
        campaign_id=campaign.id if campaign else None,
        agent_id=agent.id if agent else question.agent or question.endpoint,
        assigned=_is_assigned(question, key, agent, campaign_id),
    )


def _key_of(question: Question, configuration: Configuration) -> Key | None:
    if question.key is None:
        return None
    key = configuration.keys.get(question.key)
    if key is None or key.revoked_at is not None:
        raise NotAuthenticated("this key is not known or was revoked; ask an administrator for another")
    return key


def _agent_of(question: Question, key: Key | None, configuration: Configuration) -> Agent | None:
    """Find the agent: by the call's own endpoint, by the key bound to one, or as a dialer names it."""
    if question.endpoint is not None:
        user = question.endpoint.partition(":")[2].partition("@")[0]
        return configuration.agent_at(question.endpoint) or configuration.agents.get(user)
    if key is not None and key.role is Role.AGENT:
        return configuration.agents.get(key.agent or key.name)
    return configuration.agents.get(question.agent) if question.agent else None


def _only_campaign_showing(caller_id: str | None, configuration: Configuration) -> str | None:
    showing = configuration.campaigns_showing(caller_id) if caller_id else ()
    return showing[0].id if len(showing) == 1 else None


def _is_assigned(question: Question, key: Key | None, agent: Agent | None, campaign_id: str | None) -> bool:
    """Say whether whoever asks may dial for the campaign; without a campaign there is nothing to refuse."""
    if campaign_id is None:
        return True
    if agent is not None:
        return agent.is_assigned_to(campaign_id)
    names_an_agent = question.agent is not None or question.endpoint is not None
    must_be_an_agent = key is not None and key.role is Role.AGENT
    came_without_trust = key is None and question.campaign is None
    return not (names_an_agent or must_be_an_agent or came_without_trust)
