"""The bell: wakes a worker for a destination. A lost ring is harmless, since the sweep finds what is due.

A job is one destination's id and holds no state: what is due, to whom and how often it was tried stands in
the outbox. RQ reads the prefix of its keys while it is imported, so it is set here, before, for everybody.
"""

import logging
import os
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from typing import Any, Final, Protocol

from dialer.errors import CannotKeep

os.environ["RQ_KEY_PREFIX"] = "rf:rq"

from rq import Queue
from rq.serializers import JSONSerializer

NOTICES: Final = "notices"
# What takes minutes waits in a queue of its own, so that no notice waits behind it.
LISTS: Final = "lists"
# Fetching a recording takes up to two minutes; the worker of the lists does it between two lists.
RECORDINGS: Final = "recordings"
# A new register bars nobody before it is in force, so it does not wait behind a long list either.
REGISTERS: Final = "registers"
DRAIN: Final = "workers.tasks.drain"
TEND: Final = "workers.tasks.tend_calls"
CONFIRM: Final = "workers.tasks.confirm_aloud"
SCRUB: Final = "workers.tasks.scrub_lists"
IMPORT: Final = "workers.tasks.import_registers"
KEEP_CLIPS: Final = "workers.tasks.keep_clips"
HEAR_TRANSCRIPT: Final = "workers.tasks.hear_transcript"
# A few requests to Twilio, each of which is given up after five seconds.
CALLS_TIMEOUT_SECONDS: Final = 60
# Longer than fetching one recording may take, and deleting it at the carrier.
CLIPS_TIMEOUT_SECONDS: Final = 180
# Longer than a drain and its last attempt; a drain that takes longer is stuck and is ended.
DRAIN_TIMEOUT_SECONDS: Final = 60
# A list of ten million rows takes some minutes; one that is ended goes on where it was.
SCRUB_TIMEOUT_SECONDS: Final = 3_600
# Failed jobs are only of use for a look at what went wrong: the outbox rings again by itself.
FAILURE_KEPT_SECONDS: Final = 3_600
# With so many jobs waiting no worker is there, or too few: more jobs would wake nobody sooner.
MOST_WAITING: Final = 1_000

_log = logging.getLogger(__name__)


class Wakings(Protocol):
    """Remembers who was rung for."""

    def may_ring(self, destination_id: str) -> bool:
        """Say whether nobody has rung for it lately, and note that somebody does now."""


class Bell:
    """Rings through one queue. `kept` turns the store's troubles into CannotKeep."""

    def __init__(
        self,
        queue: Queue,
        wakings: Wakings,
        *,
        kept: Callable[[str], AbstractContextManager[None]],
    ) -> None:
        self._queue = queue
        self._wakings = wakings
        self._kept = kept

    def ring(self, destination_ids: Iterable[str]) -> None:
        """Ask for each destination to be drained; never raises, because whoever rings has done its work."""
        try:
            with self._kept("ringing for a worker"):
                for destination_id in destination_ids:
                    self._ring_for(destination_id)
        except CannotKeep as problem:
            _log.warning("%s; the sweep will find what is due", problem.message)

    def _ring_for(self, destination_id: str) -> None:
        if self._queue.count >= MOST_WAITING:
            _log.warning("%d jobs wait and nobody takes them; is a worker running?", MOST_WAITING)
        elif self._wakings.may_ring(destination_id):
            self._queue.enqueue(
                DRAIN,
                destination_id,
                job_timeout=DRAIN_TIMEOUT_SECONDS,
                result_ttl=0,
                failure_ttl=FAILURE_KEPT_SECONDS,
                description="drain",
            )


class CallBell:
    """Asks a worker to act on calls after a no; never raises, and goes before all notices that wait.

    An order that nobody was rung for is rung for again by the timetable; a spoken confirmation is not.
    """

    def __init__(self, connection: Any, *, kept: Callable[[str], AbstractContextManager[None]]) -> None:
        self._queue = notice_queue(connection)
        self._kept = kept

    def tend(self, order_id: str) -> None:
        """Have an order to the telephone carried out, which stands on disk by then."""
        self._ring(TEND, order_id)

    def confirm(self, objection_id: str) -> None:
        """Have the callee told, in the call they said it in, that it is done."""
        self._ring(CONFIRM, objection_id)

    def _ring(self, task: str, named: str) -> None:
        try:
            with self._kept("ringing for a worker"):
                self._queue.enqueue(
                    task,
                    named,
                    at_front=True,
                    job_timeout=CALLS_TIMEOUT_SECONDS,
                    result_ttl=0,
                    failure_ttl=FAILURE_KEPT_SECONDS,
                    description="calls",
                )
        except CannotKeep as problem:
            _log.warning("%s; nobody was rung for %s", problem.message, named)


class ListBell:
    """Asks a worker for what takes minutes: lists, register files; never raises: the sweep rings again."""

    def __init__(
        self, connection: Any, *, kept: Callable[[str], AbstractContextManager[None]], task: str = SCRUB
    ) -> None:
        self._queue = register_queue(connection) if task == IMPORT else list_queue(connection)
        self._kept = kept
        self._task = task

    def ring(self) -> None:
        """Ring, unless somebody has and nobody came yet."""
        try:
            with self._kept("ringing for a worker"):
                if not self._queue.count:
                    self._queue.enqueue(
                        self._task,
                        job_timeout=SCRUB_TIMEOUT_SECONDS,
                        result_ttl=0,
                        failure_ttl=FAILURE_KEPT_SECONDS,
                        description="list",
                    )
        except CannotKeep as problem:
            _log.warning("%s; the sweep will find what waits", problem.message)


class RecordingBell:
    """Asks a worker for clips of recordings, or their transcripts; never raises: the sweep comes back."""

    def __init__(
        self, connection: Any, *, kept: Callable[[str], AbstractContextManager[None]], task: str = KEEP_CLIPS
    ) -> None:
        self._queue = recording_queue(connection)
        self._kept = kept
        self._task = task

    def ring(self, named: Iterable[str]) -> None:
        """Ask for each to be looked at, unless too many wait already."""
        try:
            with self._kept("ringing for a worker"):
                room = max(0, MOST_WAITING - self._queue.count)
                for name in list(named)[:room]:
                    kept_for = {"result_ttl": 0, "failure_ttl": FAILURE_KEPT_SECONDS}
                    self._queue.enqueue(self._task, name, job_timeout=CLIPS_TIMEOUT_SECONDS, **kept_for)
        except CannotKeep as problem:
            _log.warning("%s; the sweep comes back to what is due", problem.message)


def ringer(
    connection: Any, *, wakings: Wakings, kept: Callable[[str], AbstractContextManager[None]]
) -> Callable[[Iterable[str]], None]:
    """Return what rings for destinations over a Redis client; it never raises."""
    return Bell(notice_queue(connection), wakings, kept=kept).ring


def notice_queue(connection: Any) -> Queue:
    """Return the queue that workers listen on; `connection` is a Redis client."""
    return Queue(NOTICES, connection=connection, serializer=JSONSerializer)


def list_queue(connection: Any) -> Queue:
    """Return the queue of what takes minutes; `connection` is a Redis client."""
    return Queue(LISTS, connection=connection, serializer=JSONSerializer)


def recording_queue(connection: Any) -> Queue:
    """Return the queue of recordings whose clips are to be kept; `connection` is a Redis client."""
    return Queue(RECORDINGS, connection=connection, serializer=JSONSerializer)


def register_queue(connection: Any) -> Queue:
    """Return the queue of register files that were sent; `connection` is a Redis client."""
    return Queue(REGISTERS, connection=connection, serializer=JSONSerializer)
