"""Who is alive: workers and the timetable say so, and `/readyz` and `doctor` look."""

from datetime import datetime, timedelta
from typing import Final

from redis import Redis

from dialer.clock import from_milliseconds, milliseconds
from dialer.store import keys
from dialer.store.trouble import kept

# Three times as long as the longest time between two beats of a living part.
REMEMBERED: Final = timedelta(seconds=45)
WORKER: Final = "worker"
LISTS: Final = "lists"
REGISTERS: Final = "registers"
TIMETABLE: Final = "timetable"


class Heartbeats:
    """One beat a part, whichever process of that part gave it last."""

    def __init__(self, redis: "Redis") -> None:
        self._redis = redis

    def beat(self, part: str, *, at: datetime) -> None:
        """Say that a part lives. One round trip."""
        with kept("a heartbeat"):
            self._redis.set(keys.heartbeat(part), milliseconds(at), px=REMEMBERED)

    def last(self, part: str) -> datetime | None:
        """Return when a part last said that it lives; None: not within REMEMBERED."""
        with kept("reading a heartbeat"):
            found = self._redis.get(keys.heartbeat(part))
        return None if found is None else from_milliseconds(int(found))
