"""How many forms of the public page came lately, of one sender and of all.

A sender is a keyed digest that changes every day, never an address.
"""

from datetime import datetime, timedelta
from typing import Any, Final

from redis import Redis

from dialer.store import keys
from dialer.store.trouble import kept

WINDOW: Final = timedelta(hours=1)
# A household, a care home or a library behind one address; a bad day for a large campaign.
MOST_OF_ONE: Final = 20
MOST_OF_ALL: Final = 600


class StopFloods:
    """Counts forms."""

    def __init__(self, redis: "Redis") -> None:
        self._redis = redis

    def is_flooded_by(self, sender: str, *, at: datetime) -> bool:
        """Count one form, and say whether there are too many of this sender, or of all. One round trip."""
        hour = int(at.timestamp() // WINDOW.total_seconds())
        names = [keys.stop_forms(sender, hour), keys.stop_forms("all", hour)]
        with kept("counting the forms of the public page"), self._redis.pipeline(transaction=True) as pipe:
            for name in names:
                pipe.incr(name)
                pipe.expire(name, 2 * int(WINDOW.total_seconds()))
            of_one, _, of_all, _ = self._counted(pipe)
        return bool(of_one > MOST_OF_ONE or of_all > MOST_OF_ALL)

    def _counted(self, pipe: Any) -> list[int]:
        return [int(reply) for reply in pipe.execute()]
