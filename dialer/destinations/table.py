"""Withdrawals as a table: one row a notice, for folders and mailboxes.

Columns have the names of contract section 7; times are UTC with their offset, several channels are joined by
bars. How a cell is kept from being taken for a formula: `reports.csv_file`.
"""

import json
from collections.abc import Sequence
from typing import Any, Final

from dialer.delivery.notice import Notice
from dialer.reports.columns import Table
from dialer.reports.csv_file import csv_pieces

COLUMNS: Final = (
    "notice_id",
    "event",
    "recorded_at",
    "id",
    "contact_point",
    "principal",
    "operator",
    "kind",
    "reach",
    "channels",
    "effective_at",
    "source",
    "call_sid",
    "corrected_at",
    "why",
)


def table_of(notices: Sequence[Notice]) -> bytes:
    """Return the notices as CSV: UTF-8, a heading, CRLF (RFC 4180), in the order given."""
    rows = [tuple(_cell(row.get(column)) for column in COLUMNS) for row in map(_row, notices)]
    return "".join(csv_pieces(Table(headings=COLUMNS, rows=iter(rows)))).encode()


def _row(notice: Notice) -> dict[str, Any]:
    told = json.loads(notice.body)
    scope = told["data"].get("scope") or {}
    return {
        **told["data"],
        "notice_id": notice.id,
        "event": told["type"],
        "recorded_at": told["timestamp"],
        "reach": scope.get("reach"),
        "channels": scope.get("channels"),
    }


def _cell(value: object) -> str:
    if value is None:
        return ""
    return "|".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
