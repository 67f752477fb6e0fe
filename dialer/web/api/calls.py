"""`POST /v1/calls`: click to call. The agent is rung, and the callee once the agent has answered."""

from dataclasses import dataclass
from typing import Annotated, Any, ClassVar

from pydantic import Field

from dialer.calls.shape import STRICT
from dialer.errors import Conflict, NotAllowed, NotFound, Refused, TooMany
from dialer.people.agents import Agent
from dialer.people.roles import Role, Sight
from dialer.reports.care import decision_without_care
from dialer.screening.changes import seen_of_agent
from dialer.screening.click_to_call import Clicked, click_to_call
from dialer.screening.decision_json import decision_fields
from dialer.screening.question import Binding, Question
from dialer.web.api.door import Asked, Doors, Otherwise
from dialer.web.api.shapes import DecisionShown

DOORS = Doors("Calls")
REFUSED = "refused"
Word = Annotated[str, Field(min_length=1, max_length=256)]


@dataclass(frozen=True, slots=True, kw_only=True)
class CallWanted:
    """Who dials whom, for which campaign. `permit`: that of an earlier allow; it is spent here."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    agent: Word
    to: Word
    campaign: Word
    person: Word | None = None
    permit: Word | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CallShown:
    """The decision, and the agent's call: its reference and Twilio's word for it, or null and `refused`."""

    decision: DecisionShown
    call_ref: str | None
    status: str


@DOORS.post(
    "/v1/calls",
    roles=(Role.DIALER, Role.AGENT),
    body=CallWanted,
    required=("agent", "to", "campaign"),
    answer=CallShown,
    status=201,
    also=(200,),
    problems=(Conflict, NotFound, Refused, TooMany),
)
def place_call(asked: Asked[CallWanted, None]) -> dict[str, Any] | Otherwise:
    """Ring the agent, and bridge them to the callee once both screenings allow.

    201: the agent is being rung; nobody else is, until they answer and the callee is screened again. 200: the
    decision refuses, `call_ref` is null and nobody is rung. 409 `outcome_unknown`: Twilio did not answer and
    shows no such call.
    """
    agent = _agent(asked)
    clicked = click_to_call(_question(asked), agent, asked.parts.gate, asked.parts.telephone)
    shown = _shown(clicked, asked.sight)
    return shown if clicked.rung is not None else Otherwise(shown, status=200)


def _agent(asked: Asked[CallWanted, None]) -> Agent:
    """Return the agent named, who must be seen by this key; an agent's own key rings nobody else."""
    key, name = asked.key, asked.body.agent
    if key.role is Role.AGENT and name != (key.agent or key.name):
        raise NotAllowed("an agent's key rings that agent alone; use a dialer's key for others")
    agent = asked.configuration.agents.get(name)
    if agent is None or seen_of_agent(agent, asked.configuration, asked.sight) is None:
        raise NotFound("no such agent")
    return agent


def _question(asked: Asked[CallWanted, None]) -> Question:
    body = asked.body
    return Question(
        to=body.to,
        binding=Binding.RINGS,
        campaign=body.campaign,
        agent=body.agent,
        key=asked.key.digest,
        person=body.person,
        permit=body.permit,
    )


def _shown(clicked: Clicked, sight: Sight) -> dict[str, Any]:
    rung = clicked.rung
    return {
        "decision": decision_without_care(decision_fields(clicked.decision), sight),
        "call_ref": rung.call_ref if rung else None,
        "status": rung.status if rung else REFUSED,
    }
