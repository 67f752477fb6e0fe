"""Starts the parts stage by stage, keeps them alive, and ends them in the reverse order.

One thread and one loop: it waits for output, signals and deadlines together. Children are made in this
thread, which is also what ties their lives to ours (see `orphans`).
"""

import math
import os
import selectors
import signal
from collections.abc import Callable, Iterable, Sequence

from dialer.clock import monotonic_seconds
from dialer.errors import CannotKeep
from dialer.processes.child import Child
from dialer.processes.part import Part
from dialer.processes.watchdog import Watchdog

STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
GRACE_SECONDS = 10.0
# One Ctrl-C can arrive twice: from the terminal and from a program around us that hands it on.
SAME_PRESS_SECONDS = 0.5
LOOK_SECONDS = 0.05
FALLS_BEFORE_GIVING_UP = 4
OURSELVES = "ringfence"


class Supervisor:
    """Runs parts until a signal asks to stop. `say(part, line)` receives every line, our own included."""

    def __init__(self, parts: Sequence[Part], *, say: Callable[[str, str], None]) -> None:
        self._children = [Child(part) for part in sorted(parts, key=lambda part: part.stage)]
        self._say = say
        self._stops = 0
        self._last_asked = -math.inf
        self._is_ending = False
        self._selector = selectors.DefaultSelector()

    def run(self, on_ready: Callable[[], None]) -> None:
        """Start everything, call `on_ready`, and return after an ordered stop.

        Raises `CannotKeep` when a part falls again and again before it was ever ready; all is ended then too.
        """
        self._watchdog = Watchdog()
        read_end, write_end = os.pipe()
        os.set_blocking(write_end, False)
        self._selector.register(read_end, selectors.EVENT_READ)
        woken = signal.set_wakeup_fd(write_end, warn_on_full_buffer=False)
        before = {number: signal.signal(number, self._asked_to_stop) for number in STOP_SIGNALS}
        # Any handler will do: the wake-up descriptor is what ends the wait.
        before[signal.SIGCHLD] = signal.signal(signal.SIGCHLD, lambda *_: None)
        try:
            self._run_stages()
            if not self._stops:
                on_ready()
            while not self._stops:
                self._turn()
        finally:
            self._end_stages()
            self._watchdog.close()
            signal.set_wakeup_fd(woken)
            for number, handler in before.items():
                signal.signal(number, handler)
            self._selector.close()
            os.close(read_end)
            os.close(write_end)

    def _asked_to_stop(self, *_: object) -> None:
        now = monotonic_seconds()
        if now - self._last_asked > SAME_PRESS_SECONDS:
            self._stops += 1
        self._last_asked = now

    def _stages(self) -> list[list[Child]]:
        numbers = sorted({child.part.stage for child in self._children})
        return [[child for child in self._children if child.part.stage == number] for number in numbers]

    def _run_stages(self) -> None:
        for stage in self._stages():
            for child in stage:
                self._start(child)
            while not self._stops and not all(self._is_ready(child) for child in stage):
                self._turn(LOOK_SECONDS)

    def _is_ready(self, child: Child) -> bool:
        if not child.was_ready:
            child.was_ready = child.is_ready(now=monotonic_seconds())
            if not child.was_ready and child.falls >= FALLS_BEFORE_GIVING_UP:
                raise CannotKeep(
                    f"{child.part.name} ended {child.falls} times and was never ready; its lines say why"
                )
        return child.was_ready

    def _end_stages(self) -> None:
        self._is_ending = True
        self._say(OURSELVES, "stopping; Ctrl-C again to hurry")
        for stage in reversed(self._stages()):
            self._end(stage)
        self._say(OURSELVES, "stopped")

    def _end(self, stage: Iterable[Child]) -> None:
        """TERM to each group, 10 s, KILL; a further signal hurries."""
        for child in stage:
            child.signal_group(signal.SIGTERM)
        patience, until = max(self._stops, 1), monotonic_seconds() + GRACE_SECONDS
        while any(child.runs for child in stage) and monotonic_seconds() < until and self._stops <= patience:
            self._turn(LOOK_SECONDS)
        for child in stage:
            if child.runs:
                self._say(OURSELVES, f"{child.part.name} does not end by itself and is killed")
                child.signal_group(signal.SIGKILL)
                self._bury(child)

    def _turn(self, most_seconds: float | None = None) -> None:
        """Wait for something to happen, `most_seconds` at most, and deal with it: lines, deaths, restarts."""
        for key, _ in self._selector.select(self._wait_seconds(most_seconds)):
            if key.data is None:
                os.read(key.fd, 4096)
            else:
                self._pass_on(key.data)
        for child in self._children:
            if child.has_ended():
                self._bury(child)
            elif (
                not self._is_ending
                and child.restart_at is not None
                and child.restart_at <= monotonic_seconds()
            ):
                self._start(child)

    def _wait_seconds(self, most_seconds: float | None) -> float | None:
        due = [c.restart_at - monotonic_seconds() for c in self._children if c.restart_at is not None]
        waits = ([] if self._is_ending else due) + ([most_seconds] if most_seconds is not None else [])
        return max(0.0, min(waits)) if waits else None

    def _start(self, child: Child) -> None:
        self._watchdog.watch(child.start(now=monotonic_seconds()))
        assert child.output is not None
        self._selector.register(child.output, selectors.EVENT_READ, child)

    def _pass_on(self, child: Child) -> None:
        """Hand a child's new lines on."""
        lines = child.read_lines()
        for line in lines or ():
            self._say(child.part.name, line)
        if lines is None:
            self._stop_reading(child)

    def _stop_reading(self, child: Child) -> None:
        if child.output is not None and child.output in self._selector.get_map():
            self._selector.unregister(child.output)

    def _bury(self, child: Child) -> None:
        assert child.process
        pid = child.process.pid
        child.signal_group(signal.SIGKILL)
        # A pipe holds no more than one read takes; the second finds its end and frees an unfinished line.
        self._pass_on(child)
        self._pass_on(child)
        self._stop_reading(child)
        code = child.bury(now=monotonic_seconds())
        self._watchdog.forget(pid)
        if child.part.ends:
            child.restart_at = None
        if self._is_ending or (child.part.ends and code == 0):
            return
        again = "" if child.restart_at is None else "; it is started again"
        self._say(OURSELVES, f"{child.part.name} ended with {_in_words(code)}{again}")


def _in_words(code: int) -> str:
    return f"exit code {code}" if code >= 0 else signal.Signals(-code).name
