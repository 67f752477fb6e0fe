"""What is to be loaded into a register, said by whom, and what became of it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from dialer.registers.layout import Layout
from dialer.registers.plausible import Effect
from dialer.registers.read_register import Reading
from dialer.registers.snapshot import Snapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What is to be loaded, said by whom. `layout` None sniffs; `accept_change` is a person's word."""

    register: str
    path: Path
    extracted_on: date
    by: str
    accept_change: bool = False
    dry_run: bool = False
    layout: Layout | None = None


class Outcome(StrEnum):
    """How an import that was not refused ended."""

    IN_FORCE = "in_force"
    ALREADY_LOADED = "already_loaded"
    DRY_RUN = "dry_run"


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """What an import did, or would do. `reading` and `effect` are None for a file loaded before.

    `doubts` are what a dry run would have been held for; a person who looked may accept them.
    """

    outcome: Outcome
    register: str
    sha256: str
    before: Snapshot | None
    after: Snapshot | None
    reading: Reading | None = None
    effect: Effect | None = None
    doubts: tuple[str, ...] = ()
