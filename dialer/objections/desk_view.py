"""What the desk shows an agent of the call they are in, because somebody said no. Pure.

While an agent is connected no machine speaks to the callee or hangs up: the agent sees the callee's words,
the reference and the sentence to say, and ends the call. A no that came another way while they talk (a text,
the button of somebody else, another line of the same person) is shown as a warning.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from pydantic import AwareDatetime

from dialer.calls.call import Channel
from dialer.law.records import Objection, Reach
from dialer.law.scope import channels_of
from dialer.objections.corrected import CORRECTABLE, KeptObjection

# Two processes' clocks differ by half a second at most before nothing is dialled any more.
_SKEW: Final = timedelta(seconds=1)
_BEYOND_ONE_PRINCIPAL: Final = (Reach.GROUP, Reach.OPERATOR, Reach.NO_CONTACT)
SAY: Final = "Say: you are off our list. Your reference is {reference}. Goodbye. End the call."
WARNING: Final = "They asked us to stop, just now, another way. Say sorry. End the call."


@dataclass(frozen=True, slots=True, kw_only=True)
class CallInQuestion:
    """The call that the desk shows: its decision and reference, for whom, and since when it is allowed."""

    decision: str
    call_ref: str | None
    principal: str | None
    allowed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class NoHeard:
    """A no of this call. `words` None where none were spoken; `may_be_marked` offers *not what they said*."""

    objection: str
    reference: str
    words: str | None
    say: str
    at: AwareDatetime | None
    may_be_marked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Warned:
    """A no that reached us another way while this call goes on."""

    objection: str
    say: str
    at: AwareDatetime | None


def heard_in(call: CallInQuestion, kept: Iterable[KeptObjection]) -> tuple[NoHeard, ...]:
    """Return the noes of this call, the earliest first."""
    return tuple(_no_heard(no) for no in kept if _is_of(call, no))


def warnings_for(call: CallInQuestion, kept: Iterable[KeptObjection]) -> tuple[Warned, ...]:
    """Return the noes to calls that came another way since this call was allowed, the earliest first."""
    return tuple(
        Warned(objection=no.objection.id or "", say=WARNING, at=no.objection.recorded_at)
        for no in kept
        if not _is_of(call, no) and _reaches(call, no.objection)
    )


def is_since(call: CallInQuestion, objection: Objection) -> bool:
    """Say whether an objection stands and came after this call was allowed."""
    recorded_at = objection.recorded_at
    is_new = recorded_at is not None and recorded_at >= call.allowed_at - _SKEW
    return is_new and objection.corrected_at is None


def _is_of(call: CallInQuestion, no: KeptObjection) -> bool:
    same_decision = no.decision is not None and no.decision == call.decision
    return same_decision or (no.call_ref is not None and no.call_ref == call.call_ref)


def _reaches(call: CallInQuestion, objection: Objection) -> bool:
    scope = objection.scope
    is_wide = scope is not None and scope.reach in _BEYOND_ONE_PRINCIPAL
    is_ours = is_wide or objection.principal in (None, call.principal)
    return is_ours and Channel.LIVE_CALL in channels_of(scope.channels if scope is not None else None)


def _no_heard(no: KeptObjection) -> NoHeard:
    objection = no.objection
    return NoHeard(
        objection=objection.id or "",
        reference=no.reference,
        words=objection.words,
        say=SAY.format(reference=no.reference),
        at=objection.recorded_at,
        may_be_marked=objection.source in CORRECTABLE,
    )
