"""Loads one register file: read, doubt, stage whole beside the one in force, count again, swap one pointer.

At any moment, killed or not, a reader sees the old register or the new one. An import that ended early is
simply run again. Source: law.md 1.9.
"""

from collections.abc import Callable
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from dialer.clock import Clock, london_day
from dialer.errors import CannotKeep
from dialer.files.opened_file import sha256_of
from dialer.registers.catalogue import RegisterTerms, terms_of
from dialer.registers.compare import Comparison, Progress
from dialer.registers.delta import DeltaWriter, settle_unfinished
from dialer.registers.expire import Versions, delete_old_versions
from dialer.registers.layout import Layout
from dialer.registers.plausible import (
    Doubt,
    Effect,
    doubts_of_dates,
    doubts_of_effect,
    doubts_of_reading,
    stop_if_doubtful,
)
from dialer.registers.read_register import Reading, read_register
from dialer.registers.snapshot import Register, Snapshot
from dialer.registers.stage import Shelf, stage, verify
from dialer.registers.staging import Staging


class Store(Shelf, Versions, Protocol):
    """What keeps registers: pages to read and stage, and the pointer to swap."""

    def register(self, name: str) -> Register:
        """Return one register with its snapshots."""

    def begin(self, name: str, extracted_on: date, replaced: Snapshot | None, at: datetime) -> Staging:
        """Take the right to load a register; raises Conflict while somebody else has it."""

    def swap(self, staging: Staging, snapshot: Snapshot, at: datetime) -> None:
        """Put the staged version in force, in one act; raises Conflict if it may not."""

    def release(self, staging: Staging) -> None:
        """Give back the right to load."""


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
    """What an import did, or would do. `reading` and `effect` are None for a file loaded before."""

    outcome: Outcome
    register: str
    sha256: str
    before: Snapshot | None
    after: Snapshot | None
    reading: Reading | None = None
    effect: Effect | None = None


def load(
    order: Order, store: Store, *, folder: Path, clock: Clock, progress: Progress | None = None
) -> Loaded:
    """Load a full or a change file, and put it in force if nothing about it is doubtful.

    `folder` is the data folder; deltas are kept under it. Raises Refused with every doubt, Unreadable for a
    damaged file, Conflict while another import runs, CannotKeep when the store fails; none changes anything.
    """
    terms = terms_of(order.register)
    register = store.register(terms.name)
    sha256 = sha256_of(order.path)
    for known in register.snapshots:
        if known.sha256 == sha256 and known.extracted_on == order.extracted_on:
            return Loaded(
                outcome=Outcome.ALREADY_LOADED,
                register=terms.name,
                sha256=sha256,
                before=register.live,
                after=known,
            )
    _stop(
        order,
        doubts_of_dates(register, extracted_on=order.extracted_on, today=london_day(clock()), sha256=sha256),
    )
    reading = read_register(order.path, layout=order.layout, progress=_of_reading(progress))
    _stop(order, doubts_of_reading(reading, file_name=order.path.name, live=register.live))
    work = _Work(
        order, terms, register, sha256, reading, Comparison(store, terms.name, register.live, reading)
    )
    effect = work.comparison.effect(progress)
    _stop(order, doubts_of_effect(terms, effect, register.live, changes=len(reading.changes)))
    after = None if order.dry_run else _put_in_force(work, effect, store, folder, clock, progress)
    return Loaded(
        outcome=Outcome.IN_FORCE if after else Outcome.DRY_RUN,
        register=terms.name,
        sha256=sha256,
        before=register.live,
        after=after,
        reading=reading,
        effect=effect,
    )


@dataclass(frozen=True, slots=True)
class _Work:
    """One file, read and compared, on its way into the store."""

    order: Order
    terms: RegisterTerms
    register: Register
    sha256: str
    reading: Reading
    comparison: Comparison

    def snapshot(self, staging: Staging, effect: Effect, at: datetime) -> Snapshot:
        return Snapshot(
            ordinal=staging.ordinal,
            version=staging.version,
            extracted_on=self.order.extracted_on,
            replaced_extracted_on=staging.replaced.extracted_on if staging.replaced else None,
            loaded_at=at,
            by=self.order.by,
            file_name=self.order.path.name,
            sha256=self.sha256,
            rows=self.reading.rows,
            unreadable_rows=self.reading.unreadable_rows,
            numbers=effect.numbers,
            added=effect.added,
            removed=effect.removed,
        )


def _put_in_force(
    work: _Work, effect: Effect, store: Store, folder: Path, clock: Clock, progress: Progress | None
) -> Snapshot:
    name, extracted_on = work.terms.name, work.order.extracted_on
    # Before the turn is taken: deleting 300,000 pages takes a while, and needs no turn.
    delete_old_versions(store, name, clock())
    staging = store.begin(name, extracted_on, work.register.live, clock())
    with ExitStack() as unless_done:
        unless_done.callback(_release, store, staging)
        deltas = folder / "registers" / name
        settle_unfinished(deltas, {snapshot.version for snapshot in work.register.snapshots})
        with DeltaWriter(deltas, register=name, version=staging.version, extracted_on=extracted_on) as delta:
            staged = stage(store, staging, work.comparison, work.register, extracted_on, delta, progress)
            verify(store, staging, staged, progress)
            delta.finish()
            snapshot = work.snapshot(staging, effect, clock())
            store.swap(staging, snapshot, clock())
            unless_done.pop_all()
            delta.keep()
    return snapshot


def _release(store: Store, staging: Staging) -> None:
    # The lease ends by itself in a minute; what stopped the import is the error worth hearing.
    with suppress(CannotKeep):
        store.release(staging)


def _stop(order: Order, doubts: list[Doubt]) -> None:
    stop_if_doubtful(doubts, file_name=order.path.name, accept_change=order.accept_change)


def _of_reading(progress: Progress | None) -> Callable[[int, int], None] | None:
    return None if progress is None else lambda done, total: progress("reading", done, total)
