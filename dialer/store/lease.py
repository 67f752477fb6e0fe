"""Leases with fencing numbers: one holder at a time, and a holder that slept too long is found out.

The lease is a name with a time-out; the number beside it only grows. Whoever wants to write shows its number:
if a higher one was given out meanwhile, the write is refused. No clock but the server's time-out is trusted.
"""

from datetime import timedelta

from redis import Redis

from dialer.store import keys, scripts
from dialer.store.trouble import kept


class Lease:
    """One lease, by its two keys; `lasts` is how long it stands without being kept."""

    def __init__(self, redis: "Redis", *, lease: str, fence: str, lasts: timedelta) -> None:
        self._redis = redis
        self._lease = lease
        self._fence = fence
        self._lasts_ms = lasts // timedelta(milliseconds=1)

    def take(self) -> int | None:
        """Return a new fencing number, or None if somebody holds the lease. One round trip."""
        with kept("taking a lease"):
            number = scripts.run(
                self._redis, "lease_take", keys=[self._lease, self._fence], arguments=[self._lasts_ms]
            )
        return int(number) or None

    def keep(self, number: int) -> bool:
        """Hold it for longer; False if somebody else has taken it since."""
        with kept("keeping a lease"):
            reply = scripts.run(
                self._redis,
                "lease_keep",
                keys=[self._lease, self._fence],
                arguments=[number, self._lasts_ms],
            )
        return bool(reply)

    def drop(self, number: int) -> None:
        """Give it back, if it is still ours."""
        with kept("giving a lease back"):
            scripts.run(self._redis, "lease_drop", keys=[self._lease], arguments=[number])


def leadership(redis: "Redis", *, lasts: timedelta) -> Lease:
    """Return the lease of the one timetable that may act."""
    return Lease(redis, lease=keys.LEADER, fence=keys.LEADER_FENCE, lasts=lasts)
