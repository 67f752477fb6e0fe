"""Reads a register file into what it says; every row ends in one count, and the bad ones are named."""

import csv
import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Final

from dialer.errors import Refused
from dialer.files.opened_file import OpenedFile, open_file
from dialer.files.table import text_of
from dialer.registers.collected import Collected
from dialer.registers.layout import Layout
from dialer.registers.register_row import UnreadableRow, number_in
from dialer.registers.sniff import SAMPLE_LINES, layout_of

REJECTS_SHOWN: Final = 100
# The operator changes some thousands of numbers a day; the largest batch known is 125,810 (formats.md 1).
MOST_CHANGES: Final = 5_000_000
_UK: Final = 44_0000000000
# Rows that are plain national numbers of ten digits, nearly all of a register, and every other one.
_NATIONAL: Final = re.compile(rb"^0([1235789][0-9]{9})$", re.MULTILINE)
_OTHER: Final = re.compile(rb"^(?!0[1235789][0-9]{9}$).+$", re.MULTILINE)

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class RejectedRow:
    """A row that could not be read; `line` counts from 1, the reason shows no number."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What one file says. A change file has `changes` (number → whether it was added), a full one `listed`.

    `rows` counts readable rows, repeats included; `rejects` are the first hundred unreadable ones. A file is
    `is_cut_short` when its last row is torn.
    """

    layout: Layout
    rows: int
    unreadable_rows: int
    rejects: tuple[RejectedRow, ...]
    is_cut_short: bool
    listed: Collected
    changes: dict[int, bool]


def read_register(path: Path, *, layout: Layout | None = None, progress: Progress | None = None) -> Reading:
    """Read a whole file; `layout` None sniffs it. `progress` is told bytes read and bytes in all.

    Memory is bounded by the pages met, not by rows. Raises Refused for what is no register, Unreadable for a
    damaged file.
    """
    with open_file(path) as file:
        blocks = file.blocks_of_lines(layout.encoding if layout else None)
        first = next(blocks, b"")
        sample = [text_of(line) for line in first.splitlines()[:SAMPLE_LINES]]
        reader = _Reader(file, layout or layout_of(sample, path.name), sample)
        for block in chain((first,), blocks):
            reader.take(block)
            if progress:
                progress(file.position, file.size)
        return reader.reading()


class _Reader:
    """Counts rows while it reads them."""

    def __init__(self, file: OpenedFile, layout: Layout, sample: list[str]) -> None:
        self._file = file
        self._layout = layout
        self._headers_left = layout.header_rows
        body = [line for line in sample if line.strip()][layout.header_rows :]
        self._least_extent = min(map(self._extent, body), default=0)
        self._listed = Collected()
        self._changes: dict[int, bool] = {}
        self._lines = self._rows = self._unreadable = 0
        self._rejects: list[RejectedRow] = []
        self._last_line = ""
        self._last_rejected_line = 0

    def take(self, block: bytes) -> None:
        """Take one block of whole lines."""
        is_number_alone = self._layout.delimiter is None and self._layout.offsets is None
        self._listed.add_all(self._numbers(block) if is_number_alone else self._fields(block.splitlines()))
        self._last_line = text_of(block[block.rfind(b"\n", 0, -1) + 1 :]) if block else self._last_line

    def reading(self) -> Reading:
        """Return what was read, once all blocks were taken."""
        torn = self._last_rejected_line == self._lines or self._extent(self._last_line) < self._least_extent
        return Reading(
            layout=self._layout,
            rows=self._rows,
            unreadable_rows=self._unreadable,
            rejects=tuple(self._rejects),
            is_cut_short=torn and not self._file.ends_with_newline,
            listed=self._listed,
            changes=self._changes,
        )

    def _numbers(self, block: bytes) -> list[int]:
        """Return the number of each row that is a number and nothing else. About 0.3 µs a row."""
        block = block.replace(b" ", b"")
        numbers = [_UK + int(national) for national in _NATIONAL.findall(block)]
        self._rows += len(numbers)
        place, counted = self._lines + 1, 0
        for other in _OTHER.finditer(block):
            place += block.count(b"\n", counted, other.start())
            counted = other.start()
            if (number := self._number(place, text_of(other.group()))) is not None:
                numbers.append(number)
        self._lines += block.count(b"\n")
        return numbers

    def _fields(self, lines: list[bytes]) -> list[int]:
        """Return the number of each row of a table; a change file's rows go to `changes` instead."""
        numbers = []
        for place, line in enumerate(lines, start=self._lines + 1):
            text = text_of(line)
            if not text.strip():
                continue
            row = self._row(text)
            number = self._number(place, row[self._layout.column] if self._layout.column < len(row) else "")
            if number is None:
                continue
            if not self._layout.is_change_file:
                numbers.append(number)
            else:
                self._change(place, row, number)
        self._lines += len(lines)
        return numbers

    def _row(self, text: str) -> list[str]:
        if self._layout.offsets is not None:
            start, end = self._layout.offsets
            return [text[start:end]]
        delimiter = self._layout.delimiter or ","
        return next(csv.reader([text], delimiter=delimiter)) if '"' in text else text.split(delimiter)

    def _number(self, place: int, text: str) -> int | None:
        if self._headers_left:
            self._headers_left -= 1
            return None
        try:
            number = number_in(text)
        except UnreadableRow as reason:
            self._reject(place, str(reason))
            return None
        self._rows += 1
        return number

    def _change(self, place: int, row: list[str], number: int) -> None:
        column = self._layout.action_column
        word = row[column].strip().lower() if column is not None and column < len(row) else ""
        if word not in self._layout.added_words | self._layout.removed_words:
            self._rows -= 1
            self._reject(place, f"column {(column or 0) + 1} says neither added nor removed")
            return
        # The last word on a number wins, as if the rows were applied one by one.
        self._changes[number] = word in self._layout.added_words
        if len(self._changes) > MOST_CHANGES:
            raise Refused(f"more than {MOST_CHANGES:,} changes: offer the full file instead")

    def _reject(self, place: int, reason: str) -> None:
        self._unreadable += 1
        self._last_rejected_line = place
        if len(self._rejects) < REJECTS_SHOWN:
            self._rejects.append(RejectedRow(place, reason))

    def _extent(self, line: str) -> int:
        """Return how far a row goes, so that a torn one is seen: in columns, or else in digits."""
        if self._layout.delimiter is not None:
            return line.count(self._layout.delimiter)
        return sum(map(str.isdecimal, line))
