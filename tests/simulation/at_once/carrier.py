"""The carrier of the race: rings a leg for each Dial, tells of it, and does what the worker orders."""

import threading
from dataclasses import dataclass, field
from datetime import datetime

from dialer.objections.stop_calls import Leg, Text
from dialer.screening.click_to_call import Rung


@dataclass
class Ringing:
    """One callee's leg; `told_at` and `asked_at` are moments of the race's own count, None before."""

    ref: str
    parent: str
    to: str
    decision: str
    state: str = "ringing"
    told_at: int | None = None
    asked_at: int | None = None


@dataclass
class Carrier:
    """Fits `stop_calls.Telephone`, `stop_calls.Texts` and `click_to_call.Telephone`; counts moments."""

    legs: dict[str, Ringing] = field(default_factory=dict)
    rung_for: list[str] = field(default_factory=list)
    cut_off: list[str] = field(default_factory=list)
    lock: threading.RLock = field(default_factory=threading.RLock)
    _moment: int = 0

    def moment(self) -> int:
        """Return a number greater than any before."""
        with self.lock:
            self._moment += 1
            return self._moment

    def rings(self, call_ref: str, to: str, decision: str) -> Ringing:
        """Begin to ring a callee because an answer said Dial."""
        with self.lock:
            leg = Ringing(f"CL-{call_ref}", call_ref, to, decision)
            self.legs[leg.ref] = leg
            return leg

    def goes_on(self, leg: Ringing, state: str) -> bool:
        """Move a leg that still rings to another state; False if it was ended meanwhile."""
        with self.lock:
            if leg.state != "ringing":
                return False
            leg.state = state
            return True

    def waiting_calls_to(self, number: str) -> list[Leg]:
        with self.lock:
            found = [leg for leg in self.legs.values() if leg.to == number and leg.state == "ringing"]
        return [Leg(call_ref=leg.ref, dialled_from=leg.parent) for leg in found]

    def give_up(self, call_ref: str) -> bool:
        with self.lock:
            leg = self.legs.get(call_ref)
            if leg is None or leg.state != "ringing":
                return False
            leg.state = "ended"
            return True

    def confirm(self, call_ref: str, *, name: str, reference: str) -> bool:
        self.cut_off.append(call_ref)
        return True

    def scheduled_to(self, number: str) -> list[Text]:
        return []

    def call_off(self, text_ref: str) -> bool:
        return False

    def ring(self, endpoint: str, *, caller_id: str, decision: str, at: datetime) -> Rung:
        with self.lock:
            self.rung_for.append(decision)
        return Rung(call_ref=f"CA-{decision}", status="queued")
