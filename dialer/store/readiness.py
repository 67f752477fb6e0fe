"""Is the store there, in time, writable and safe? Asked afresh, as a screening would meet it."""

from typing import Any

from redis import Redis

from dialer.clock import monotonic_seconds
from dialer.errors import CannotKeep
from dialer.store import keys
from dialer.store.safety import Safety, Standing
from dialer.store.trouble import kept

# What a screening may take over both its trips (house.md); a store slower than that refuses every call.
LONGEST_SECONDS = 0.3


def look_at_store(redis: "Redis", safety: Safety) -> Standing:
    """Return how the store stands now; raises CannotKeep when it is away, slow or takes no writes.

    One round trip, a write of a few bytes among it: a full disk or a replica shows in nothing else.
    """
    started = monotonic_seconds()
    with kept("looking at the store"), redis.pipeline(transaction=False) as pipe:
        pipe.set(keys.PROBE, b"1", ex=60)
        pipe.info()
        pipe.time()
        found: list[Any] = pipe.execute()
    took = monotonic_seconds() - started
    if took > LONGEST_SECONDS:
        raise CannotKeep(
            f"the store took {took:.1f} s to answer; nothing is dialled above {LONGEST_SECONDS} s"
        )
    return safety.look(found[1], found[2])
