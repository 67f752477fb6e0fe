"""What the telephone still has to do after a no: kept on disk until it is done, tried again until it is.

An order is written in the same act as the no that asks for it, or before the event that asks for it is
acknowledged. A worker carries it out; the timetable rings again for what is due. Doing it twice does no harm.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, Protocol

from dialer.errors import CannotKeep

# The bell rings at once; the timetable begins to ring where nobody came.
FIRST_DUE: Final = timedelta(seconds=5)
# A call that was allowed just before may reach Twilio just after the first look.
LOOK_AGAIN_AFTER: Final = timedelta(seconds=15)
SHORTEST_WAIT: Final = timedelta(seconds=2)
LONGEST_WAIT: Final = timedelta(seconds=60)
# Twilio lets no call wait for longer than this (twilio.md section 10).
GIVEN_UP_AFTER: Final = timedelta(hours=24)
_BETWEEN: Final = "|"


class OrderKind(StrEnum):
    """What to do: end what still rings for an objection's lines, or end one leg that nobody answered."""

    STOP = "stop"
    END = "end"


@dataclass(frozen=True, slots=True, kw_only=True)
class CallOrder:
    """One order; `subject` is the objection's id or the call's reference."""

    kind: OrderKind
    subject: str
    since: datetime
    due_at: datetime

    @property
    def id(self) -> str:
        """Return its name among the orders."""
        return f"{self.kind.value}{_BETWEEN}{self.subject}"


class CallOrders(Protocol):
    """Keeps orders; see `store.call_orders`. All raise CannotKeep."""

    def give(self, order: CallOrder) -> None:
        """Keep an order, on disk; one given before goes on as it stands."""
        ...

    def find(self, order_id: str) -> CallOrder | None:
        """Return an order that is not done yet."""
        ...

    def due(self, at: datetime) -> tuple[CallOrder, ...]:
        """Return the orders due by then, the earliest first."""
        ...

    def put_off(self, order: CallOrder, until: datetime) -> None:
        """Have an order come up again at that time."""
        ...

    def done(self, order: CallOrder) -> None:
        """Forget an order."""
        ...


def stop_order(objection_id: str, *, at: datetime) -> CallOrder:
    """Return the order that an objection gives."""
    return CallOrder(kind=OrderKind.STOP, subject=objection_id, since=at, due_at=at + FIRST_DUE)


def end_order(call_ref: str, *, at: datetime) -> CallOrder:
    """Return the order to end one leg before it is answered."""
    return CallOrder(kind=OrderKind.END, subject=call_ref, since=at, due_at=at + FIRST_DUE)


def named_order(order_id: str) -> tuple[OrderKind, str]:
    """Return what an order's name says; raises CannotKeep for a name that is none."""
    kind, between, subject = order_id.partition(_BETWEEN)
    if not between or kind not in set(OrderKind):
        raise CannotKeep("an order to the telephone cannot be read; another version wrote it")
    return OrderKind(kind), subject


def next_try(order: CallOrder, at: datetime) -> datetime:
    """Return when to try again what did not succeed: as long as it has waited, within a minute."""
    return at + min(max(at - order.since, SHORTEST_WAIT), LONGEST_WAIT)


def next_look(order: CallOrder, at: datetime) -> datetime | None:
    """Return when to look again after a success, None where that was the last look."""
    again = order.since + LOOK_AGAIN_AFTER
    return again if order.kind is OrderKind.STOP and at < again else None


def is_too_old(order: CallOrder, at: datetime) -> bool:
    """Say whether nothing that was waiting then can wait any more."""
    return at - order.since >= GIVEN_UP_AFTER


def sweep_orders(orders: CallOrders, ring: Callable[[str], None], at: datetime) -> int:
    """Ring for each order that is due, once until its next try; returns how many."""
    due = orders.due(at)
    for order in due:
        orders.put_off(order, next_try(order, at))
        ring(order.id)
    return len(due)
