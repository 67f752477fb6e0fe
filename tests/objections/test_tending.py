"""An order to the telephone: tried until it succeeds, looked at once more, and given up after a day."""

from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest

from dialer.errors import Refused, RingfenceError, TooMany, Unanswered
from dialer.objections.call_orders import end_order
from dialer.objections.stop_calls import Leg, Stopping, Text
from dialer.objections.tending import Tending, tend
from tests.doubles.house import MONDAY, NUMBER, House


@dataclass
class Line:
    """A telephone of the test: what waits, what was ended, and what is wrong with it."""

    waiting: dict[str, list[Leg]] = field(default_factory=dict)
    ended: list[str] = field(default_factory=list)
    trouble: RingfenceError | None = None

    def waiting_calls_to(self, number: str) -> list[Leg]:
        if self.trouble is not None:
            raise self.trouble
        return self.waiting.pop(number, [])

    def give_up(self, call_ref: str) -> bool:
        if self.trouble is not None:
            raise self.trouble
        self.ended.append(call_ref)
        return True

    def scheduled_to(self, number: str) -> list[Text]:
        return []

    def call_off(self, text_ref: str) -> bool:
        return False

    def confirm(self, call_ref: str, *, name: str, reference: str) -> bool:
        return False


def tending(house: House, line: Line) -> Tending:
    parts = house.parts
    stopping = Stopping(
        telephone=line,
        texts=line,
        records=parts.objections,
        decided=parts.ledger,
        gate=parts.gate,
    )
    return Tending(orders=parts.call_orders, stopping=stopping, clock=house.clock)


def test_a_call_that_reaches_twilio_after_the_first_look_is_found_by_the_second(house: House) -> None:
    line, order = Line(), f"stop|{house.object().id}"
    tend(order, tending(house, line))
    line.waiting[NUMBER] = [Leg(call_ref="CA-late")]
    (again,) = house.parts.call_orders.due(MONDAY + timedelta(seconds=15))
    house.clock.advance(seconds=15)
    tend(again.id, tending(house, line))
    assert (line.ended, house.parts.call_orders.find(order)) == (["CA-late"], None)


@pytest.mark.parametrize("trouble", [Unanswered("no answer"), TooMany("later"), Refused("bad password")])
def test_what_twilio_would_not_do_stays_on_disk_and_is_done_when_it_would(
    house: House, trouble: RingfenceError
) -> None:
    line = Line(waiting={NUMBER: [Leg(call_ref="CA1")]}, trouble=trouble)
    order = f"stop|{house.object().id}"
    tend(order, tending(house, line))
    house.clock.advance(minutes=30)
    tend(order, tending(house, line))
    assert house.parts.call_orders.due(house.clock() + timedelta(seconds=59)) == ()
    assert len(house.parts.call_orders.due(house.clock() + timedelta(seconds=60))) == 1
    tend(order, tending(house, replace(line, trouble=None)))
    assert (line.ended, house.parts.call_orders.find(order)) == (["CA1"], None)


def test_an_order_to_end_one_leg_is_done_with_one_success(house: House) -> None:
    line = Line()
    house.parts.call_orders.give(end_order("CA1", at=MONDAY))
    tend("end|CA1", tending(house, line))
    tend("end|CA1", tending(house, line))
    assert (line.ended, house.parts.call_orders.find("end|CA1")) == (["CA1"], None)


def test_after_a_day_nothing_of_it_can_wait_any_more(house: House) -> None:
    house.parts.call_orders.give(end_order("CA1", at=MONDAY))
    house.clock.advance(hours=24)
    tend("end|CA1", tending(house, Line(trouble=Unanswered("no answer"))))
    assert house.parts.call_orders.find("end|CA1") is None


def test_the_same_job_twice_does_no_harm_and_one_nobody_gave_does_nothing(house: House) -> None:
    tend("stop|obj_nowhere", tending(house, Line()))
    assert house.parts.call_orders.due(MONDAY + timedelta(days=2)) == ()


def test_only_calls_that_the_no_covers_are_ended_and_those_nobody_here_knows(house: House) -> None:
    house.screen(house.outgoing(call_ref="CA-covered"))
    legs = [
        Leg(call_ref="CA-leg", dialled_from="CA-covered"),
        Leg(call_ref="CA-stranger"),
    ]
    house.parts.configuration.believed()
    line = Line(waiting={NUMBER: legs})
    tend(f"stop|{house.object(principal='birch').id}", tending(house, line))
    assert line.ended == ["CA-stranger"]
    line.waiting[NUMBER] = legs[:1]
    tend(f"stop|{house.object().id}", tending(house, line))
    assert line.ended == ["CA-stranger", "CA-leg"]
