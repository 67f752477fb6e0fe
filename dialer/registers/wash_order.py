"""What is to be taken in of a bureau's results, said by whom, and what became of it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from dialer.registers.wash_collected import Counts
from dialer.registers.wash_compared import Compared
from dialer.registers.wash_file import WashReading
from dialer.registers.washed import Wash


@dataclass(frozen=True, slots=True, kw_only=True)
class WashOrder:
    """What is to be taken in, said by whom. `checked_on` and `provider` are for rows that bring none."""

    path: Path
    checked_on: date
    provider: str
    by: str
    reading: WashReading
    accept_change: bool = False
    dry_run: bool = False


class WashOutcome(StrEnum):
    """How a wash that was not refused ended."""

    IN_FORCE = "in_force"
    ALREADY_LOADED = "already_loaded"
    DRY_RUN = "dry_run"


@dataclass(frozen=True, slots=True, kw_only=True)
class WashLoaded:
    """What a wash did, or would do. `counts` is None for a file taken in before."""

    outcome: WashOutcome
    file_name: str
    sha256: str
    washes: tuple[Wash, ...]
    counts: Counts | None = None
    compared: Compared | None = None
