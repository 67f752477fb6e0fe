"""`GET /v1/calls/{ref}/noes`: what the desk shows while somebody says no: words, reference, what to say."""

from dataclasses import dataclass

from dialer.errors import NotFound
from dialer.objections.desk_view import (
    CallInQuestion,
    NoHeard,
    Warned,
    heard_in,
    is_since,
    warnings_for,
)
from dialer.people.roles import Role
from dialer.web.api.desk_call import call_of_desk
from dialer.web.api.door import Asked, Doors
from dialer.web.api.naming import NamedCall

DOORS = Doors("Prompts")


@dataclass(frozen=True, slots=True, kw_only=True)
class NoesShown:
    """The noes of one call and those that came another way meanwhile, each the earliest first."""

    decision: str
    noes: list[NoHeard]
    warnings: list[Warned]


@DOORS.get(
    "/v1/calls/{ref}/noes",
    roles=(Role.AGENT, Role.DIALER, Role.SUPERVISOR),
    answer=NoesShown,
    problems=(NotFound,),
)
def get_noes(asked: Asked[None, None], ref: str) -> NoesShown:
    """Read what was heard as a no in a call, by the call's reference or its decision, while it goes on.

    No machine speaks to a callee or hangs up while an agent is connected: show the agent `words` and `say`.
    Where `may_be_marked`, *not what they said* is `POST /v1/objections/{id}/correction` with `misheard`.
    """
    return _shown(asked, call_of_desk(asked, ref))


def _shown(asked: Asked[None, None], named: NamedCall) -> NoesShown:
    call = CallInQuestion(
        decision=named.id, call_ref=named.call_ref, principal=named.principal, allowed_at=named.decided_at
    )
    found = asked.parts.records.of_line(named.to).objections if named.to is not None else []
    new = sorted((no.recorded_at or call.allowed_at, no.id or "") for no in found if is_since(call, no))
    kept = [no for _, name in new if (no := asked.parts.objections.find(name)) is not None]
    return NoesShown(
        decision=call.decision, noes=list(heard_in(call, kept)), warnings=list(warnings_for(call, kept))
    )
