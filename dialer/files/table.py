"""A table that somebody brought as text: its delimiter and titles told, its rows cut, each with its line.

A quotation mark that is never closed costs one row, not the rest of the file.
"""

import csv
import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final

from dialer.errors import Refused
from dialer.files.opened_file import OpenedFile, open_file

DELIMITERS: Final = ",;\t|"
# The longest quoted text that may run over lines, such as the words of an objection.
_MOST_LINES_A_ROW: Final = 50
# Numbers as they come, also masked ones, wildcards and what a spreadsheet made of them; no title looks so.
_LIKE_A_NUMBER: Final = re.compile(r"\W{0,2}[\dX*][\dX*() ./+E-]{5,}", re.IGNORECASE)
_NOT_A_LETTER: Final = re.compile(r"[\W_]+")

# Where it stands in the file, from 1, and its text.
Line = tuple[int, str]


@dataclass(frozen=True, slots=True)
class Row:
    """One row; `line` is where it begins, from 1. `torn` rows have a quotation mark that is never closed."""

    line: int
    cells: tuple[str, ...]
    torn: bool = False

    def cell(self, place: int | None) -> str:
        """Return the text of a cell, empty where there is no such column or the row is too short."""
        return self.cells[place] if place is not None and place < len(self.cells) else ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table's titles as written, none if it has no header, and its rows, to be read once.

    `read` tells how far reading has come: bytes on disk, and how many there are.
    """

    titles: tuple[str, ...]
    rows: Iterator[Row]
    read: Callable[[], tuple[int, int]]

    def place_of(self, *names: str) -> int | None:
        """Return the first column called one of these (case, blanks and marks aside), in the names' order."""
        folded = [plain_title(title) for title in self.titles]
        return next((folded.index(plain_title(name)) for name in names if plain_title(name) in folded), None)


def are_cells_of_data(cells: Iterable[str]) -> bool:
    """Say whether a first row holds a number, or something like one, and so no titles."""
    return any(_LIKE_A_NUMBER.fullmatch(cell) for cell in cells)


def plain_title(title: str) -> str:
    """Return a title without what spellings differ in: `Phone Number` and `phone_number` are one."""
    return _NOT_A_LETTER.sub("", title).lower()


@contextmanager
def open_table(path: Path) -> Iterator[Table]:
    """Open a delimited text file; its first row is titles unless one of its cells is like a number.

    Raises Refused for an empty file, Unreadable for a damaged one.
    """
    with open_file(path) as file:
        rows = _rows(file)
        first = next(rows, None)
        if first is None:
            raise Refused(f"{path.name} is empty")
        if are_cells_of_data(first.cells):
            yield Table((), _and(first, rows), file.how_far)
        else:
            yield Table(first.cells, rows, file.how_far)


def _rows(file: OpenedFile) -> Iterator[Row]:
    lines = _lines(file)
    waiting = deque(_take(lines, 1))
    delimiter = delimiter_of(waiting[0][1]) if waiting else ","
    while line := waiting.popleft() if waiting else next(lines, None):
        place, text = line
        if '"' not in text:
            # So are nearly all rows; csv would cut them alike, in three times the time.
            yield Row(place, tuple(map(str.strip, text.split(delimiter))))
            continue
        cells, used = _cells(text, waiting, lines, delimiter)
        for _ in range(used):
            waiting.popleft()
        yield Row(place, tuple(map(str.strip, cells)) or (text,), torn=not cells)


def _cells(text: str, waiting: deque[Line], lines: Iterator[Line], delimiter: str) -> tuple[list[str], int]:
    """Return a row's cells and how many of the lines waiting belong to it; no cells if it never ends.

    csv itself says whether a mark opens a text: one amid a cell, as in 6" pipe, is a mark and no more.
    """
    used, is_closed = 0, True

    def pieces() -> Iterator[str]:
        nonlocal used, is_closed
        yield f"{text}\n"
        while used < _MOST_LINES_A_ROW and (used < len(waiting) or _wait_for(lines, waiting)):
            used += 1
            yield f"{waiting[used - 1][1]}\n"
        is_closed = False

    try:
        cells = next(csv.reader(pieces(), delimiter=delimiter), [])
    except csv.Error:
        return [], 0
    return (cells, used) if is_closed else ([], 0)


def _wait_for(lines: Iterator[Line], waiting: deque[Line]) -> bool:
    """Have one more line wait; False if there is none."""
    found = _take(lines, 1)
    waiting.extend(found)
    return bool(found)


def _lines(file: OpenedFile) -> Iterator[Line]:
    """Yield each line that is not blank, with its place."""
    place = 0
    for block in file.blocks_of_lines(None):
        for line in block.splitlines():
            place += 1
            text = text_of(line).replace("\x00", "")
            if text.strip():
                yield place, text


def text_of(line: bytes) -> str:
    """Return a line's text: UTF-8, with or without a byte order mark, else CP1252, which reads any byte."""
    try:
        return line.decode().removeprefix("\ufeff")
    except UnicodeDecodeError:
        return line.decode("cp1252", errors="replace")


def _take(lines: Iterator[Line], count: int) -> list[Line]:
    return list(islice(lines, count))


def delimiter_of(first_line: str) -> str:
    """Return what divides the cells of a file whose first line this is: the mark it has most of."""
    return max(DELIMITERS, key=first_line.count)


def _and(first: Row, rest: Iterator[Row]) -> Iterator[Row]:
    yield first
    yield from rest
