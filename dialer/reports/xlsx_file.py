"""A table as an XLSX workbook of plain strings: no formula, no link, no number that loses its zero."""

from typing import IO, Final

from xlsxwriter import Workbook

from dialer.errors import Refused
from dialer.reports.columns import Table

# Excel's own limits (Microsoft, "Excel specifications and limits"), one row being the headings.
MOST_ROWS: Final = 1_048_575
MOST_CHARACTERS: Final = 32_767
_WIDTH_CHARACTERS: Final = 22


def write_xlsx(table: Table, file: IO[bytes]) -> None:
    """Write the workbook to `file`; memory stays flat, a row lives until the next is written.

    Raises Refused when the table has more rows than a sheet can hold.
    """
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(file, options) as book:
        sheet = book.add_worksheet("Ringfence")
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, len(table.headings) - 1, _WIDTH_CHARACTERS)
        bold = book.add_format({"bold": True})
        for column, heading in enumerate(table.headings):
            sheet.write_string(0, column, heading, bold)
        for number, row in enumerate(table.rows, start=1):
            if number > MOST_ROWS:
                raise Refused(f"an XLSX sheet holds {MOST_ROWS} rows; take CSV, or fewer days")
            for column, cell in enumerate(row):
                sheet.write_string(number, column, cell[:MOST_CHARACTERS])
