"""Scrubs asked for over HTTP, worked off one after another; killed at any moment, the next worker goes on.

The list and its result lie in the data folder under the job's id, for this user alone, until they expire.
"""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final, Protocol

from dialer.clock import Clock, monotonic_seconds
from dialer.errors import CannotKeep, RingfenceError
from dialer.files.number_cell import NumberReading
from dialer.ids import Kind, new_id
from dialer.scrubbing.job import JobState, Scrub, ScrubJob, Standing
from dialer.scrubbing.scrub import Order, Scrubber, scrub

# Long enough to fetch a result after a long week-end; then the list has gone (UK GDPR Art 5(1)(e)).
KEPT_FOR: Final = timedelta(days=7)
_TOLD_EVERY_SECONDS: Final = 0.5
_LIST, _RESULT = "list", "result.csv"


class Removed(Exception):
    """The job was removed while it was worked on."""


class Jobs(Protocol):
    """Where jobs are kept; raises CannotKeep."""

    def add(self, job: ScrubJob) -> None:
        """Keep a new job, waiting."""
        ...

    def oldest_open(self) -> Scrub | None:
        """Return the job that has waited longest, one that was begun before all others; None for none."""
        ...

    def tell(self, job_id: str, standing: Standing) -> bool:
        """Keep how a job stands; False, nothing kept, if it was removed."""
        ...

    def remove(self, job_id: str) -> bool:
        """Remove a job; False if there is none."""
        ...

    def expired(self, at: datetime) -> list[str]:
        """Return the jobs whose time has come."""
        ...


class Turn(Protocol):
    """The right to work, which one process has at a time; see `store.lease`."""

    def take(self) -> int | None:
        """Take it and return its number; None while another has it."""
        ...

    def keep(self, number: int) -> bool:
        """Keep it; False if it was lost."""
        ...

    def drop(self, number: int) -> None:
        """Give it back."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Workshop:
    """The parts that work jobs off."""

    jobs: Jobs
    turn: Turn
    scrubber: Scrubber
    folder: Path
    reading: NumberReading
    clock: Clock
    should_stop: Callable[[], bool]


def new_job_id(at: datetime) -> str:
    """Return the id of a job that is asked for now."""
    return new_id(Kind.SCRUB, at=at)


def list_of(folder: Path, job_id: str) -> Path:
    """Return where the list of a job lies; its folder is made for this user alone."""
    own = folder / job_id
    own.mkdir(mode=0o700, parents=True, exist_ok=True)
    return own / _LIST


def result_of(folder: Path, job_id: str) -> Path:
    """Return where the result of a job is, once it is done."""
    return folder / job_id / _RESULT


def discard(folder: Path, job_id: str) -> None:
    """Delete the files of a job, if there are any."""
    shutil.rmtree(folder / job_id, ignore_errors=True)


def work_off(workshop: Workshop) -> int:
    """Do every job that waits and return how many ended; none while another process has its turn."""
    number = workshop.turn.take()
    if number is None:
        return 0
    ended = 0
    try:
        while (waiting := workshop.jobs.oldest_open()) is not None:
            ended += _work_on(waiting, workshop, number)
    finally:
        workshop.turn.drop(number)
    return ended


def give_up(workshop: Workshop) -> None:
    """End the job that was worked on, failed: it broke whoever worked on it."""
    broken = workshop.jobs.oldest_open()
    if broken is not None:
        why = "the list could not be scrubbed: our own fault; see the worker's log, and tell us"
        workshop.jobs.tell(
            broken.job.id, Standing(state=JobState.FAILED, problem=why, finished_at=workshop.clock())
        )


def expire(jobs: Jobs, folder: Path, at: datetime) -> int:
    """Delete jobs whose time has come, and files that belong to no job any more; returns how many jobs."""
    expired = jobs.expired(at)
    for job_id in expired:
        jobs.remove(job_id)
        discard(folder, job_id)
    return len(expired)


def _work_on(waiting: Scrub, workshop: Workshop, number: int) -> bool:
    job, folder = waiting.job, workshop.folder
    order = Order(
        source=list_of(folder, job.id),
        result=result_of(folder, job.id),
        campaign=job.campaign,
        channel=job.channel,
        columns=job.columns,
        at=job.at,
        reading=workshop.reading,
    )
    standing = Standing(state=JobState.RUNNING)
    try:
        scrubbed = scrub(order, workshop.scrubber, watch=_watch(job, workshop, number))
        standing = Standing(
            state=JobState.DONE,
            rows=scrubbed.waterfall.rows,
            waterfall=scrubbed.as_json(),
            finished_at=workshop.clock(),
        )
    except Removed:
        discard(folder, job.id)
        return True
    except CannotKeep:
        # The store is away or changes: the job stays open, and the sweep sends somebody for it again.
        raise
    except (RingfenceError, OSError) as failure:
        problem = failure.message if isinstance(failure, RingfenceError) else _of_system(failure)
        standing = Standing(state=JobState.FAILED, problem=problem, finished_at=workshop.clock())
    if not workshop.jobs.tell(job.id, standing):
        discard(folder, job.id)
    return True


def _of_system(failure: OSError) -> str:
    return f"the list could not be read or its result not written: {failure.strerror or failure}"


def _watch(job: ScrubJob, workshop: Workshop, number: int) -> Callable[[int, int, int], None]:
    """Return what tells how far the job is, twice a second, and ends it when it or the turn is gone."""
    last = -_TOLD_EVERY_SECONDS

    def tell(done_bytes: int, all_bytes: int, rows: int) -> None:
        nonlocal last
        if workshop.should_stop():
            raise CannotKeep("this worker was asked to stop; the next one goes on with the list")
        if monotonic_seconds() - last < _TOLD_EVERY_SECONDS:
            return
        last = monotonic_seconds()
        if not workshop.turn.keep(number):
            raise CannotKeep("this scrub lost its turn to another worker, which goes on with it")
        standing = Standing(state=JobState.RUNNING, done_bytes=done_bytes, all_bytes=all_bytes, rows=rows)
        if not workshop.jobs.tell(job.id, standing):
            raise Removed

    return tell
