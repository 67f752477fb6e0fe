"""What a file would make of the register in force, page by page; reads the store, changes nothing."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from dialer.registers.page import NUMBERS, Difference, changed, count, difference
from dialer.registers.plausible import FEWEST_IN_EMPTIED, Effect
from dialer.registers.read_register import Reading
from dialer.registers.snapshot import Snapshot

Progress = Callable[[str, int, int], None]


class Pages(Protocol):
    """Where the pages in force lie."""

    def page_numbers(self, name: str, version: str) -> list[int]:
        """Return the pages that a version holds, ascending."""

    def pages(self, name: str, version: str, pages: Sequence[int]) -> Iterator[tuple[int, bytes | None]]:
        """Yield each of these pages, None where the version holds none."""


@dataclass(frozen=True, slots=True)
class PageChange:
    """One page after the file, None if it would hold nothing, and what changed on it."""

    page: int
    content: bytes | None
    change: Difference


class Comparison:
    """One reading against one register in force: what the file speaks of is `touched`, else `carried`.

    `in_force` are the pages of the register in force, touched or not.
    """

    def __init__(self, store: Pages, name: str, live: Snapshot | None, reading: Reading) -> None:
        self._store = store
        self._name = name
        self._live = live
        self._reading = reading
        self.in_force = frozenset(store.page_numbers(name, live.held_in)) if live else frozenset[int]()
        self._changes: defaultdict[int, dict[int, bool]] = defaultdict(dict)
        for number, is_added in reading.changes.items():
            page, offset = divmod(number, NUMBERS)
            self._changes[page][offset] = is_added
        is_change = reading.layout.is_change_file
        self.touched = (
            sorted(self._changes) if is_change else sorted(self.in_force | set(reading.listed.pages()))
        )

    @property
    def carried(self) -> list[int]:
        """The pages in force that a change file does not speak of, ascending; a full file speaks of all."""
        if not self._reading.layout.is_change_file:
            return []
        return sorted(self.in_force - self._changes.keys())

    def changes(self) -> Iterator[PageChange]:
        """Yield every touched page, ascending."""
        if self._live is None:
            for page, content in self._reading.listed:
                yield PageChange(page, content, Difference(content, b""))
            return
        for page, old in self._store.pages(self._name, self._live.held_in, self.touched):
            new = self._after(page, old)
            yield PageChange(page, new, difference(old, new))

    def effect(self, progress: Progress | None = None) -> Effect:
        """Return the counts of the whole file's effect."""
        added = removed = emptied = 0
        for done, page in enumerate(self.changes(), start=1):
            added += count(page.change.added)
            removed += (left := count(page.change.removed))
            emptied += not page.content and left >= FEWEST_IN_EMPTIED
            if progress and done % 1000 == 0:
                progress("comparing", done, len(self.touched))
        before = self._live.numbers if self._live else 0
        idle = len(self._reading.changes) - added - removed if self._reading.layout.is_change_file else 0
        return Effect(
            numbers=before + added - removed, added=added, removed=removed, idle=idle, emptied=emptied
        )

    def _after(self, page: int, old: bytes | None) -> bytes | None:
        if not self._reading.layout.is_change_file:
            return self._reading.listed.packed(page) or None
        words = self._changes[page]
        return changed(
            old,
            added=[offset for offset, is_added in words.items() if is_added],
            removed=[offset for offset, is_added in words.items() if not is_added],
        )
