"""After a no in force: what still waits for its lines is ended.

It comes after the record is on disk: what it misses is caught before each dial, when a leg starts to ring and
before anybody is put through. The objection itself says what there is to do, so doing it again does no harm.
A call that the no does not cover (another principal's, a service call) goes on; one nobody here knows of does
not. Nobody who talks is cut off.
"""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from dialer.calls.call import Channel
from dialer.calls.contact_point import is_email_address
from dialer.law.records import Objection
from dialer.law.scope import channels_of
from dialer.objections.corrected import KeptObjection
from dialer.screening.recheck import may_go_on
from dialer.screening.screen import Gate

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Leg:
    """One leg of a call; `dialled_from` is the leg that a Dial of ours stands on, None for one of its own."""

    call_ref: str
    dialled_from: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A text that is not sent yet; `senders` are the number or the messaging service that it goes out by."""

    text_ref: str
    senders: frozenset[str]


class Telephone(Protocol):
    """Ends calls and speaks in them; see `telephony.rest`. All raise Refused, TooMany or Unanswered."""

    def waiting_calls_to(self, number: str) -> Sequence[Leg]:
        """Return the legs to a number that nobody has answered yet."""
        ...

    def give_up(self, call_ref: str) -> bool:
        """End a call before it is answered; False if it was over."""
        ...

    def confirm(self, call_ref: str, *, name: str, reference: str) -> bool:
        """Tell one leg that the no is kept, and end it; False if it was over."""
        ...


class Texts(Protocol):
    """Calls off what is not sent; see `telephony.texts`. All raise Refused, TooMany or Unanswered."""

    def scheduled_to(self, number: str) -> Sequence[Text]:
        """Return the texts to a number that are not sent yet."""
        ...

    def call_off(self, text_ref: str) -> bool:
        """Cancel a text; False if it was sent."""
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


class Line(Protocol):
    """A line of the ledger."""

    @property
    def fields(self) -> Mapping[str, Any]:
        """Return it as it was written."""
        ...


class Decided(Protocol):
    """Tells whose a call is; see `store.ledger`."""

    def decision_of_call(self, call_ref: str) -> str | None:
        """Return the decision a call belongs to, None if it is not known."""
        ...

    def find(self, decision_id: str) -> Line | None:
        """Return one decision's line of the ledger."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Stopping:
    """The parts that stopping calls needs."""

    telephone: Telephone
    texts: Texts
    records: Records
    decided: Decided
    gate: Gate


def stop_calls(objection_id: str, parts: Stopping) -> int:
    """End what waits for the lines a no covers; returns how many calls. Two requests a line, one for texts.

    Raises what the telephone raises, and CannotKeep: then some of it may still wait.
    """
    kept = standing(objection_id, parts)
    if kept is None:
        return 0
    channels = channels_of(kept.objection.scope.channels if kept.objection.scope is not None else None)
    numbers = [line for line in kept.lines if not is_email_address(line)]
    if Channel.SMS in channels:
        _told(objection_id, _call_off(kept.objection, numbers, parts), "texts that were not sent")
    if Channel.LIVE_CALL not in channels:
        return 0
    legs = [leg for number in numbers for leg in parts.telephone.waiting_calls_to(number)]
    ended = sum(parts.telephone.give_up(leg.call_ref) for leg in legs if not _may_go_on(leg, parts))
    return _told(objection_id, ended, "calls that were not answered")


def _call_off(objection: Objection, numbers: Sequence[str], parts: Stopping) -> int:
    """Cancel the texts of those whom the no is meant for; whose a text is, its sender says."""
    campaigns = parts.gate.configurations.believed().campaigns.values()
    ours = {c.caller_id for c in campaigns if objection.principal in (None, c.principal)}
    texts = [text for number in numbers for text in parts.texts.scheduled_to(number)]
    return sum(parts.texts.call_off(text.text_ref) for text in texts if text.senders & ours)


def _told(objection_id: str, ended: int, what: str) -> int:
    if ended:
        _log.info("objection %s ended %d %s", objection_id, ended, what)
    return ended


def _may_go_on(leg: Leg, parts: Stopping) -> bool:
    """Say whether a leg is that of a call of ours which the no does not reach."""
    decision = parts.decided.decision_of_call(leg.dialled_from or leg.call_ref)
    line = parts.decided.find(decision) if decision is not None else None
    return line is not None and may_go_on(line.fields, parts.gate)


def standing(objection_id: str, parts: Stopping) -> KeptObjection | None:
    """Return an objection that stands; a job may have waited for longer than it took two people to end it."""
    kept = parts.records.find(objection_id)
    if kept is None or parts.records.is_corrected(kept.objection.contact_point or "", objection_id):
        return None
    return kept
