"""Waiting for a store that is away: longer each time, a stop ends it at once."""

import signal
from threading import Event
from types import FrameType
from typing import ClassVar

from dialer.clock import monotonic_seconds


class Patience:
    """Waits twice as long each time, up to LONGEST_SECONDS; begins anew after a spell of good work."""

    FIRST_SECONDS: ClassVar[float] = 0.5
    LONGEST_SECONDS: ClassVar[float] = 5.0

    def __init__(self, stopping: Event) -> None:
        self._stopping = stopping
        self._next = self.FIRST_SECONDS
        self._began = monotonic_seconds()

    def has_begun(self) -> None:
        """Note that work begins now."""
        self._began = monotonic_seconds()

    def wait(self) -> None:
        """Wait, unless a stop was asked for."""
        if monotonic_seconds() - self._began > self.LONGEST_SECONDS:
            self._next = self.FIRST_SECONDS
        self._stopping.wait(self._next)
        self._next = min(2 * self._next, self.LONGEST_SECONDS)


def stop_on_signals(stopping: Event) -> None:
    """Let SIGTERM and SIGINT ask for a stop; only in the main thread."""

    def ask(_number: int, _frame: FrameType | None) -> None:
        stopping.set()

    signal.signal(signal.SIGTERM, ask)
    signal.signal(signal.SIGINT, ask)
