"""Works register files off, one after another; killed at any moment, an import is simply run again."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from dialer.clock import Clock, monotonic_seconds
from dialer.errors import CannotKeep, Conflict, Refused, RingfenceError
from dialer.registers.compare import Progress
from dialer.registers.import_job import ImportJob, ImportStanding, ImportState, RegisterImport
from dialer.registers.import_jobs import Jobs, file_of
from dialer.registers.layout import DESCRIBED, described_in
from dialer.registers.load import load
from dialer.registers.order import Loaded, Order
from dialer.registers.plausible import Doubtful
from dialer.registers.put_in_force import Store

# A file that ends its worker's life, for want of memory say, would end every next one's.
MOST_WORKERS: Final = 3
_TOLD_EVERY_SECONDS: Final = 0.5


class Stopped(Exception):
    """The job was cancelled while it was worked on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportWorkshop:
    """The parts that work imports off; `told` says what an import did, as it is kept with the job."""

    jobs: Jobs
    store: Store
    data_dir: Path
    clock: Clock
    told: Callable[[Loaded], dict[str, object]]
    should_stop: Callable[[], bool]


def work_off(workshop: ImportWorkshop) -> int:
    """Do every import that waits and return how many ended; one that is loaded elsewhere waits on."""
    return sum(_work_on(waiting, workshop) for waiting in workshop.jobs.open_ones())


def _work_on(waiting: RegisterImport, workshop: ImportWorkshop) -> bool:
    job, begun = waiting.job, waiting.standing.begun
    if begun >= MOST_WORKERS:
        workshop.jobs.end(job.id, _given_up(workshop.clock()))
        return True
    # Told before anything is read: whoever looks next can tell a worker that died from one that waits.
    workshop.jobs.tell(job.id, ImportStanding(state=ImportState.RUNNING, begun=begun + 1))
    try:
        loaded = load(
            _order(job, workshop),
            workshop.store,
            folder=workshop.data_dir,
            clock=workshop.clock,
            progress=_watch(job, workshop, begun + 1),
        )
    except Stopped:
        return True
    except (CannotKeep, Conflict):
        # The store is away, or another import has its turn: this one stays open, and the sweep comes again.
        with suppress(CannotKeep):
            workshop.jobs.tell(job.id, ImportStanding(begun=begun))
        return False
    except Exception as problem:  # noqa: BLE001 - one file that breaks must not keep all others waiting
        standing = _ended(problem, workshop.clock())
    else:
        standing = ImportStanding(
            state=ImportState.DONE, outcome=workshop.told(loaded), finished_at=workshop.clock()
        )
    workshop.jobs.end(job.id, standing)
    return True


def _order(job: ImportJob, workshop: ImportWorkshop) -> Order:
    return Order(
        register=job.register,
        path=file_of(workshop.data_dir, job),
        extracted_on=job.extracted_on,
        by=f"{job.by}, approved by {job.approved_by}" if job.approved_by else job.by,
        accept_change=job.accept_change,
        dry_run=job.dry_run,
        layout=described_in(job.layout, DESCRIBED) if job.layout else None,
    )


def _given_up(at: datetime) -> ImportStanding:
    why = (
        f"{MOST_WORKERS} workers died while they imported it; the register stays as it is; see that this "
        "machine has memory and disk left, then run it again"
    )
    return ImportStanding(state=ImportState.FAILED, problem=why, finished_at=at)


def _ended(problem: Exception, at: datetime) -> ImportStanding:
    if not isinstance(problem, RingfenceError):
        why = f"the file could not be read: {getattr(problem, 'strerror', None) or type(problem).__name__}"
        return ImportStanding(state=ImportState.FAILED, problem=why, finished_at=at)
    if isinstance(problem, Doubtful) and problem.may_be_accepted:
        why = f"{problem.reasons}; a second person who has looked at the file may approve it"
        return ImportStanding(state=ImportState.HELD, problem=why)
    state = ImportState.REFUSED if isinstance(problem, Refused) else ImportState.FAILED
    return ImportStanding(state=state, problem=problem.message, finished_at=at)


def _watch(job: ImportJob, workshop: ImportWorkshop, begun: int) -> Progress:
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
            begun=begun,
        )
        if not workshop.jobs.tell(job.id, standing):
            raise Stopped

    return tell
