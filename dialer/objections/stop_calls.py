"""After a no in force: calls that still wait for its lines are ended, and whoever said it aloud is told so.

All of it is best effort and comes after the record is on disk: what it misses is caught by the screening that
stands before every dial. The objection itself says what there is to do, so doing it again does no harm.
"""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol

from dialer.calls.contact_point import is_email_address
from dialer.law.records import Objection
from dialer.objections.corrected import KeptObjection
from dialer.screening.configuration import Configuration

_log = logging.getLogger(__name__)
_VOICE: Final = frozenset({"voice", "all"})


class Telephone(Protocol):
    """Ends calls and speaks in them; see `telephony.rest`. All raise Refused, TooMany or Unanswered."""

    def waiting_calls_to(self, number: str) -> Sequence[str]:
        """Return the calls to a number that nobody has answered yet."""
        ...

    def callees_of(self, call_ref: str) -> Sequence[str]:
        """Return the legs that an agent's call has dialled and that go on."""
        ...

    def give_up(self, call_ref: str) -> bool:
        """End a call before it is answered; False if it was over."""
        ...

    def confirm(self, call_ref: str, *, name: str, reference: str) -> bool:
        """Tell one leg that the no is kept, and end it; False if it was over."""
        ...


class Records(Protocol):
    """Reads objections back; see `store.objection_records`."""

    def find(self, objection_id: str) -> KeptObjection | None:
        """Return one objection as it was recorded."""
        ...

    def is_corrected(self, contact_point: str, objection_id: str) -> bool:
        """Say whether two people have ended an objection since."""
        ...

    def reference_of(self, objection_id: str) -> str:
        """Return the reference that is read aloud."""
        ...


class Decided(Protocol):
    """Tells whose a call is; see `store.ledger`."""

    def decision_of_call(self, call_ref: str) -> str | None:
        """Return the decision a call belongs to, None if it is not known."""
        ...


class Events(Protocol):
    """Tells what became of a call; see `store.calls`."""

    def of(self, decision_id: str) -> Sequence[Mapping[str, Any]]:
        """Return the events of one decision's call, the oldest first."""
        ...


class Configurations(Protocol):
    """Holds the configuration; see `store.configuration`."""

    def current(self) -> Configuration:
        """Return the configuration as it stands; one round trip."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Stopping:
    """The parts that stopping calls needs."""

    telephone: Telephone
    records: Records
    decided: Decided
    events: Events
    configurations: Configurations


def stop_calls(objection_id: str, parts: Stopping) -> int:
    """End every unanswered call to the lines a no covers; returns how many. Two requests a line."""
    kept = _standing(objection_id, parts)
    if kept is None or not _stops_voice(kept.objection):
        return 0
    lines = [line for line in kept.lines if not is_email_address(line)]
    waiting = [call for line in lines for call in parts.telephone.waiting_calls_to(line)]
    stopped = sum(parts.telephone.give_up(call) for call in waiting)
    if stopped:
        _log.info("objection %s ended %d calls that were not answered yet", objection_id, stopped)
    return stopped


def confirm_aloud(objection_id: str, parts: Stopping) -> bool:
    """Tell the callee, in the call in which they said it, that it is done; False if that call is over.

    The callee's own leg is redirected, since redirecting the agent's would cut the callee off unheard.
    """
    kept = _standing(objection_id, parts)
    if kept is None or kept.call_ref is None:
        return False
    owner = kept.objection.principal or kept.objection.operator or ""
    organisation = parts.configurations.current().organisations.get(owner)
    name = (organisation.legal_name if organisation else None) or "This company"
    reference = parts.records.reference_of(objection_id)
    legs = _callee_legs(kept.call_ref, parts)
    return sum(parts.telephone.confirm(leg, name=name, reference=reference) for leg in legs) > 0


def _standing(objection_id: str, parts: Stopping) -> KeptObjection | None:
    """Return an objection that stands; a job may have waited for longer than it took two people to end it."""
    kept = parts.records.find(objection_id)
    if kept is None or parts.records.is_corrected(kept.objection.contact_point or "", objection_id):
        return None
    return kept


def _callee_legs(call_ref: str, parts: Stopping) -> Sequence[str]:
    """Return the callee's legs as their status events told, or as Twilio lists them where none came yet."""
    decision = parts.decided.decision_of_call(call_ref)
    events = parts.events.of(decision) if decision is not None else ()
    told = [str(e["CallSid"]) for e in events if e.get("ParentCallSid") == call_ref and "CallSid" in e]
    return tuple(dict.fromkeys(told)) or parts.telephone.callees_of(call_ref)


def _stops_voice(objection: Objection) -> bool:
    channels = objection.scope.channels if objection.scope is not None else None
    return channels is None or channels in _VOICE or (isinstance(channels, tuple) and "calls" in channels)
