"""Reads a bureau's result file, row by row: the number, what was said of it, on which day, by whom.

The layouts are those of formats.md 1: TPSClear's and Data8's JSON, and tables with a word a row (T2A,
121prodata, PhoneTools, HubSpot, our own columns) or without one, where the rows say by being there.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Final

from dialer.clock import london_day
from dialer.errors import Refused
from dialer.files.opened_file import open_file
from dialer.files.table import open_table
from dialer.files.when import DateOrder, UnreadableTime, read_time
from dialer.registers.register_row import UnreadableRow, number_in
from dialer.registers.wash_words import Sense
from dialer.registers.washed import NOTHING_SAID, Answers

TEMPLATE: Final = ("contact_point", "tps", "ctps", "checked_on", "provider")
_ROWS_BETWEEN_WORDS: Final = 1_000
_FEWEST_DATE_CHARACTERS: Final = len("20261123")

Progress = Callable[[int, int], None]


class WashFormat(StrEnum):
    """Whose layout a result file has; `auto` tells JSON from tables, and a table's columns, by itself."""

    AUTO = "auto"
    TPSCLEAR = "tpsclear"
    T2A = "t2a"
    DATA8 = "data8"
    PRODATA = "121prodata"
    CSV = "csv"


@dataclass(frozen=True, slots=True, kw_only=True)
class WashReading:
    """How a file is to be read. `sense` and `registers` are a person's word where the file does not tell."""

    layout: WashFormat = WashFormat.AUTO
    sense: Sense | None = None
    registers: tuple[str, ...] = ()
    date_order: DateOrder | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WashRow:
    """One row. `number` None is one that cannot be read, `fault` then says why; it never shows a number.

    `checked_on` and `provider` None are the file's own.
    """

    line: int
    number: int | None = None
    answers: Answers = NOTHING_SAID
    checked_on: date | None = None
    provider: str | None = None
    fault: str | None = None


class UnreadableResult(ValueError):
    """A row that says nothing that can be relied on; the message is the reason, without the number."""


@contextmanager
def open_wash(
    path: Path, reading: WashReading, *, progress: Progress | None = None
) -> Iterator[Iterator[WashRow]]:
    """Open a result file, its rows to be read once, in bounded memory; `progress` is told bytes as they lie.

    Raises Refused where its sense or its columns cannot be told, Unreadable if it is damaged.
    """
    from dialer.registers.wash_json import json_rows
    from dialer.registers.wash_table import table_rows

    with open_file(path) as file:
        is_json = file.head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in {b"{", b"["}
    json_formats = {WashFormat.TPSCLEAR, WashFormat.DATA8}
    if reading.layout is not WashFormat.AUTO and is_json is not (reading.layout in json_formats):
        raise Refused(
            f"{path.name} is {'JSON' if is_json else 'no JSON'}, and {reading.layout.value} files "
            "are not; leave out --format, or name the bureau that wrote it"
        )
    if is_json:
        with open_file(path) as file:
            yield _told(json_rows(file, reading), file.how_far, progress)
    else:
        with open_table(path) as table:
            yield _told(table_rows(table, reading, path.name), table.read, progress)


def _told(
    rows: Iterator[WashRow], read: Callable[[], tuple[int, int]], progress: Progress | None
) -> Iterator[WashRow]:
    for place, row in enumerate(rows):
        if progress is not None and place % _ROWS_BETWEEN_WORDS == 0:
            progress(*read())
        yield row


def number_of(text: str) -> int:
    """Return a row's number as E.164 digits; raises UnreadableResult."""
    try:
        return number_in(text)
    except UnreadableRow as problem:
        raise UnreadableResult(str(problem)) from None


# A file has few days and many rows, of which reading the day was the dearest part.
@lru_cache(maxsize=4096)
def day_of(text: str, order: DateOrder | None) -> date | None:
    """Return the civil day in London of a cell, None for a blank one; a bad one raises, it is never today."""
    if not text.strip():
        return None
    try:
        if len(text.strip()) < _FEWEST_DATE_CHARACTERS:
            raise UnreadableTime("too short for a date")
        return london_day(read_time(text, order))
    except UnreadableTime as problem:
        raise UnreadableResult(f"when it was checked: {problem}") from None
