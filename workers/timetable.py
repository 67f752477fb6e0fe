"""The timetable: what runs every so often, in one process at a time whatever their number.

The leader holds a lease with a fencing number; every task may run twice without harm, because a leader that
slept may overlap the next one for a moment.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Event
from typing import Final

from dialer.clock import utc_now
from dialer.errors import CannotKeep
from dialer.settings import Settings
from dialer.store.heartbeats import TIMETABLE, Heartbeats
from dialer.store.lease import Lease, leadership
from dialer.wiring import wire
from workers.patience import stop_on_signals
from workers.timed_tasks import TimedTask, timed_tasks

TICK_SECONDS: Final = 1.0
# Short, so that after a killed leader the sweep is late by less than 15 s; each tick renews it.
LEADERSHIP: Final = timedelta(seconds=8)

_log = logging.getLogger(__name__)


@dataclass(slots=True, kw_only=True)
class Timetable:
    """Runs what is due while it leads. A new leader runs everything at once: nobody knows what was missed."""

    tasks: Sequence[TimedTask]
    lease: Lease
    number: int | None = None
    last_run: dict[str, datetime] = field(default_factory=dict)

    def tick(self, at: datetime) -> tuple[str, ...]:
        """Lead or try to, run what is due, and return the names of what ran well. Raises CannotKeep."""
        if not self._leads():
            return ()
        due = [task for task in self.tasks if self._is_due(task, at)]
        return tuple(task.name for task in due if self._ran(task, at))

    def end(self) -> None:
        """Give the lead back, so that another takes over without waiting."""
        if self.number is not None:
            self.lease.drop(self.number)
            self.number = None

    def _leads(self) -> bool:
        if self.number is not None and self.lease.keep(self.number):
            return True
        self.number = self.lease.take()
        self.last_run.clear()
        return self.number is not None

    def _is_due(self, task: TimedTask, at: datetime) -> bool:
        last = self.last_run.get(task.name)
        return last is None or at - last >= task.every

    def _ran(self, task: TimedTask, at: datetime) -> bool:
        self.last_run[task.name] = at
        try:
            task.run(at)
        except CannotKeep:
            raise
        except Exception:  # noqa: BLE001
            # The outermost loop of this process: one task that fails must not keep the others from running.
            _log.exception("the timetable's task %s failed; it runs again in %s", task.name, task.every)
            return False
        return True


def run_timetable(settings: Settings) -> None:
    """Keep the timetable until a signal says stop; with the store away it goes on trying."""
    stopping = Event()
    stop_on_signals(stopping)
    parts = wire(settings)
    heartbeats = Heartbeats(parts.redis)
    timetable = Timetable(tasks=timed_tasks(parts), lease=leadership(parts.redis, lasts=LEADERSHIP))
    is_away = False
    while not stopping.is_set():
        try:
            heartbeats.beat(TIMETABLE, at=utc_now())
            timetable.tick(utc_now())
            is_away = False
        except CannotKeep as problem:
            if not is_away:
                _log.warning("%s; trying again every second", problem.message)
            is_away = True
        stopping.wait(TICK_SECONDS)
    timetable.end()
