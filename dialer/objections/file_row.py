"""One row of a do-not-call file to the noes it says, or to why it says none.

A date that cannot be read refuses the row: it becomes neither *now* nor *never*. A row without a date holds
from the import on and is marked undated. An expiry is looked at and not kept: an objection does not lapse.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from dialer.files.number_cell import NotRead, NumberReading, contact_point_in
from dialer.files.outcome import CellFault, FaultKind
from dialer.files.table import Row
from dialer.files.when import DateOrder, UnreadableTime, read_time
from dialer.law.records import Reach, Scope
from dialer.objections.file_layout import FileLayout
from dialer.objections.saying import Saying

IMPORTED: Final = "import"
UNDATED: Final = "undated"
_NO_STATUSES: Final = frozenset({"DNC", "DNCL", "DNCC", "DNCI"})
_YES: Final = frozenset({"1", "true", "yes", "y", "on", "t"})
_NO: Final = frozenset({"", "0", "false", "no", "n", "off", "f"})
_DELETIONS: Final = frozenset({"delete", "deleted", "remove", "removed", "d"})
_ADDITIONS: Final = frozenset({"add", "added", "insert", "a"})
_LONGEST_WORDS: Final = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class FileOrder:
    """On whose behalf a file is read, and how: exactly one of `principal` and `operator` is given.

    `more_statuses` are an installation's own VICIdial statuses that mean do-not-call, in capitals.
    """

    principal: str | None
    operator: str | None
    at: datetime
    numbers: NumberReading
    date_order: DateOrder | None = None
    more_statuses: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadRow:
    """What a row says. `passed_over` is why a good row is no objection; else sayings or faults are there."""

    line: int
    sayings: tuple[Saying, ...] = ()
    faults: tuple[CellFault, ...] = ()
    passed_over: str | None = None


def read_row(row: Row, layout: FileLayout, order: FileOrder) -> ReadRow:
    """Return what one row of an export says; pure."""
    if row.torn:
        fault = CellFault(row.line, "1", FaultKind.SHAPE, "a quotation mark is never closed")
        return ReadRow(line=row.line, faults=(fault,))
    passed_over = _why_passed_over(row, layout, order)
    if passed_over is not None:
        return ReadRow(line=row.line, passed_over=passed_over)
    faults = list(_value_faults(row, layout))
    effective_at = _time(row, layout, layout.effective_at, order, faults)
    _time(row, layout, layout.expires, order, faults, may_be_future=True)
    if faults:
        return ReadRow(line=row.line, faults=tuple(faults))
    points = _contact_points(row, layout, order, faults)
    if not points and not faults:
        place = layout.phones[0] if layout.phones else 0
        faults.append(CellFault(row.line, layout.title(place), FaultKind.NUMBER, "it holds no digit"))
    sayings = tuple(_saying(point, effective_at, row, layout, order) for point in points)
    return ReadRow(line=row.line, sayings=sayings, faults=tuple(faults))


def _why_passed_over(row: Row, layout: FileLayout, order: FileOrder) -> str | None:
    statuses = _NO_STATUSES | order.more_statuses
    if layout.status is not None and row.cell(layout.status).upper() not in statuses:
        return "its status is not a do-not-call status"
    if layout.flag is not None and row.cell(layout.flag).lower() in _NO:
        return "it is not marked do-not-call"
    if layout.action is not None and row.cell(layout.action).lower() in _DELETIONS:
        return "a deletion elsewhere lifts no objection"
    return None


def _value_faults(row: Row, layout: FileLayout) -> list[CellFault]:
    faults = []
    if layout.flag is not None and row.cell(layout.flag).lower() not in _YES:
        faults.append(CellFault(row.line, layout.title(layout.flag), FaultKind.VALUE, "neither yes nor no"))
    if layout.action is not None and row.cell(layout.action).lower() not in _ADDITIONS:
        faults.append(
            CellFault(row.line, layout.title(layout.action), FaultKind.VALUE, "neither add nor delete")
        )
    days = layout.expires_in_days
    if days is not None and not row.cell(days).isdecimal() and row.cell(days):
        faults.append(CellFault(row.line, layout.title(days), FaultKind.TIME, "not a number of days"))
    return faults


def _time(
    row: Row,
    layout: FileLayout,
    place: int | None,
    order: FileOrder,
    faults: list[CellFault],
    *,
    may_be_future: bool = False,
) -> datetime | None:
    if place is None or not row.cell(place):
        return None
    try:
        at = read_time(row.cell(place), order.date_order)
    except UnreadableTime as reason:
        faults.append(CellFault(row.line, layout.title(place), FaultKind.TIME, str(reason)))
        return None
    # A day counts from its end, so today's is still to come by less than a day and counts as now.
    if at.date() > order.at.date() and not may_be_future:
        faults.append(CellFault(row.line, layout.title(place), FaultKind.TIME, "it lies in the future"))
    return at


def _contact_points(
    row: Row, layout: FileLayout, order: FileOrder, faults: list[CellFault]
) -> tuple[str, ...]:
    """Return the row's numbers, each once; what cannot be read is added to the faults."""
    points = []
    for place in layout.phones:
        if not row.cell(place):
            continue
        found = contact_point_in(row.cell(place), order.numbers, country_code=row.cell(layout.country_code))
        if isinstance(found, NotRead):
            faults.append(CellFault(row.line, layout.title(place), found.kind, found.reason))
        else:
            points.append(found)
    return tuple(dict.fromkeys(points))


def _saying(
    contact_point: str, effective_at: datetime | None, row: Row, layout: FileLayout, order: FileOrder
) -> Saying:
    """Return the objection of one number; without a scope of its own it stops all voice (formats.md, end)."""
    notes = [
        UNDATED if effective_at is None else "",
        f"{layout.name} list {row.cell(layout.list_name)}" if layout.list_name is not None else layout.name,
        row.cell(layout.words),
    ]
    return Saying(
        contact_point=contact_point,
        principal=order.principal,
        operator=order.operator,
        scope=Scope(reach=Reach.PRINCIPAL if order.principal else Reach.OPERATOR, channels="voice"),
        source=IMPORTED,
        words="; ".join(note for note in notes if note)[:_LONGEST_WORDS],
        effective_at=effective_at,
    )
