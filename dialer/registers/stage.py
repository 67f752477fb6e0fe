"""Writes a whole version of a register beside the one in force, with its additions dated, and counts it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import islice
from typing import Final, Protocol, TypeVar

from dialer.errors import CannotKeep
from dialer.registers.compare import Comparison, PageChange, Pages, Progress
from dialer.registers.delta import DeltaWriter
from dialer.registers.live import ADDITIONS_KEPT
from dialer.registers.page import contains, count, members
from dialer.registers.snapshot import Register
from dialer.registers.staging import Staging

# A script of this many bitmaps holds the server about 2 ms; no screening waits longer than that for it.
PAGES_AT_ONCE: Final = 256

T = TypeVar("T")


class Shelf(Pages, Protocol):
    """Where a version is built."""

    def additions(self, name: str, version: str, pages: Sequence[int]) -> list[dict[int, int]]:
        """Return, page by page, offset → ordinal of the snapshot that added it."""

    def stage(
        self, staging: Staging, pages: Sequence[tuple[int, bytes]], additions: Sequence[Mapping[int, int]]
    ) -> None:
        """Write pages of the staged version; raises Conflict when the right to load was lost."""

    def carry(self, staging: Staging, pages: Sequence[int], oldest_ordinal: int) -> None:
        """Copy unchanged pages of the replaced version; raises Conflict as `stage` does."""


def stage(
    shelf: Shelf,
    staging: Staging,
    comparison: Comparison,
    register: Register,
    extracted_on: date,
    delta: DeltaWriter,
    progress: Progress | None,
) -> None:
    """Write every page of the new version, and its delta."""
    oldest = _oldest_kept(register, extracted_on, staging.ordinal)
    done, total = 0, len(comparison.touched) + len(comparison.carried)
    for changes in _batches(comparison.changes(), PAGES_AT_ONCE):
        for change in changes:
            delta.write(change.page, change.change)
        held = [change for change in changes if change.content]
        additions = _additions(shelf, staging, held, oldest)
        shelf.stage(staging, [(change.page, change.content or b"") for change in held], additions)
        done += len(changes)
        if progress:
            progress("staging", done, total)
    for pages in _batches(comparison.carried, PAGES_AT_ONCE):
        shelf.carry(staging, pages, oldest)
        done += len(pages)
        if progress:
            progress("staging", done, total)


def verify(shelf: Shelf, staging: Staging, numbers: int, progress: Progress | None) -> None:
    """Count what was staged; raises CannotKeep, with the old version still in force, unless all is there."""
    pages = shelf.page_numbers(staging.name, staging.version)
    found = 0
    for done, (_, content) in enumerate(shelf.pages(staging.name, staging.version, pages), start=1):
        found += count(content)
        if progress and done % 1000 == 0:
            progress("verifying", done, len(pages))
    if found != numbers:
        raise CannotKeep(
            f"register {staging.name}: {found:,} of {numbers:,} numbers arrived in the store; "
            "nothing changed; see that the store may not evict, and import again"
        )


def _additions(
    shelf: Shelf, staging: Staging, changes: Sequence[PageChange], oldest: int
) -> list[dict[int, int]]:
    """Return when each number still listed was added; numbers of the first load have no addition."""
    if staging.replaced is None:
        return [{} for _ in changes]
    before = shelf.additions(staging.name, staging.replaced.version, [change.page for change in changes])
    return [
        {
            **{
                offset: ordinal
                for offset, ordinal in known.items()
                if ordinal >= oldest and contains(change.content, offset)
            },
            **dict.fromkeys(members(change.change.added), staging.ordinal),
        }
        for known, change in zip(before, changes, strict=True)
    ]


def _oldest_kept(register: Register, extracted_on: date, newest: int) -> int:
    """Return the oldest ordinal whose additions are still dated."""
    young = [s.ordinal for s in register.snapshots if extracted_on - s.extracted_on <= ADDITIONS_KEPT]
    return min(young, default=newest)


def _batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    remaining = iter(items)
    while batch := list(islice(remaining, size)):
        yield batch
