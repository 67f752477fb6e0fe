"""An order to the telephone carried out; put off where it failed, looked at again where it may miss some."""

import logging
from dataclasses import dataclass

from dialer.clock import Clock
from dialer.errors import RingfenceError
from dialer.objections.call_orders import (
    CallOrder,
    CallOrders,
    OrderKind,
    is_too_old,
    next_look,
    next_try,
)
from dialer.objections.stop_calls import Stopping, stop_calls

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tending:
    """The parts that carrying out an order needs."""

    orders: CallOrders
    stopping: Stopping
    clock: Clock


def tend(order_id: str, parts: Tending) -> None:
    """Carry out one order; what fails stays on disk and comes up again. Raises CannotKeep.

    One that is done already, or was given up, is left alone.
    """
    order = parts.orders.find(order_id)
    if order is None:
        return
    at = parts.clock()
    try:
        _carry_out(order, parts.stopping)
    except RingfenceError as problem:
        _put_off(order, parts, problem)
        return
    again = next_look(order, at)
    if again is None:
        parts.orders.done(order)
    else:
        parts.orders.put_off(order, again)


def _carry_out(order: CallOrder, stopping: Stopping) -> None:
    match order.kind:
        case OrderKind.STOP:
            stop_calls(order.subject, stopping)
        case OrderKind.END:
            stopping.telephone.give_up(order.subject)


def _put_off(order: CallOrder, parts: Tending, problem: RingfenceError) -> None:
    at = parts.clock()
    if is_too_old(order, at):
        _log.error("%s is given up: nothing waits for so long; last: %s", order.id, problem.message)
        parts.orders.done(order)
        return
    until = next_try(order, at)
    _log.warning("%s waits until %s: %s", order.id, until.isoformat(), problem.message)
    parts.orders.put_off(order, until)
