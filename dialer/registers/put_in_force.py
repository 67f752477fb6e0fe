"""Puts one file that was read and not doubted in force: staged apart, counted again, swapped in one act.

A small change file stages the pages it touches and moves them among those in force; anything else stages a
whole version beside the one in force and moves one pointer. Either way no reader ever sees a mixture.
"""

from collections.abc import Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Final, Protocol

from dialer.clock import Clock
from dialer.errors import CannotKeep
from dialer.registers.compare import Comparison, Progress
from dialer.registers.delta import DeltaWriter, settle_unfinished
from dialer.registers.expire import Versions, delete_old_versions
from dialer.registers.live import ADDITIONS_KEPT
from dialer.registers.order import Order
from dialer.registers.plausible import Effect
from dialer.registers.read_register import Reading
from dialer.registers.snapshot import Register, Snapshot
from dialer.registers.stage import Shelf, Staged, stage, verify
from dialer.registers.staging import Staging

# One act over so many pages holds the server for some ten milliseconds; a screening may wait three hundred.
MOST_PAGES_IN_PLACE: Final = 4_000


class Store(Shelf, Versions, Protocol):
    """What keeps registers: pages to read and stage, and the pointer to swap."""

    def register(self, name: str) -> Register:
        """Return one register with its snapshots."""

    def loading(self, name: str) -> str | None:
        """Return the version that is being loaded now, None if none is."""

    def begin(
        self, name: str, extracted_on: date, replaced: Snapshot | None, at: datetime, *, in_place: bool
    ) -> Staging:
        """Take the right to load a register; raises Conflict while somebody else has it."""

    def swap(self, staging: Staging, snapshot: Snapshot, at: datetime) -> None:
        """Put the staged version in force, in one act; raises Conflict if it may not."""

    def apply(
        self, staging: Staging, snapshot: Snapshot, touched: Sequence[int], index: Sequence[int] | None
    ) -> None:
        """Move the staged pages among those in force, in one act; raises as `swap`."""

    def release(self, staging: Staging) -> None:
        """Give back the right to load."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """One file, read and compared, on its way into the store."""

    order: Order
    register: Register
    sha256: str
    reading: Reading
    comparison: Comparison

    @property
    def is_small_change(self) -> bool:
        """Say whether it changes few enough pages, of a version young enough, to be done in place.

        A version staged whole forgets the dates of old additions on every page, so it is done once in sixty
        days at least.
        """
        live = self.register.live
        if live is None or not self.reading.layout.is_change_file:
            return False
        staged = next(s for s in self.register.snapshots if s.version == live.held_in)
        is_young = self.order.extracted_on - staged.extracted_on <= ADDITIONS_KEPT
        return is_young and len(self.comparison.touched) <= MOST_PAGES_IN_PLACE

    def snapshot(self, staging: Staging, effect: Effect, at: datetime) -> Snapshot:
        """Return the snapshot as it is kept, with its evidence."""
        replaced = staging.replaced
        return Snapshot(
            ordinal=staging.ordinal,
            version=staging.version,
            extracted_on=self.order.extracted_on,
            replaced_extracted_on=replaced.extracted_on if replaced else None,
            loaded_at=at,
            by=self.order.by,
            file_name=self.order.path.name,
            sha256=self.sha256,
            rows=self.reading.rows,
            unreadable_rows=self.reading.unreadable_rows,
            numbers=effect.numbers,
            added=effect.added,
            removed=effect.removed,
            base=replaced.held_in if replaced and staging.in_place else None,
        )


def put_in_force(
    work: Work, effect: Effect, store: Store, folder: Path, clock: Clock, progress: Progress | None
) -> Snapshot:
    """Stage, count again and swap; returns the snapshot in force. Raises Conflict, CannotKeep."""
    register, extracted_on = work.register, work.order.extracted_on
    if not work.is_small_change:
        # Before the turn is taken: deleting 300,000 pages takes a while, and needs no turn.
        delete_old_versions(store, register.name, clock())
    staging = store.begin(register.name, extracted_on, register.live, clock(), in_place=work.is_small_change)
    with ExitStack() as unless_done:
        unless_done.callback(_release, store, staging)
        deltas = folder / "registers" / register.name
        settle_unfinished(deltas, {snapshot.version for snapshot in register.snapshots})
        with DeltaWriter(
            deltas, register=register.name, version=staging.version, extracted_on=extracted_on
        ) as delta:
            staged = stage(store, staging, work.comparison, register, extracted_on, delta, progress)
            verify(store, staging, staged, progress)
            delta.finish()
            snapshot = work.snapshot(staging, effect, clock())
            _swap(store, staging, snapshot, work.comparison, staged, clock())
            unless_done.pop_all()
            delta.keep()
    return snapshot


def _swap(
    store: Store, staging: Staging, snapshot: Snapshot, comparison: Comparison, staged: Staged, at: datetime
) -> None:
    if not staging.in_place:
        store.swap(staging, snapshot, at)
        return
    held = set(staged.pages)
    gone, new = comparison.in_force.intersection(comparison.touched) - held, held - comparison.in_force
    index = sorted((comparison.in_force - gone) | new) if gone or new else None
    store.apply(staging, snapshot, comparison.touched, index)


def _release(store: Store, staging: Staging) -> None:
    # The lease ends by itself in a minute; what stopped the import is the error worth hearing.
    with suppress(CannotKeep):
        store.release(staging)
