"""Tells the layout of a register file from its first lines, and refuses what is no register at all."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from dialer.errors import Refused
from dialer.registers.layout import ADDED_WORDS, REMOVED_WORDS, Layout
from dialer.registers.register_row import UnreadableRow, number_in

SAMPLE_LINES: Final = 400
_DELIMITERS: Final = ",;\t|"
_RECORD_CHARACTERS: Final = 12
_FEWEST_DATE_DIGITS: Final = 6
# Words of a bureau's answers. A register lists those who said no and nobody else, so it needs no such word.
_ANSWERS: Final = frozenset(
    {
        "y",
        "n",
        "yes",
        "no",
        "true",
        "false",
        "found",
        "notfound",
        "listed",
        "notlisted",
        "notscreened",
        "clear",
    }
    | {"match", "matched", "nomatch", "unmatched"}
)
_ANSWER_TITLES: Final = re.compile(r"result|status|listed|callable|tps|dnc|screen|match", re.IGNORECASE)
# A register is a list of numbers: a column of which fewer rows read is some other column.
_MOST: Final = 0.8


@dataclass(frozen=True, slots=True)
class _Table:
    delimiter: str
    header: list[str]
    rows: list[list[str]]

    def column(self, place: int) -> list[str]:
        return [row[place].strip() for row in self.rows if place < len(row)]

    @property
    def width(self) -> int:
        return max((len(row) for row in self.rows), default=0)


def layout_of(sample: Sequence[str], file_name: str) -> Layout:
    """Return the layout of a file whose first lines are `sample`.

    Raises Refused where the file is empty, is a look-up's answer rather than a register, or holds no column
    of numbers.
    """
    lines = [line for line in sample if line.strip()]
    if not lines:
        raise Refused(f"{file_name} is empty: an empty register would clear everybody")
    if lines[0].lstrip().startswith(("{", "[", "<")):
        raise Refused(
            f"{file_name} is JSON or XML, as look-up services answer; a register file lists numbers "
            "(take `ringfence register wash` for answers)"
        )
    if _reads_as_numbers(lines[1:] or lines):
        return _one_number_a_line(lines)
    table = _table(lines)
    if table is None:
        raise Refused(
            f"{file_name} has no column of telephone numbers; describe it in a layout file (docs/files.md)"
        )
    return _columns(table, file_name)


def _one_number_a_line(lines: list[str]) -> Layout:
    headers = 0 if _is_number(lines[0]) or not any(map(str.isalpha, lines[0])) else 1
    records = [line for line in lines[headers:] if len(line) == _RECORD_CHARACTERS]
    if len(records) < len(lines) - headers:
        return Layout(name="one number a line", header_rows=headers)
    split = any(len(record.split()) > 1 for record in records)
    return Layout(name=f"fixed width, {'with' if split else 'no'} spaces", header_rows=headers)


def _table(lines: list[str]) -> _Table | None:
    """Return the lines cut at the first delimiter that cuts nearly all of them, None if none does."""
    for delimiter in _DELIMITERS:
        rows = [[cell.strip().strip('"') for cell in line.split(delimiter)] for line in lines]
        if sum(len(row) > 1 for row in rows) >= _MOST * len(rows):
            has_header = not any(map(_is_number, rows[0]))
            return _Table(delimiter, rows[0] if has_header else [], rows[1:] if has_header else rows)
    return None


def _columns(table: _Table, file_name: str) -> Layout:
    numbers = [place for place in range(table.width) if _reads_as_numbers(table.column(place))]
    if not numbers:
        raise Refused(
            f"{file_name} has no column of telephone numbers; describe it in a layout file (docs/files.md)"
        )
    others = [place for place in range(table.width) if place not in numbers]
    action = next((place for place in others if _are(table.column(place), ADDED_WORDS | REMOVED_WORDS)), None)
    for place in others:
        title = table.header[place] if place < len(table.header) else ""
        cells = table.column(place)
        is_answer = _are(cells, _ANSWERS) or (_ANSWER_TITLES.search(title) and not _are_dates(cells))
        if place != action and is_answer:
            raise Refused(
                f"{file_name} holds answers (column {place + 1}), so it is a look-up's result and not the "
                "register: read as one it would list the clear and clear the listed; use `register wash`"
            )
    if len(numbers) > 1:
        raise Refused(
            f"{file_name} has {len(numbers)} columns of numbers; say which in a layout file (docs/files.md)"
        )
    return Layout(
        name="columns" if action is None else "changes",
        delimiter=table.delimiter,
        column=numbers[0],
        header_rows=1 if table.header else 0,
        action_column=action,
    )


def _are(cells: list[str], words: frozenset[str]) -> bool:
    """Say whether the column holds nothing but these words (and blanks), however spelt."""
    folded = {re.sub(r"[\s_-]+(?=\w)", "", cell.lower()) for cell in cells} - {""}
    return bool(folded) and folded <= words


def _are_dates(cells: list[str]) -> bool:
    return all(sum(map(str.isdecimal, cell)) >= _FEWEST_DATE_DIGITS for cell in cells if cell)


def _reads_as_numbers(cells: list[str]) -> bool:
    filled = [cell for cell in cells if cell]
    return bool(filled) and sum(map(_is_number, filled)) >= _MOST * len(filled)


def _is_number(text: str) -> bool:
    try:
        number_in(text.strip().strip('"'))
    except UnreadableRow:
        return False
    return True
