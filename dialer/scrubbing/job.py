"""A scrub asked for over HTTP: who asked, for which list, how far it is, and what came of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar

from dialer.calls.call import Channel
from dialer.calls.shape import STRICT


class JobState(StrEnum):
    """Where a job stands; the last two are final."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class ScrubJob:
    """What was asked; it never changes. `at` None judges the instant the scrub begins."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    id: str
    principal: str
    campaign: str
    channel: Channel | None = None
    columns: tuple[str, ...] = ()
    at: datetime | None = None
    file_name: str
    by: str
    asked_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How far a job is, in bytes of its list as it lies on disk and in rows judged.

    `waterfall` is there once it is done, `problem` once it failed.
    """

    state: JobState = JobState.WAITING
    done_bytes: int = 0
    all_bytes: int = 0
    rows: int = 0
    waterfall: Mapping[str, Any] | None = None
    problem: str | None = None
    finished_at: datetime | None = None

    @property
    def share(self) -> float:
        """Return the share that is done, from 0 to 1."""
        if self.state is JobState.DONE:
            return 1.0
        return min(1.0, self.done_bytes / self.all_bytes) if self.all_bytes else 0.0


@dataclass(frozen=True, slots=True)
class Scrub:
    """A job and how it stands."""

    job: ScrubJob
    standing: Standing
