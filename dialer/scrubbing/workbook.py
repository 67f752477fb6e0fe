"""A workbook (XLSX, XLS, ODS) written out as CSV, so that the rest of the house meets one kind of list.

The first sheet that holds anything is taken. A number that a spreadsheet keeps as a number is written without
a point: 7700900123, as it was typed but for the zero it lost.
"""

import csv
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any, Final

from dialer.errors import Refused, Unreadable

_OLD: Final = b"\xd0\xcf\x11\xe0"
_ZIP: Final = b"PK"
_MEMBERS: Final = ("[Content_Types].xml", "content.xml")
# A sheet has at most 1,048,576 rows, but its cells unpack into memory: this bounds them.
LARGEST_BYTES: Final = 256 << 20
LARGEST_UNPACKED_BYTES: Final = 1 << 30


def is_workbook(path: Path) -> bool:
    """Say whether a file is a spreadsheet program's own."""
    with path.open("rb") as file:
        magic = file.read(4)
    if magic.startswith(_OLD):
        return True
    if not magic.startswith(_ZIP):
        return False
    try:
        with zipfile.ZipFile(path) as packed:
            return not set(_MEMBERS).isdisjoint(packed.namelist())
    except zipfile.BadZipFile:
        return False


@contextmanager
def as_csv(path: Path, *, folder: Path) -> Iterator[Path]:
    """Write the sheet as UTF-8 CSV into `folder` for as long as the block lasts; Unreadable if damaged."""
    with NamedTemporaryFile("w", dir=folder, suffix=".csv", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        for row in _rows(path):
            writer.writerow([_text(cell) for cell in row])
        file.flush()
        yield Path(file.name)


def _rows(path: Path) -> Iterator[list[Any]]:
    from python_calamine import CalamineError, CalamineWorkbook

    _insist_on_size(path)
    try:
        book = CalamineWorkbook.from_path(str(path))
        for name in book.sheet_names:
            sheet = book.get_sheet_by_name(name)
            if sheet.height:
                yield from sheet.iter_rows()
                return
    except CalamineError as damage:
        raise Unreadable(f"{path.name} cannot be read as a workbook ({damage}); save it as CSV") from None
    raise Refused(f"{path.name} is empty")


def _insist_on_size(path: Path) -> None:
    unpacked = 0
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as packed:
            unpacked = sum(entry.file_size for entry in packed.infolist())
    if path.stat().st_size > LARGEST_BYTES or unpacked > LARGEST_UNPACKED_BYTES:
        raise Refused(f"{path.name} is too large a workbook; save it as CSV, which may be of any size")


def _text(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, datetime | date | time):
        return cell.isoformat()
    return str(cell)
