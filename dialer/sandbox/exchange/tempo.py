"""Story time: the seconds that callees wait and calls last, which may run faster than real ones.

Only waits and durations are scaled. Instants shown to anybody (Timestamp, date_created) stay real, since a
receiver compares them with its own clock, and network time-outs stay real, since a network does not hurry.
"""

from dialer.clock import monotonic_seconds

LEAST_SPEED, MOST_SPEED = 0.01, 1000.0


class Tempo:
    """Counts story seconds; `speed` of them pass in one real second."""

    def __init__(self, speed: float = 1.0) -> None:
        # One tuple, so that a reader without the lock never sees a speed with another speed's start.
        self._mark = (0.0, monotonic_seconds(), speed)

    @property
    def speed(self) -> float:
        """Return how many story seconds pass in one real second."""
        return self._mark[2]

    def now(self) -> float:
        """Return the story seconds since the start; only differences mean anything."""
        story, real, speed = self._mark
        return story + (monotonic_seconds() - real) * speed

    def run_at(self, speed: float) -> None:
        """Go on from this moment at another speed; what has passed stays passed."""
        self._mark = (self.now(), monotonic_seconds(), speed)

    def real_seconds(self, story_seconds: float) -> float:
        """Return how long to wait in earnest for `story_seconds` to pass; never below nought."""
        return max(0.0, story_seconds) / self.speed
