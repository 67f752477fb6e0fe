"""A table as CSV that a spreadsheet opens without running any of it (RFC 4180, UTF-8, CR LF)."""

import csv
import io
import re
from collections.abc import Iterator
from typing import Final

from dialer.reports.columns import Table

# A cell that begins so is taken for a formula (OWASP, "CSV injection"); the wide ones in Japanese.
_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_E164: Final = re.compile(r"\+[1-9][0-9]{6,14}")
_PIECE_BYTES: Final = 32_768


def csv_pieces(table: Table) -> Iterator[str]:
    """Yield the file piece by piece, headings first; memory stays flat however long the table is."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, quoting=csv.QUOTE_MINIMAL)
    writer.writerow([safe_cell(heading) for heading in table.headings])
    for row in table.rows:
        writer.writerow([safe_cell(cell) for cell in row])
        if buffer.tell() > _PIECE_BYTES:
            yield _taken(buffer)
    yield _taken(buffer)


def safe_cell(text: str) -> str:
    """Return the cell so that no spreadsheet takes it for a formula; a plain E.164 number passes as it is."""
    # Spreadsheets drop leading blanks before they look for a formula.
    if text.lstrip(" \u00a0").startswith(_FORMULA_STARTS) and not _E164.fullmatch(text):
        return f"'{text}"
    return text


def _taken(buffer: io.StringIO) -> str:
    piece = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return piece
