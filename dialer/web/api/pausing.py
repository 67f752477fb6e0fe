"""`POST /v1/calls/{ref}/pause` and `/resume`: for a card payment nobody records and no machine listens."""

from typing import Any

from dialer.errors import Conflict, NotFound, Refused, Unanswered
from dialer.objections.pausing import PausedCall, PauseKept, pause, resume
from dialer.people.roles import Role
from dialer.web.api.desk_call import call_of_desk
from dialer.web.api.door import Asked, Doors
from dialer.web.api.people import person_of

DOORS = Doors("Pausing")
_ROLES = (Role.AGENT, Role.DIALER, Role.INTEGRATOR)
_PROBLEMS = (NotFound, Conflict, Refused, Unanswered)


@DOORS.post("/v1/calls/{ref}/pause", roles=_ROLES, answer=PauseKept, problems=_PROBLEMS)
def pause_call(asked: Asked[None, None], ref: str) -> PauseKept:
    """Stop recording and listening together, before card details are said; the button still works.

    504: the recording may be going on, so no card details may be said; press again. No word is read in any
    case.
    """
    return pause(paused_call(asked, ref), asked.parts.listening.pausing, by=person_of(asked.key))


@DOORS.post("/v1/calls/{ref}/resume", roles=_ROLES, answer=PauseKept, problems=_PROBLEMS)
def resume_call(asked: Asked[None, None], ref: str) -> PauseKept:
    """Record and listen again, as the campaign does. What was said meanwhile is never read."""
    return resume(paused_call(asked, ref), asked.parts.listening.pausing, by=person_of(asked.key))


def paused_call(asked: Asked[Any, Any], ref: str) -> PausedCall:
    """Return the call with what its campaign records and listens to; raises NotFound, Conflict."""
    call = call_of_desk(asked, ref)
    campaign = asked.configuration.campaigns.get(call.campaign or "")
    if call.call_ref is None or call.to is None:
        raise Conflict("that call was never placed: there is nothing to pause")
    return PausedCall(
        decision=call.id,
        call_ref=call.call_ref,
        contact_point=call.to,
        principal=call.principal,
        records=campaign is not None and campaign.records,
        listens=campaign is not None and campaign.listens,
        language=campaign.spoken_language if campaign is not None else "",
    )
