"""One row of a file in our own columns to the record it holds; bad values refuse the row.

Columns are the record's own keys, dotted for nested ones; lists are separated by `|`, times carry an offset.
"""

import json
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from hashlib import sha256
from typing import Any, Final

from pydantic import TypeAdapter, ValidationError

from dialer.consents.file_kind import TRUTHS, FileKind
from dialer.files.number_cell import NotRead, NumberReading, contact_point_in
from dialer.files.outcome import CellFault, FaultKind
from dialer.files.table import Row, Table
from dialer.ids import id_for
from dialer.law.records import Consent, Relationship, Solicitation

Yes = Consent | Solicitation | Relationship

# Ours to give; a file that was exported from here may bring them.
_IGNORED: Final = ("id", "recorded_at")
_TRUTH: Final = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}


@dataclass(frozen=True, slots=True, kw_only=True)
class RowOrder:
    """For whom a file is read, and how. `principals` are those the file may speak for; `at` is the import."""

    principals: frozenset[str]
    at: datetime
    numbers: NumberReading


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadRecord:
    """What a row says: a record, or what is wrong with it."""

    line: int
    record: Any = None
    faults: tuple[CellFault, ...] = ()


class RecordColumns:
    """Where each column stands in one file; `unknown` are titles that are not ours, `missing` needed ones."""

    def __init__(self, table: Table, kind: FileKind) -> None:
        self.kind = kind
        self._places = {name: table.place_of(name) for name in (*kind.columns, *_IGNORED)}
        ours = {place for place in self._places.values() if place is not None}
        self.unknown = tuple(title for place, title in enumerate(table.titles) if place not in ours)
        self.missing = tuple(name for name in kind.needed if self._places[name] is None)

    def text(self, row: Row, name: str) -> str:
        """Return a cell's text, empty where the file has no such column."""
        return row.cell(self._places[name])


def read_record(row: Row, columns: RecordColumns, order: RowOrder) -> ReadRecord:
    """Return the record of one row, named by what it says, or every fault of it; pure."""
    if row.torn:
        fault = CellFault(row.line, "1", FaultKind.SHAPE, "a quotation mark is never closed")
        return ReadRecord(line=row.line, faults=(fault,))
    fields, faults = _fields(row, columns, order)
    if not faults:
        try:
            record: Any = _adapter(columns.kind).validate_json(json.dumps(fields))
        except ValidationError as wrong:
            faults = [
                _fault_of(row.line, error) for error in wrong.errors(include_input=False, include_url=False)
            ]
        else:
            faults = _late(row.line, record, columns.kind, order)
            if not faults:
                return ReadRecord(line=row.line, record=_named(record, fields, columns.kind, order))
    return ReadRecord(line=row.line, faults=tuple(faults))


def _named(record: Any, fields: dict[str, Any], kind: FileKind, order: RowOrder) -> Any:
    """Return the record with the id that belongs to what it says, and the import as when we knew."""
    if kind.id_kind is None:
        return record
    digest = sha256(json.dumps(fields, sort_keys=True).encode()).hexdigest()
    return replace(record, id=id_for(kind.id_kind, digest), recorded_at=order.at)


@cache
def _adapter(kind: FileKind) -> TypeAdapter[Any]:
    return TypeAdapter(kind.shape)


def _fields(row: Row, columns: RecordColumns, order: RowOrder) -> tuple[dict[str, Any], list[CellFault]]:
    """Return the row as the record's JSON, without what is empty, and what was wrong on the way."""
    fields: dict[str, Any] = {}
    faults: list[CellFault] = []
    for name in columns.kind.columns:
        text = columns.text(row, name)
        if not text:
            if name in columns.kind.needed:
                faults.append(CellFault(row.line, name, FaultKind.VALUE, "it is empty"))
            continue
        value = _value(name, text, columns.kind, order)
        if isinstance(value, NotRead):
            faults.append(CellFault(row.line, name, value.kind, value.reason))
            continue
        outer, dot, inner = name.partition(".")
        if dot:
            fields.setdefault(outer, {})[inner] = value
        else:
            fields[outer] = value
    if fields.get("principal") not in {None, *order.principals}:
        reason = "no such principal, or not the one this import is for"
        faults.append(CellFault(row.line, "principal", FaultKind.VALUE, reason))
    return fields, faults


def _value(name: str, text: str, kind: FileKind, order: RowOrder) -> Any:
    if name == "contact_point":
        return contact_point_in(text, order.numbers)
    if name in kind.lists:
        return [word.strip() for word in text.split("|")]
    if name in TRUTHS:
        return _TRUTH.get(text.lower(), text)
    if name in kind.times:
        return _time(text)
    return text


def _time(text: str) -> str | NotRead:
    """Return an ISO 8601 instant, spelt out; anything else could be read as another day."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        at = None
    if at is None or at.tzinfo is None:
        return NotRead(FaultKind.TIME, "no such time; write 2026-11-23T10:00:00+00:00")
    return at.isoformat()


def _fault_of(line: int, error: Any) -> CellFault:
    names = [part for part in error["loc"] if isinstance(part, str)]
    return CellFault(line, ".".join(names), FaultKind.VALUE, error["msg"])


def _late(line: int, record: Any, kind: FileKind, order: RowOrder) -> list[CellFault]:
    """Return a fault for each time that lies in the future though what it tells must have been."""
    return [
        CellFault(line, name, FaultKind.TIME, "it lies in the future")
        for name in kind.past
        if (at := getattr(record, name)) is not None and at > order.at
    ]
