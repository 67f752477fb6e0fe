"""Rows made as wide as their titles, so that what is written behind them stands under its own title.

Nothing of a row is lost. One with more cells than titles is not believed: a delimiter stood in a cell without
quotation marks, and what is then in the column of numbers may be anything.
"""

from dataclasses import dataclass

import numpy as np

from dialer.scrubbing.rows import Rows

TORN = "a quotation mark is opened and never closed"


@dataclass(frozen=True, slots=True)
class Shaped:
    """Rows as they are written, and why some of them cannot be read, by row."""

    lines: list[bytes]
    wrong: dict[int, str]


def shaped(rows: Rows, width: int, *, has_titles: bool) -> Shaped:
    """Return the rows, each at least `width` cells wide, and no wider under titles."""
    lines = rows.block.split(b"\n")[:-1]
    if len(lines) != len(rows):
        places = zip(rows.starts.tolist(), rows.ends.tolist(), strict=True)
        lines = [rows.block[start:end] for start, end in places]
    wrong: dict[int, str] = {}
    counts = rows.counts()
    uneven = (counts != width) if has_titles else (counts < width)
    for row in np.flatnonzero(uneven | rows.torn | rows.odd).tolist():
        line = lines[row]
        if rows.torn[row]:
            # Left as it is, its open mark would swallow all that comes after.
            lines[row] = _quoted(line) + _padding(rows, width - 1)
            wrong[row] = TORN
            continue
        count = len(rows.cells(row)) if rows.odd[row] else int(counts[row])
        if count < width:
            lines[row] = line + _padding(rows, width - count)
        elif count > width and has_titles:
            line, count = _without_empty_end(line, rows.delimiter.encode(), count, width)
            if count > width:
                wrong[row] = f"{count} cells under {width} titles: a cell holds a delimiter without marks"
                line = _folded(rows, row, width)
            lines[row] = line
    return Shaped(lines, wrong)


def _padding(rows: Rows, cells: int) -> bytes:
    return rows.delimiter.encode() * cells


def _without_empty_end(line: bytes, delimiter: bytes, count: int, width: int) -> tuple[bytes, int]:
    while count > width and line.endswith(delimiter):
        line, count = line[: -len(delimiter)], count - 1
    return line, count


def _folded(rows: Rows, row: int, width: int) -> bytes:
    """Return the row with all that is beyond its last title in the cell of that title."""
    first = int(np.searchsorted(rows.cuts, rows.starts[row]))
    line, start = rows.line(row), int(rows.starts[row])
    if width == 1:
        return _quoted(line)
    cut = int(rows.cuts[first + width - 2]) - start
    return line[: cut + 1] + _quoted(line[cut + 1 :])


def _quoted(text: bytes) -> bytes:
    return b'"' + text.replace(b'"', b'""') + b'"'
