"""`GET /v1/calls/{ref}/prompts`: what a call's agent should ask, or know, because of what the callee said."""

from dataclasses import dataclass

from dialer.errors import NotFound
from dialer.objections.prompts import Prompt
from dialer.people.roles import Role
from dialer.web.api.door import Asked, Doors
from dialer.web.api.naming import NamedCall, named_call

DOORS = Doors("Prompts")


@dataclass(frozen=True, slots=True, kw_only=True)
class PromptsShown:
    """The prompts of one call, the earliest first; kinds, and what to say, never the callee's words."""

    decision: str
    items: list[Prompt]


@DOORS.get(
    "/v1/calls/{ref}/prompts",
    roles=(Role.AGENT, Role.DIALER, Role.SUPERVISOR),
    answer=PromptsShown,
    problems=(NotFound,),
)
def get_prompts(asked: Asked[None, None], ref: str) -> PromptsShown:
    """Read what the agent of a call is prompted: by the call's reference or its decision, for half a day.

    Possible opt-outs and refusals prompt the question whether to call again; wrong number, deceased and
    vulnerable take effect when the agent confirms them with `POST /v1/reports`.
    """
    call = _own_call(asked, ref)
    return PromptsShown(decision=call.id, items=list(asked.parts.listening.prompts.of(call.id)))


def _own_call(asked: Asked[None, None], ref: str) -> NamedCall:
    """Return the call; an agent sees their own only."""
    is_decision = ref.startswith("dec_")
    call = named_call(asked, decision_id=ref if is_decision else None, call_ref=None if is_decision else ref)
    is_own = asked.key.role is not Role.AGENT or (
        call is not None and call.agent == (asked.key.agent or asked.key.name)
    )
    if call is None or not is_own:
        raise NotFound("no such call of yours: give its reference or its decision")
    return call
