"""`GET /v1/calls/{ref}/prompts`: what a call's agent should ask, or know, because of what the callee said."""

from dataclasses import dataclass
from typing import Final

from dialer.errors import NotFound
from dialer.objections.pausing import NOT_LISTENING, Listening, heard
from dialer.objections.prompts import Prompt
from dialer.objections.wrap_up import QUESTION, Choice, choices_after
from dialer.people.roles import Role
from dialer.web.api.desk_call import call_of_desk
from dialer.web.api.door import Asked, Doors
from dialer.web.api.naming import NamedCall

DOORS = Doors("Prompts")
# Who stands for the agent in the call: themselves, or the dialer that draws their screen.
_DESK: Final = frozenset({Role.AGENT, Role.DIALER})
_DEAF: Final = frozenset({Listening.PAUSED, Listening.UNHEARD})


@dataclass(frozen=True, slots=True, kw_only=True)
class WrapUpAsked:
    """A question and its answers; one is given by `POST /v1/wrap-ups` with one of its codes."""

    ask: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PromptsShown:
    """The prompts of one call, the earliest first; kinds, and what to say, never the callee's words.

    `wrap_up` is what to ask the agent once the call is over, null where it left no doubt to settle.
    `listening` says whether a machine hears the callee now; `listening_says` is for the agent where it should
    and does not: paused for a card payment, or broken.
    """

    decision: str
    items: list[Prompt]
    wrap_up: WrapUpAsked | None
    listening: Listening
    listening_says: str | None


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
    return _shown(asked, call_of_desk(asked, ref))


def _shown(asked: Asked[None, None], call: NamedCall) -> PromptsShown:
    prompts = [prompt for prompt in asked.parts.listening.prompts.of(call.id) if _is_seen(prompt, asked)]
    listening = _listening(asked, call)
    return PromptsShown(
        decision=call.id,
        items=prompts,
        wrap_up=_wrap_up(asked, call, prompts),
        listening=listening,
        listening_says=NOT_LISTENING if listening in _DEAF else None,
    )


def _listening(asked: Asked[None, None], call: NamedCall) -> Listening:
    campaign = asked.configuration.campaigns.get(call.campaign or "")
    state = asked.parts.listening.pausing.states.of(call.id)
    return heard(state, listens=campaign is not None and campaign.listens)


def _wrap_up(asked: Asked[None, None], call: NamedCall, prompts: list[Prompt]) -> WrapUpAsked | None:
    codes = asked.parts.conduct.codes(call.principal) if prompts and call.principal else {}
    choices = choices_after(prompts, codes)
    return WrapUpAsked(ask=QUESTION, choices=choices) if choices else None


def _is_seen(prompt: Prompt, asked: Asked[None, None]) -> bool:
    """Say whether a prompt is this key's to see: one of care is the agent's own, and compliance's."""
    return not prompt.kind.is_care or asked.sight.sees_care or asked.key.role in _DESK
