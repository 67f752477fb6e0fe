"""Register files sent over HTTP, worked off one after another; killed at any moment, it is simply run again.

The file lies in the data folder under the job's id, for this user alone, until its time has come.
"""

import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final, Protocol

from dialer.clock import Clock, monotonic_seconds
from dialer.errors import CannotKeep, Conflict, NotAllowed, Refused, RingfenceError
from dialer.ids import Kind, new_id
from dialer.registers.compare import Progress
from dialer.registers.import_job import (
    OPEN,
    RESUMABLE,
    ImportJob,
    ImportStanding,
    ImportState,
    RegisterImport,
)
from dialer.registers.load import load
from dialer.registers.order import Loaded, Order
from dialer.registers.plausible import Doubtful
from dialer.registers.put_in_force import Store

KEPT_FOR: Final = timedelta(days=7)
_TOLD_EVERY_SECONDS: Final = 0.5


class Stopped(Exception):
    """The job was cancelled while it was worked on."""


class Jobs(Protocol):
    """Where jobs are kept; raises CannotKeep."""

    def open_ones(self) -> list[RegisterImport]:
        """Return the jobs that wait or were begun, the oldest first."""

    def find(self, job_id: str) -> RegisterImport | None:
        """Return one job, None if there is none."""

    def tell(self, job_id: str, standing: ImportStanding) -> bool:
        """Keep how a running job stands; False, nothing kept, if it was closed."""

    def reopen(self, job: ImportJob) -> None:
        """Let a job wait again."""

    def end(self, job_id: str, standing: ImportStanding) -> None:
        """Close a job."""

    def expired(self, at: datetime) -> list[str]:
        """Return the jobs whose time has come."""

    def remove(self, job_id: str) -> None:
        """Forget a job."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportWorkshop:
    """The parts that work imports off; `told` says what an import did, as it is kept with the job."""

    jobs: Jobs
    store: Store
    data_dir: Path
    clock: Clock
    told: Callable[[Loaded], dict[str, object]]
    should_stop: Callable[[], bool]


def new_job_id(at: datetime) -> str:
    """Return the id of an import that is asked for now."""
    return new_id(Kind.IMPORT, at=at)


def file_of(data_dir: Path, job: ImportJob) -> Path:
    """Return where the file of a job lies, under the name it was sent with; makes its folder."""
    own = data_dir / "imports" / job.id
    own.mkdir(mode=0o700, parents=True, exist_ok=True)
    # What it is called says something: a name that speaks of deletions is a reason to doubt.
    return own / (job.file_name.lstrip(".") or "register")


def discard(data_dir: Path, job_id: str) -> None:
    """Delete the file of a job, if it is there."""
    shutil.rmtree(data_dir / "imports" / job_id, ignore_errors=True)


def work_off(workshop: ImportWorkshop) -> int:
    """Do every import that waits and return how many ended; one that is loaded elsewhere waits on."""
    return sum(_work_on(waiting.job, workshop) for waiting in workshop.jobs.open_ones())


def cancel(jobs: Jobs, found: RegisterImport, at: datetime) -> None:
    """Stop an import that has not ended, or turn one down that is held; raises Conflict for any other."""
    if found.standing.state not in OPEN | {ImportState.HELD}:
        raise Conflict(f"the import has ended already: it is {found.standing.state.value}")
    jobs.end(found.job.id, ImportStanding(state=ImportState.CANCELLED, finished_at=at))


def resume(jobs: Jobs, found: RegisterImport) -> None:
    """Let an import that failed or was cancelled run again, from the file that was sent."""
    if found.standing.state not in RESUMABLE:
        raise Conflict(f"there is nothing to resume: the import is {found.standing.state.value}")
    jobs.reopen(found.job)


def approve(jobs: Jobs, found: RegisterImport, *, by: str) -> None:
    """Let a held import run, what was doubted accepted by a second person; raises Conflict, NotAllowed."""
    if found.standing.state is not ImportState.HELD:
        raise Conflict(f"there is nothing to approve: the import is {found.standing.state.value}")
    if by == found.job.by:
        raise NotAllowed("whoever sent a file does not approve it: ask a second person to look at it")
    jobs.reopen(replace(found.job, accept_change=True, approved_by=by))


def expire(jobs: Jobs, data_dir: Path, at: datetime) -> int:
    """Forget imports whose time has come, with their files; returns how many. What they loaded stays."""
    expired = jobs.expired(at)
    for job_id in expired:
        jobs.remove(job_id)
        discard(data_dir, job_id)
    return len(expired)


def _work_on(job: ImportJob, workshop: ImportWorkshop) -> bool:
    order = Order(
        register=job.register,
        path=file_of(workshop.data_dir, job),
        extracted_on=job.extracted_on,
        by=f"{job.by}, approved by {job.approved_by}" if job.approved_by else job.by,
        accept_change=job.accept_change,
    )
    try:
        progress = _watch(job, workshop)
        loaded = load(
            order, workshop.store, folder=workshop.data_dir, clock=workshop.clock, progress=progress
        )
    except Stopped:
        return True
    except (CannotKeep, Conflict):
        # The store is away, or another import has its turn: this one stays open, and the sweep comes again.
        return False
    except Exception as problem:  # noqa: BLE001 - one file that breaks must not keep all others waiting
        standing = _ended(problem, workshop.clock())
    else:
        standing = ImportStanding(
            state=ImportState.DONE, outcome=workshop.told(loaded), finished_at=workshop.clock()
        )
    workshop.jobs.end(job.id, standing)
    return True


def _ended(problem: Exception, at: datetime) -> ImportStanding:
    if not isinstance(problem, RingfenceError):
        why = f"the file could not be read: {getattr(problem, 'strerror', None) or type(problem).__name__}"
        return ImportStanding(state=ImportState.FAILED, problem=why, finished_at=at)
    may_be_accepted = isinstance(problem, Doubtful) and problem.may_be_accepted
    state = ImportState.HELD if may_be_accepted else ImportState.REFUSED
    if not isinstance(problem, Refused) and not may_be_accepted:
        state = ImportState.FAILED
    return ImportStanding(state=state, problem=problem.message, finished_at=None if may_be_accepted else at)


def _watch(job: ImportJob, workshop: ImportWorkshop) -> Progress:
    """Return what tells how far an import is, twice a second, and ends it when it was cancelled."""
    last, stage, began = -_TOLD_EVERY_SECONDS, "", monotonic_seconds()

    def tell(now_at: str, done: int, total: int) -> None:
        nonlocal last, stage, began
        if workshop.should_stop():
            raise CannotKeep("this worker was asked to stop; the next one begins the import again")
        now = monotonic_seconds()
        if now_at != stage:
            stage, began = now_at, now
        elif now - last < _TOLD_EVERY_SECONDS:
            return
        last = now
        rate = done / (now - began) if now > began else None
        standing = ImportStanding(
            state=ImportState.RUNNING,
            stage=stage,
            done=done,
            total=total,
            rate=rate,
            seconds_left=(total - done) / rate if rate else None,
        )
        if not workshop.jobs.tell(job.id, standing):
            raise Stopped

    return tell
