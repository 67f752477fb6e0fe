"""Agents: who dials, where they are rung, and for which campaigns.

An agent may work for several principals. A key that sees only some of them sees, and replaces, only those
campaigns of theirs; the others stay as they are.
"""

from dialer.errors import Conflict, NotFound, Refused
from dialer.people.agents import Agent
from dialer.people.roles import Role
from dialer.screening.changes import saved_agent, seen_of_agent
from dialer.store.configuration import Section
from dialer.web.api.door import READERS, Asked, Doors
from dialer.web.api.naming import number_reader
from dialer.web.api.paging import Page, Paged, page_of
from dialer.web.api.saving import keep

DOORS = Doors("Agents")


@DOORS.put(
    "/v1/agents/{id}",
    roles=(Role.SUPERVISOR,),
    body=Agent,
    answer=Agent,
    problems=(Conflict, Refused),
)
def put_agent(asked: Asked[Agent, None], id: str) -> Agent:
    """Keep an agent; an endpoint belongs to one agent, and each campaign must exist."""
    body, sight, read = asked.body, asked.sight, number_reader(asked.parts)
    kept = keep(asked.parts, Section.AGENTS, id, lambda held: saved_agent(body, held, sight, read=read))
    return seen_of_agent(kept, asked.configuration, sight) or kept


@DOORS.get("/v1/agents/{id}", roles=READERS, answer=Agent)
def get_agent(asked: Asked[None, None], id: str) -> Agent:
    """Read one agent, with the campaigns this key may see."""
    held = asked.configuration
    found = held.agents.get(id)
    seen = seen_of_agent(found, held, asked.sight) if found is not None else None
    if seen is None:
        raise NotFound("no such agent")
    return seen


@DOORS.get("/v1/agents", roles=READERS, query=Paged, answer=Page[Agent])
def list_agents(asked: Asked[None, Paged]) -> Page[Agent]:
    """List the agents by id."""
    held = asked.configuration
    found = {name: seen_of_agent(agent, held, asked.sight) for name, agent in held.agents.items()}
    seen = {name: agent for name, agent in found.items() if agent is not None}
    return page_of(seen, asked.query, is_seen=lambda _: True)
