"""Find what the bell or the queue lost: whatever is due is rung for again, since the outbox is the truth."""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol


class Waiting(Protocol):
    """Knows which destinations have something due."""

    def destinations_due(self, *, at: datetime) -> tuple[str, ...]:
        """Return the ids of destinations that are not resting and have something due at `at`."""


def sweep(*, waiting: Waiting, ring: Callable[[tuple[str, ...]], None], at: datetime) -> tuple[str, ...]:
    """Ring for every destination with something due at `at`, and return their ids.

    `ring` wakes their workers and never raises; a second ring is harmless.
    """
    found = waiting.destinations_due(at=at)
    ring(found)
    return found
