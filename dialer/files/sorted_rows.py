"""Rows of a file in an order it does not have, however many: sorted on disk, in a file of their own.

Memory stays flat; the file is gone when the context ends, however it ends.
"""

import sqlite3
from collections.abc import Iterator
from itertools import groupby
from types import TracebackType
from typing import Final, Self

_AT_ONCE: Final = 10_000
# An anonymous database: the engine keeps it on disk where it outgrows its cache, and deletes it itself.
_ON_DISK: Final = ""

SortedRow = tuple[int, int, int, str, str]


class SortedRows:
    """Rows with a group, an instant, a place, a name and a text; read back by group and instant."""

    def __init__(self) -> None:
        self._database = sqlite3.connect(_ON_DISK, isolation_level=None)
        self._database.execute("PRAGMA journal_mode = OFF")
        self._database.execute(
            "CREATE TABLE held (key INTEGER, at INTEGER, place INTEGER, name TEXT, body TEXT)"
        )
        self._database.execute("CREATE TABLE names (name TEXT PRIMARY KEY) WITHOUT ROWID")
        self._waiting: list[SortedRow] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._database.close()

    def add(self, row: SortedRow) -> bool:
        """Take a row: (group, instant, place, name, text). False, and not taken, if its name came before.

        A row with an empty name is always taken.
        """
        name = row[3]
        if name:
            taken = self._database.execute("INSERT OR IGNORE INTO names VALUES (?)", (name,))
            if not taken.rowcount:
                return False
        self._waiting.append(row)
        if len(self._waiting) >= _AT_ONCE:
            self._write()
        return True

    def groups(self) -> Iterator[tuple[int, Iterator[SortedRow]]]:
        """Yield each group, ascending, with its rows by instant, then by place in the file."""
        self._write()
        rows: Iterator[SortedRow] = self._database.execute("SELECT * FROM held ORDER BY key, at, place")
        return groupby(rows, key=lambda row: row[0])

    def _write(self) -> None:
        self._database.executemany("INSERT INTO held VALUES (?, ?, ?, ?, ?)", self._waiting)
        self._waiting.clear()
