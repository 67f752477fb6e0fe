"""The telephone of the shift: it knows who talks to whom, and writes down each time a machine meddles."""

from dataclasses import dataclass, field, replace

from dialer.objections.stop_calls import Leg, Text
from dialer.objections.tending import tend
from tests.doubles.house import House
from workers.parts import worker_parts


@dataclass
class Exchange:
    """Fits `record.Calls`: orders to the telephone are carried out at once, as a worker does.

    `connected` are the calls in which an agent talks, each with its callee's line; `cut` are legs of them
    that a machine was to end or to speak in.
    """

    house: House
    connected: dict[str, str] = field(default_factory=dict)
    cut: list[str] = field(default_factory=list)
    tended: int = 0

    def __post_init__(self) -> None:
        """Take the parts a worker has, with this telephone in place of Twilio's."""
        line, made = Line(self), worker_parts(self.house.parts, should_stop=lambda: False).tending
        self._tending = replace(made, stopping=replace(made.stopping, telephone=line, texts=line))

    def tend(self, order_id: str) -> None:
        """Carry an order out."""
        self.tended += 1
        tend(order_id, self._tending)

    def confirm(self, objection_id: str) -> None:
        """Be asked to speak to the callee of a no: that would cut off whoever talks with them."""
        kept = self.house.parts.objections.find(objection_id)
        if kept is not None and kept.call_ref in self.connected:
            self.cut.append(f"{kept.call_ref}: told aloud")


@dataclass
class Line:
    """Fits `stop_calls.Telephone` and `stop_calls.Texts`; every call here is answered as it is dialled."""

    exchange: Exchange

    def waiting_calls_to(self, number: str) -> list[Leg]:
        """Return nothing: nobody's telephone rings for long."""
        return []

    def callees_of(self, call_ref: str) -> list[str]:
        """Return the callee's leg of a call that goes on."""
        return [call_ref] if call_ref in self.exchange.connected else []

    def give_up(self, call_ref: str) -> bool:
        """End a call."""
        self.exchange.cut.append(f"{call_ref}: ended")
        return True

    def confirm(self, call_ref: str, *, name: str, reference: str) -> bool:
        """Speak in a call and end it."""
        self.exchange.cut.append(f"{call_ref}: spoken in")
        return True

    def scheduled_to(self, number: str) -> list[Text]:
        """Return nothing: this shift sends no texts."""
        return []

    def call_off(self, text_ref: str) -> bool:
        """Have no text to call off."""
        return False
