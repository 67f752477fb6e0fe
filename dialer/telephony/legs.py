"""Twilio's events of a leg in our words: which leg, how far it came, and who or what picked it up.

Events come late, twice and out of order, and each is read by itself. Source: twilio.md sections 2 and 5.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final

from dialer.calls.leg import LegSeen, LegState
from dialer.telephony.inbound import Form

_KEPT_OF_EVENTS: Final = (
    *("CallSid", "ParentCallSid", "CallStatus", "DialCallStatus", "DialCallSid", "CallDuration"),
    *("AnsweredBy", "SequenceNumber", "Timestamp", "RecordingSid", "RecordingStatus", "MessageStatus"),
)
_STATES: Final = {
    "in-progress": LegState.PICKED_UP,
    "answered": LegState.PICKED_UP,
    "completed": LegState.PICKED_UP,
    "busy": LegState.BUSY,
    "no-answer": LegState.NO_ANSWER,
}
_UNANSWERED: Final = frozenset({"queued", "initiated", "ringing"})
# `machine_start`, `machine_end_beep` and their kin; a fax takes no call either.
_MACHINES: Final = ("machine", "fax")


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingLeg:
    """A leg that somebody may yet pick up; `to` is its far end as Twilio writes it, a number in E.164."""

    call_ref: str
    to: str


def leg_seen(form: Form) -> LegSeen:
    """Return what an event says of a callee's leg.

    The action of a `<Dial>` tells of the leg it dialled, a status event of its own leg; only one that was
    dialled from another has an agent waiting. What completed unbridged was hung up before it was put through.
    """
    is_action = form.get("DialCallStatus") is not None
    status = form.get("DialCallStatus") or form.get("CallStatus") or ""
    was_put_through = form.get("DialBridged") != "false"
    return LegSeen(
        state=_STATES.get(status) if was_put_through else None,
        has_agent=is_action or form.get("ParentCallSid") is not None,
        is_machine=(form.get("AnsweredBy") or "").startswith(_MACHINES),
        at=instant(form.get("Timestamp")),
    )


def event_of(form: Form) -> Mapping[str, str]:
    """Return what is kept of an event: names of states, and its time as ISO 8601 in UTC; no numbers."""
    kept = {name: value for name in _KEPT_OF_EVENTS if (value := form.get(name)) is not None}
    at = instant(form.get("Timestamp"))
    return kept | ({"Timestamp": at.isoformat()} if at is not None else {})


def waiting_leg(form: Form) -> WaitingLeg | None:
    """Return the leg whose event says that nobody has picked it up yet, None for any other event."""
    call_ref, to = form.get("CallSid"), form.get("To")
    if form.get("CallStatus") not in _UNANSWERED or call_ref is None or to is None:
        return None
    return WaitingLeg(call_ref=call_ref, to=to)


def call_refs(form: Form) -> tuple[str, ...]:
    """Return the references a leg's call may be known by, its agent's leg first."""
    return tuple(ref for name in ("ParentCallSid", "CallSid") if (ref := form.get(name)) is not None)


def instant(text: str | None) -> datetime | None:
    """Return the instant of an event in UTC, None where none can be read: RFC 2822, or ISO 8601 for words."""
    if text is None:
        return None
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            at = read(text)
        except (ValueError, OverflowError):
            continue
        return at.astimezone(UTC) if at.tzinfo is not None else at.replace(tzinfo=UTC)
    return None
