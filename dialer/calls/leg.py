"""What the network says of a callee's leg, and how far that tells how the call ended.

It is the weakest word on a call: that somebody picked up is no proof that a live agent took it. So it stands
until whoever knows better tells: machine detection, our own lawful message, the dialer, or the agent.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from dialer.calls.dispositions import Outcome


class LegState(StrEnum):
    """How far a leg came; one that failed or was cancelled may not have reached the network: it has none."""

    PICKED_UP = "picked_up"
    BUSY = "busy"
    NO_ANSWER = "no_answer"


@dataclass(frozen=True, slots=True, kw_only=True)
class LegSeen:
    """One event of a leg. `state` None tells of nothing that counts; `at` None is not said.

    `has_agent` where an agent was on the other end when it was dialled; `is_machine` where detection says so.
    """

    state: LegState | None
    has_agent: bool
    is_machine: bool
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Ended:
    """How a call ended, as far as a leg tells; `is_firm` where nobody knows better."""

    outcome: Outcome
    is_firm: bool


def ended(leg: LegSeen) -> Ended | None:
    """Return how a call ended by one event of its callee's leg, None where that does not tell.

    A callee who picks up a call that no agent is on is not *answered* yet: the dialer tells who took it.
    """
    if leg.is_machine:
        return Ended(Outcome.MACHINE, is_firm=True)
    match leg.state:
        case LegState.PICKED_UP:
            return Ended(Outcome.ANSWERED, is_firm=False) if leg.has_agent else None
        case LegState.BUSY:
            return Ended(Outcome.BUSY, is_firm=False)
        case LegState.NO_ANSWER:
            return Ended(Outcome.NO_ANSWER, is_firm=False)
        case None:
            return None
