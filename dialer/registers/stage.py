"""Writes a whole version of a register beside the one in force, with its additions dated, and counts it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
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
# A second or so of reading, of the minute that the right to load lasts.
_PAGES_BETWEEN_RENEWALS: Final = 10_000

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Staged:
    """What was written of a version: its pages that the file touched, and the numbers on them."""

    pages: tuple[int, ...]
    numbers: int


class Shelf(Pages, Protocol):
    """Where a version is built."""

    def additions(self, name: str, version: str, pages: Sequence[int]) -> list[dict[int, int]]:
        """Return, page by page, offset → ordinal of the snapshot that added it."""

    def stage(
        self, staging: Staging, pages: Sequence[tuple[int, bytes]], additions: Sequence[Mapping[int, int]]
    ) -> None:
        """Write pages of the staged version; raises Conflict when the right to load was lost."""

    def carry(self, staging: Staging, pages: Sequence[int], oldest_ordinal: int) -> int:
        """Copy unchanged pages of the replaced version and return how many were there; raises as `stage`."""

    def renew(self, staging: Staging) -> None:
        """Keep the right to load while nothing is written; raises as `stage`."""


def stage(
    shelf: Shelf,
    staging: Staging,
    comparison: Comparison,
    register: Register,
    extracted_on: date,
    delta: DeltaWriter,
    progress: Progress | None,
) -> Staged:
    """Write every page of the new version, and its delta; returns what `verify` has to find.

    One that is to change the version in force in place has the touched pages alone.
    """
    oldest = _oldest_kept(register, extracted_on, staging.ordinal)
    written: list[int] = []
    numbers = carried = 0
    to_carry = [] if staging.in_place else comparison.carried
    done, total = 0, len(comparison.touched) + len(to_carry)
    for changes in _batches(comparison.changes(), PAGES_AT_ONCE):
        for change in changes:
            delta.write(change.page, change.change)
        held = [change for change in changes if change.content]
        additions = _additions(shelf, staging, held, oldest)
        shelf.stage(staging, [(change.page, change.content or b"") for change in held], additions)
        written += [change.page for change in held]
        numbers += sum(count(change.content) for change in held)
        done += len(changes)
        if progress:
            progress("staging", done, total)
    for pages in _batches(to_carry, PAGES_AT_ONCE):
        carried += shelf.carry(staging, pages, oldest)
        done += len(pages)
        if progress:
            progress("staging", done, total)
    if carried != len(to_carry):
        raise _not_all_there(staging, carried, len(to_carry), "unchanged pages")
    return Staged(pages=tuple(written), numbers=numbers)


def verify(shelf: Shelf, staging: Staging, staged: Staged, progress: Progress | None) -> None:
    """Read back what was written; raises CannotKeep, with the old version still in force, if any is missing.

    Carried pages never left the server, which said how many it copied.
    """
    found = 0
    for done, (_, content) in enumerate(shelf.pages(staging.name, staging.version, staged.pages), start=1):
        found += count(content)
        if done % _PAGES_BETWEEN_RENEWALS == 0:
            shelf.renew(staging)
        if progress and done % 1000 == 0:
            progress("verifying", done, len(staged.pages))
    if found != staged.numbers:
        raise _not_all_there(staging, found, staged.numbers, "numbers")


def _not_all_there(staging: Staging, found: int, wanted: int, what: str) -> CannotKeep:
    return CannotKeep(
        f"register {staging.name}: {found:,} of {wanted:,} {what} arrived in the store; nothing changed; "
        "see that the store may not evict, and import again"
    )


def _additions(
    shelf: Shelf, staging: Staging, changes: Sequence[PageChange], oldest: int
) -> list[dict[int, int]]:
    """Return when each number still listed was added; numbers of the first load have no addition."""
    if staging.replaced is None:
        return [{} for _ in changes]
    before = shelf.additions(staging.name, staging.replaced.held_in, [change.page for change in changes])
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
