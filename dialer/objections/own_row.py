"""One row in Ringfence's own columns to the objection it says; every value is checked, none is guessed."""

from datetime import datetime
from typing import Final, Literal, TypeVar

from dialer.files.number_cell import NotRead, contact_point_in
from dialer.files.outcome import CellFault, FaultKind
from dialer.files.table import Row, Table
from dialer.files.when import UnreadableTime, read_time
from dialer.law.records import Reach, Scope, ScopeChannels
from dialer.objections.file_layout import OWN_COLUMNS
from dialer.objections.file_row import IMPORTED, UNDATED, FileOrder, ReadRow
from dialer.objections.saying import Saying

_SOURCES: Final = ("agent", "speech", "keypad", "sms", "web", "email", "letter", "api", IMPORTED)
_KINDS: Final[tuple[Literal["objection", "withdrawal"], ...]] = ("objection", "withdrawal")
_CHANNELS: Final[tuple[Literal["calls", "texts", "email", "post"], ...]] = ("calls", "texts", "email", "post")
_WHOLE_CHANNELS: Final[tuple[Literal["voice", "text", "all"], ...]] = ("voice", "text", "all")
_TRUTH: Final = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False, "": False}
_LONGEST_WORDS: Final = 2_000


T = TypeVar("T", bound=str)


class _BadCell(ValueError):
    def __init__(self, column: str, kind: FaultKind, reason: str) -> None:
        super().__init__(reason)
        self.column = column
        self.kind = kind


class OwnColumns:
    """Where each of our columns stands in one file; `unknown` are titles that are not ours."""

    def __init__(self, table: Table) -> None:
        self._places = {name: table.place_of(name) for name in OWN_COLUMNS}
        ours = {place for place in self._places.values() if place is not None}
        self.unknown = tuple(title for place, title in enumerate(table.titles) if place not in ours)

    def text(self, row: Row, name: str) -> str:
        """Return a cell's text, empty where the file has no such column."""
        return row.cell(self._places[name])


def read_own_row(row: Row, columns: OwnColumns, order: FileOrder) -> ReadRow:
    """Return what one row in our own columns says; pure. One bad cell refuses the row."""
    if row.torn:
        fault = CellFault(row.line, "1", FaultKind.SHAPE, "a quotation mark is never closed")
        return ReadRow(line=row.line, faults=(fault,))
    try:
        return ReadRow(line=row.line, sayings=(_saying(row, columns, order),))
    except _BadCell as bad:
        return ReadRow(line=row.line, faults=(CellFault(row.line, bad.column, bad.kind, str(bad)),))


def _saying(row: Row, columns: OwnColumns, order: FileOrder) -> Saying:
    contact_point = contact_point_in(columns.text(row, "contact_point"), order.numbers)
    if isinstance(contact_point, NotRead):
        raise _BadCell("contact_point", contact_point.kind, contact_point.reason)
    for name, ordered in (("principal", order.principal), ("operator", order.operator)):
        if columns.text(row, name) not in {"", ordered}:
            raise _BadCell(name, FaultKind.VALUE, f"the import is for {ordered or 'another party'}")
    effective_at = _time(columns.text(row, "effective_at"), order)
    words = columns.text(row, "words")
    if len(words) > _LONGEST_WORDS:
        raise _BadCell("words", FaultKind.VALUE, f"longer than {_LONGEST_WORDS} characters")
    return Saying(
        contact_point=contact_point,
        principal=order.principal,
        operator=order.operator,
        person=columns.text(row, "person") or None,
        kind=_one_of(_KINDS, columns.text(row, "kind") or _KINDS[0], "kind"),
        scope=_scope(row, columns, order),
        source=_one_of(_SOURCES, columns.text(row, "source") or IMPORTED, "source"),
        words=words or (UNDATED if effective_at is None else None),
        effective_at=effective_at,
    )


def _scope(row: Row, columns: OwnColumns, order: FileOrder) -> Scope:
    default = Reach.PRINCIPAL if order.principal else Reach.OPERATOR
    reach = Reach(_one_of(tuple(Reach), columns.text(row, "scope.reach") or default, "scope.reach"))
    brand, campaign = columns.text(row, "scope.brand"), columns.text(row, "scope.campaign")
    for wanted, column, value in (
        (Reach.BRAND, "scope.brand", brand),
        (Reach.CAMPAIGN, "scope.campaign", campaign),
    ):
        if reach is wanted and not value:
            raise _BadCell(column, FaultKind.VALUE, f"reach {reach} needs it")
    if (reach is Reach.OPERATOR) != (order.principal is None):
        raise _BadCell("scope.reach", FaultKind.VALUE, f"reach {reach} does not fit whose import it is")
    return Scope(
        reach=reach,
        channels=_channels(columns.text(row, "scope.channels") or "voice"),
        brand=brand or None,
        campaign=campaign or None,
        this_line_only=_truth(columns, row, "scope.this_line_only"),
        company=_truth(columns, row, "scope.company"),
    )


def _channels(text: str) -> ScopeChannels:
    if text in _WHOLE_CHANNELS:
        return _one_of(_WHOLE_CHANNELS, text, "scope.channels")
    return tuple(_one_of(_CHANNELS, name.strip(), "scope.channels") for name in text.split("|"))


def _truth(columns: OwnColumns, row: Row, name: str) -> bool:
    found = _TRUTH.get(columns.text(row, name).lower())
    if found is None:
        raise _BadCell(name, FaultKind.VALUE, "neither true nor false")
    return found


def _time(text: str, order: FileOrder) -> datetime | None:
    if not text:
        return None
    try:
        at = read_time(text, order.date_order)
    except UnreadableTime as reason:
        raise _BadCell("effective_at", FaultKind.TIME, str(reason)) from None
    if at.date() > order.at.date():
        raise _BadCell("effective_at", FaultKind.TIME, "it lies in the future")
    return at


def _one_of(allowed: tuple[T, ...], text: str, column: str) -> T:
    found = next((value for value in allowed if value == text.strip().lower()), None)
    if found is None:
        raise _BadCell(column, FaultKind.VALUE, f"not one of {', '.join(allowed)}")
    return found
