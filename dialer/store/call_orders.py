"""Orders to the telephone in Redis: a ZSET by when each is due, and since when each was given."""

from datetime import datetime
from typing import Any, Final

from redis import Redis

from dialer.clock import from_milliseconds, milliseconds
from dialer.objections.call_orders import CallOrder, named_order
from dialer.store import keys
from dialer.store.on_disk import PROVEN, Disk
from dialer.store.trouble import kept

# More than a worker ends in the five seconds until the timetable asks again.
_AT_MOST: Final = 200


class CallOrderStore:
    """Fits `objections.call_orders.CallOrders`."""

    def __init__(self, redis: "Redis", *, disk: Disk = PROVEN) -> None:
        self._redis = redis
        self._disk = disk

    def give(self, order: CallOrder) -> None:
        """Keep an order, on disk, unless it stands already; one round trip."""
        with kept("keeping an order to the telephone"):
            self._disk.run(
                self._redis,
                "give_order",
                keys=[keys.CALL_ORDERS, keys.CALL_ORDERS_SINCE],
                arguments=[order.id, milliseconds(order.due_at), milliseconds(order.since)],
                what="the order to end a call",
            )

    def find(self, order_id: str) -> CallOrder | None:
        """Return an order that is not done yet; one round trip."""
        with kept("reading an order to the telephone"), self._redis.pipeline(transaction=True) as pipe:
            pipe.zscore(keys.CALL_ORDERS, order_id)
            pipe.hget(keys.CALL_ORDERS_SINCE, order_id)
            due, since = pipe.execute()
        return None if due is None else _order(order_id, due, since)

    def due(self, at: datetime) -> tuple[CallOrder, ...]:
        """Return at most two hundred orders due by then, the earliest first; two round trips."""
        with kept("reading which orders to the telephone are due"):
            found: Any = self._redis.zrangebyscore(
                keys.CALL_ORDERS, "-inf", milliseconds(at), start=0, num=_AT_MOST, withscores=True
            )
            names = [name.decode() for name, _ in found]
            since: Any = self._redis.hmget(keys.CALL_ORDERS_SINCE, names) if names else []
        return tuple(
            _order(name, due, begun) for name, (_, due), begun in zip(names, found, since, strict=True)
        )

    def put_off(self, order: CallOrder, until: datetime) -> None:
        """Have an order come up again; one that was done meanwhile stays done. One round trip."""
        with kept("putting off an order to the telephone"):
            self._redis.zadd(keys.CALL_ORDERS, {order.id: milliseconds(until)}, xx=True)

    def done(self, order: CallOrder) -> None:
        """Forget an order; one round trip."""
        with kept("ending an order to the telephone"), self._redis.pipeline(transaction=True) as pipe:
            pipe.zrem(keys.CALL_ORDERS, order.id)
            pipe.hdel(keys.CALL_ORDERS_SINCE, order.id)
            pipe.execute()


def _order(order_id: str, due: float, since: bytes | None) -> CallOrder:
    kind, subject = named_order(order_id)
    due_at = from_milliseconds(int(due))
    return CallOrder(
        kind=kind,
        subject=subject,
        since=due_at if since is None else from_milliseconds(int(since)),
        due_at=due_at,
    )
