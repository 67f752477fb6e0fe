"""A call-back: the person asked, on a call with this very agent, to be rung again.

That call is the proof, so it counts at once, though never over a no. It must be the agent's own, allowed,
connected, with that line, for that principal, and not older than two hours. Source: contract section 3.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from dialer.law.records import Consent, Relationship, Solicitation

PROOF: Final = "call"
GOOD_FOR: Final = timedelta(hours=2)
# Twilio's states of a leg that somebody picked up.
_PICKED_UP: Final = frozenset({"in-progress", "completed"})


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnCall:
    """A call as the ledger and its events tell it; `connected` only where an event says so."""

    decision: str
    contact_point: str | None
    principal: str | None
    campaign: str | None
    agent: str | None
    decided_at: datetime
    allowed: bool
    connected: bool


def is_connected(events: Iterable[Mapping[str, Any]], *, not_by: str) -> bool:
    """Say whether the callee picked up: by the callee's own leg, or by what somebody else said.

    `not_by` is who asks: their own word that it was answered proves nothing.
    """
    for event in events:
        is_callees_leg = "ParentCallSid" in event and event.get("CallStatus") in _PICKED_UP
        is_told = event.get("outcome") == "answered" and event.get("by") not in (None, not_by)
        if is_callees_leg or is_told:
            return True
    return False


def proves(
    call: OwnCall, record: Consent | Solicitation | Relationship, *, agent: str | None, at: datetime
) -> bool:
    """Say whether this call lets an agent's request count at once."""
    return (
        isinstance(record, Solicitation)
        and agent is not None
        and call.agent == agent
        and call.contact_point == record.contact_point
        and call.principal == record.principal
        and call.allowed
        and call.connected
        and timedelta(0) <= at - call.decided_at <= GOOD_FOR
        and record.requested_at is not None
        and call.decided_at <= record.requested_at <= at
    )
