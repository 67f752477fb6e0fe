"""Do-not-call files for tests, and the order to read one on Monday 23 November 2026."""

from datetime import UTC, datetime
from pathlib import Path

from dialer.files.number_cell import NumberReading
from dialer.files.table import open_table
from dialer.files.when import DateOrder
from dialer.objections.file_layout import is_own, layout_of
from dialer.objections.file_row import FileOrder, ReadRow, read_row
from dialer.objections.own_row import OwnColumns, read_own_row

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def order(
    *, principal: str | None = "alder", operator: str | None = None, date_order: DateOrder | None = None
) -> FileOrder:
    """Return an order that takes drama mobiles for numbers."""
    return FileOrder(
        principal=principal,
        operator=operator,
        at=NOON,
        numbers=NumberReading(drama_mobiles=True),
        date_order=date_order,
        more_statuses=frozenset({"NEVER"}),
    )


def written(folder: Path, content: str | bytes, name: str = "export.csv") -> Path:
    """Write a file as an exporting system would."""
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def rows_of(path: Path, order: FileOrder) -> list[ReadRow]:
    """Read every row of a file."""
    with open_table(path) as table:
        if is_own(table):
            columns = OwnColumns(table)
            return [read_own_row(row, columns, order) for row in table.rows]
        rows = list(table.rows)
        layout = layout_of(table, rows[0], path.name)
        return [read_row(row, layout, order) for row in rows]
