"""The stand-in's threads: counted, limited, and waited for at the end."""

import threading
from collections.abc import Callable

from dialer.clock import monotonic_seconds
from dialer.errors import CannotKeep

MOST_THREADS = 400


class Threads:
    """Starts threads up to a limit, and knows which still run."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._running: set[threading.Thread] = set()

    def start(self, work: Callable[[], None], *, name: str) -> None:
        """Run `work` in a thread of its own; raises `CannotKeep` when too many run."""

        def run() -> None:
            try:
                work()
            finally:
                with self._lock:
                    self._running.discard(threading.current_thread())

        thread = threading.Thread(target=run, name=f"sandbox-{name}", daemon=True)
        with self._lock:
            if len(self._running) >= MOST_THREADS:
                raise CannotKeep(
                    f"the stand-in is playing {MOST_THREADS} parts already; wait for calls to end"
                )
            self._running.add(thread)
        thread.start()

    def join(self, *, within_seconds: float) -> bool:
        """Wait for all threads to end; tell whether they did."""
        until = monotonic_seconds() + within_seconds
        with self._lock:
            running = tuple(self._running)
        for thread in running:
            if thread is not threading.current_thread():
                thread.join(max(0.0, until - monotonic_seconds()))
        return not any(thread.is_alive() for thread in running)
