"""Register files sent over HTTP: what a person may do with one, and when it is forgotten.

The file lies in the data folder under the job's id, for this user alone, until its time has come.
"""

import shutil
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final, Protocol

from dialer.errors import Conflict, NotAllowed
from dialer.ids import Kind, new_id
from dialer.registers.import_job import (
    OPEN,
    RESUMABLE,
    ImportJob,
    ImportStanding,
    ImportState,
    RegisterImport,
)
from dialer.registers.order import Outcome

KEPT_FOR: Final = timedelta(days=7)


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


def carry_out(jobs: Jobs, found: RegisterImport, *, by: str) -> None:
    """Let what was a dry run be done, in the name of whoever says so; raises Conflict for any other."""
    outcome = found.standing.outcome
    if outcome is None or outcome.get("outcome") != Outcome.DRY_RUN:
        raise Conflict("there is nothing to carry out: it is no dry run that came to its end")
    jobs.reopen(replace(found.job, dry_run=False, by=by))


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
