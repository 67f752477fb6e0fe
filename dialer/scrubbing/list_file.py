"""A list somebody brought, of any usual kind, opened: its titles, a sample, and its rows in large blocks.

Delimiter, encoding, line ends and packing are told from the file itself. A workbook is first written as CSV.
"""

import codecs
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from dialer.errors import Refused
from dialer.files.opened_file import OpenedFile, open_file
from dialer.files.table import are_cells_of_data, delimiter_of, text_of
from dialer.scrubbing.rows import cut_rows, incomplete_from
from dialer.scrubbing.workbook import as_csv, is_workbook

# Large enough for the work of a block to be in the numbers, small enough for several hands to end together.
BLOCK_BYTES: Final = 4 << 20
ROWS_LOOKED_AT: Final = 100
_UTF16_MARKS: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@dataclass(frozen=True, slots=True)
class OpenedList:
    """An open list. `titles` are empty where it has none; `header` is their line as it stands.

    `mark` and `newline` are what a copy begins with and ends its lines with. `sample` are the first rows.
    """

    file: OpenedFile
    delimiter: str
    titles: tuple[str, ...]
    header: bytes | None
    mark: bytes
    newline: bytes
    sample: tuple[tuple[str, ...], ...]
    first: bytes
    rest: Iterator[bytes]

    def blocks(self) -> Iterator[bytes]:
        """Yield the rows below the titles, whole, some megabytes at a time; to be read once."""
        if self.first:
            yield self.first
        yield from self.rest

    @property
    def read(self) -> tuple[int, int]:
        """Return how many bytes of how many have been read, on disk."""
        return self.file.position, self.file.size


@contextmanager
def open_list(path: Path, *, folder: Path) -> Iterator[OpenedList]:
    """Open a list; a workbook's CSV stands in `folder` meanwhile. Raises Refused, Unreadable."""
    if not is_workbook(path):
        with open_file(path) as file:
            yield _opened(file, path.name)
        return
    with as_csv(path, folder=folder) as written, open_file(written) as file:
        yield _opened(file, path.name)


def _opened(file: OpenedFile, name: str) -> OpenedList:
    blocks = _whole_rows(file.blocks_of_lines(_encoding_of(file.head)))
    first = next(blocks, b"")
    if not first.strip():
        raise Refused(f"{name} is empty")
    delimiter = _delimiter_in(first)
    rows = cut_rows(first, delimiter)
    cells = [rows.cells(n) for n in range(min(len(rows), ROWS_LOOKED_AT + 1))]
    has_titles = not are_cells_of_data(cells[0])
    return OpenedList(
        file=file,
        delimiter=delimiter,
        titles=cells[0] if has_titles else (),
        header=rows.line(0) if has_titles else None,
        mark=codecs.BOM_UTF8 if file.head.startswith((codecs.BOM_UTF8, *_UTF16_MARKS)) else b"",
        newline=b"\r\n" if b"\r\n" in file.head or b"\r\x00\n" in file.head else b"\n",
        sample=tuple(cells[1:] if has_titles else cells),
        first=first[int(rows.ends[0]) + 1 :] if has_titles else first,
        rest=blocks,
    )


def _delimiter_in(block: bytes) -> str:
    return delimiter_of(text_of(block.lstrip(b"\n").partition(b"\n")[0]))


def _encoding_of(head: bytes) -> str | None:
    """Return UTF-16's name for text that is plainly so and says nothing, None to leave bytes as they are."""
    if head.startswith(_UTF16_MARKS) or b"\x00" not in head[:200]:
        return None
    return "utf-16-le" if head[1:200:2].count(0) > head[0:200:2].count(0) else "utf-16-be"


def _whole_rows(blocks: Iterator[bytes]) -> Iterator[bytes]:
    """Yield larger blocks, none of which ends within a quoted cell."""
    held: list[bytes] = []
    size, delimiter = 0, None
    for block in blocks:
        held.append(block)
        size += len(block)
        if size >= BLOCK_BYTES:
            joined = b"".join(held)
            delimiter = delimiter or _delimiter_in(joined)
            end = incomplete_from(joined, delimiter)
            if end:
                yield joined[:end]
            held, size = [joined[end:]], len(joined) - end
    if size:
        yield b"".join(held)
