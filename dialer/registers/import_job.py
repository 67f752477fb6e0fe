"""A register file sent over HTTP: who sent it, how far its import is, and what came of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any


class ImportState(StrEnum):
    """Where an import stands. `held` waits for a person who looks at what is doubted.

    `refused` and `failed` ended without changing anything; `cancelled` was stopped by a person.
    """

    WAITING = "waiting"
    RUNNING = "running"
    HELD = "held"
    DONE = "done"
    REFUSED = "refused"
    FAILED = "failed"
    CANCELLED = "cancelled"


OPEN = frozenset({ImportState.WAITING, ImportState.RUNNING})
RESUMABLE = frozenset({ImportState.FAILED, ImportState.CANCELLED})


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportJob:
    """What was asked. `approved_by` is the second person, who looked at what was doubted.

    `layout` is TOML that describes one (`registers.layout`), None to tell it from the file.
    """

    id: str
    register: str
    extracted_on: date
    file_name: str
    by: str
    accept_change: bool = False
    approved_by: str | None = None
    dry_run: bool = False
    layout: str | None = None
    asked_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportStanding:
    """How far an import is: `done` of `total` in its `stage`, and `seconds_left` of that stage, if known.

    `outcome` is there once it is done; `problem` where it is held or ended otherwise. `begun` counts the
    workers that took it up and have not come to an end with it.
    """

    state: ImportState = ImportState.WAITING
    stage: str | None = None
    done: int = 0
    total: int = 0
    rate: float | None = None
    seconds_left: float | None = None
    problem: str | None = None
    outcome: Mapping[str, Any] | None = None
    finished_at: datetime | None = None
    begun: int = 0

    @property
    def share(self) -> float:
        """Return the share of the stage that is done, from 0 to 1."""
        if self.state is ImportState.DONE:
            return 1.0
        return min(1.0, self.done / self.total) if self.total else 0.0


@dataclass(frozen=True, slots=True)
class RegisterImport:
    """A job and how it stands."""

    job: ImportJob
    standing: ImportStanding
