"""The worker process: takes rings from the queue, one at a time, in its own process (no horse to orphan).

A stop asked for with SIGTERM or SIGINT ends it after the attempt at hand, at most 10 s; a second one ends it
at once, which loses nothing. With the store away it waits, and comes back by itself.
"""

import logging
from collections.abc import Sequence
from threading import Event
from typing import Any, Final

from rq import Queue, SimpleWorker
from rq.serializers import JSONSerializer

from dialer.bell import list_queue, notice_queue, recording_queue, register_queue
from dialer.clock import utc_now
from dialer.errors import CannotKeep
from dialer.settings import Settings
from dialer.store.clients import patient_client
from dialer.store.heartbeats import LISTS, REGISTERS, WORKER, Heartbeats
from dialer.store.trouble import kept
from dialer.wiring import wire
from workers import tasks
from workers.parts import worker_parts
from workers.patience import Patience, stop_on_signals

# RQ waits for a job for this long less 15 s, and beats in between.
WORKER_TTL_SECONDS: Final = 30
MAINTENANCE_SECONDS: Final = 60

# What a worker may be for, and the queues it listens on, the first before the next: a recording is a matter
# of seconds and goes before the next list, never in the middle of one.
QUEUES: Final = {
    WORKER: (notice_queue,),
    LISTS: (recording_queue, list_queue),
    REGISTERS: (register_queue,),
}

_log = logging.getLogger(__name__)


class OwnWorker(SimpleWorker):
    """RQ's worker without what we do not use, and with our heartbeat as the part it is."""

    max_connection_wait_time = Patience.LONGEST_SECONDS

    def __init__(
        self, queues: Sequence[Queue], part: str, *, stopping: Event, heartbeats: Heartbeats
    ) -> None:
        super().__init__(
            queues,
            connection=queues[0].connection,
            serializer=JSONSerializer,
            worker_ttl=WORKER_TTL_SECONDS,
            maintenance_interval=MAINTENANCE_SECONDS,
            log_job_description=False,
        )
        self._part = part
        self._stopping = stopping
        self._heartbeats = heartbeats

    def handle_warm_shutdown_request(self) -> None:
        """Tell the drain at hand to end after its attempt, a scrub to leave off where it is."""
        self._stopping.set()

    def heartbeat(self, *args: Any, **kwargs: Any) -> None:
        """Beat for RQ, and for `/readyz`."""
        super().heartbeat(*args, **kwargs)
        try:
            self._heartbeats.beat(self._part, at=utc_now())
        except CannotKeep as problem:
            _log.debug("%s", problem.message)

    def subscribe(self) -> None:
        """Take no commands over the store: signals steer this process, and its end waits for no thread."""

    def unsubscribe(self) -> None:
        """There is nothing to end."""


def run_worker(settings: Settings, *, part: str = WORKER) -> None:
    """Work until a signal says stop, on what `part` is for; see QUEUES."""
    stopping = Event()
    parts = wire(settings)
    tasks.furnish(worker_parts(parts, should_stop=stopping.is_set))
    connection = patient_client(settings.redis_url)
    queues = [queue(connection) for queue in QUEUES[part]]
    patience = Patience(stopping)
    while not stopping.is_set():
        # RQ puts its own signal handlers in place while it works.
        stop_on_signals(stopping)
        try:
            with kept("the worker's queue"):
                worker = OwnWorker(queues, part, stopping=stopping, heartbeats=Heartbeats(parts.redis))
                patience.has_begun()
                worker.work(logging_level="WARNING")
        except CannotKeep as problem:
            _log.warning("%s; trying again", problem.message)
        patience.wait()
