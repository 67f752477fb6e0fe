"""A circuit breaker: who failed a few times in a row is left alone for a while, then tried once."""

from collections.abc import Callable
from threading import Lock
from typing import Final

from dialer.clock import monotonic_seconds

FAILURES: Final = 3
PAUSE_SECONDS: Final = 30.0


class Circuit:
    """Says whether somebody may be asked; shared by the threads of a process.

    After `FAILURES` in a row nobody asks for `PAUSE_SECONDS`, and then one at a time until it answers.
    """

    def __init__(self, *, elapsed: Callable[[], float] = monotonic_seconds) -> None:
        self._elapsed = elapsed
        self._lock = Lock()
        self._failures = 0
        self._closed_until = 0.0

    def may_ask(self) -> bool:
        """Say whether to ask now; whoever is told yes says afterwards how it went."""
        with self._lock:
            if self._failures < FAILURES:
                return True
            now = self._elapsed()
            if now < self._closed_until:
                return False
            # The one trial: nobody else asks until it has come back, or a whole pause has gone.
            self._closed_until = now + PAUSE_SECONDS
            return True

    def answered(self) -> None:
        """Take it as well again."""
        with self._lock:
            self._failures = 0

    def failed(self) -> bool:
        """Count a failure; True where with this one the pause begins."""
        with self._lock:
            self._failures += 1
            if self._failures >= FAILURES:
                self._closed_until = self._elapsed() + PAUSE_SECONDS
            return self._failures == FAILURES
