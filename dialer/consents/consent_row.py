"""One row of a consent file to the consent it proves; a value that cannot be read refuses the row.

Columns are the record's own keys, dotted for nested ones; lists are separated by `|`, times carry an offset.
"""

import json
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import Any, Final

from pydantic import TypeAdapter, ValidationError

from dialer.files.number_cell import NotRead, NumberReading, contact_point_in
from dialer.files.outcome import CellFault, FaultKind
from dialer.files.table import Row, Table
from dialer.ids import Kind, id_for
from dialer.law.records import Consent

COLUMNS: Final = (
    *("contact_point", "person", "principal", "named_as", "channels", "purposes", "given_at", "method"),
    *("wording.version", "wording.text", "proof.kind", "proof.ref", "proof.sha256", "given_by", "source"),
    *("source_chain.collector", "source_chain.contract", "source_chain.evidence_complete", "specific"),
    *("obtained_in_breach", "last_interaction_at", "expires_at", "withdrawn_at"),
)
NEEDED: Final = ("contact_point", "principal", "channels", "purposes", "given_at")
# Ours to give; a file that was exported from here may bring them.
_IGNORED: Final = ("id", "recorded_at")
_LISTS: Final = frozenset({"channels", "purposes"})
_TRUTHS: Final = frozenset({"specific", "obtained_in_breach", "source_chain.evidence_complete"})
_TIMES: Final = frozenset({"given_at", "last_interaction_at", "expires_at", "withdrawn_at"})
_MAY_BE_TO_COME: Final = frozenset({"expires_at"})
_TRUTH: Final = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}

_consent: Final = TypeAdapter(Consent)


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentOrder:
    """For whom a file is read, and how. `principals` are those the file may speak for; `at` is the import."""

    principals: frozenset[str]
    at: datetime
    numbers: NumberReading


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadConsent:
    """What a row says: a consent, or what is wrong with it."""

    line: int
    consent: Consent | None = None
    faults: tuple[CellFault, ...] = ()


class ConsentColumns:
    """Where each column stands in one file; `unknown` are titles that are not ours, `missing` needed ones."""

    def __init__(self, table: Table) -> None:
        self._places = {name: table.place_of(name) for name in (*COLUMNS, *_IGNORED)}
        ours = {place for place in self._places.values() if place is not None}
        self.unknown = tuple(title for place, title in enumerate(table.titles) if place not in ours)
        self.missing = tuple(name for name in NEEDED if self._places[name] is None)

    def text(self, row: Row, name: str) -> str:
        """Return a cell's text, empty where the file has no such column."""
        return row.cell(self._places[name])


def read_consent(row: Row, columns: ConsentColumns, order: ConsentOrder) -> ReadConsent:
    """Return the consent of one row, named by what it says, or every fault of it; pure."""
    if row.torn:
        fault = CellFault(row.line, "1", FaultKind.SHAPE, "a quotation mark is never closed")
        return ReadConsent(line=row.line, faults=(fault,))
    fields, faults = _fields(row, columns, order)
    if not faults:
        try:
            consent = _consent.validate_json(json.dumps(fields))
        except ValidationError as wrong:
            faults = [
                _fault_of(row.line, error) for error in wrong.errors(include_input=False, include_url=False)
            ]
        else:
            faults = _late(row.line, consent, order)
            if not faults:
                named = replace(consent, id=_id_of(fields), recorded_at=order.at)
                return ReadConsent(line=row.line, consent=named)
    return ReadConsent(line=row.line, faults=tuple(faults))


def _fields(row: Row, columns: ConsentColumns, order: ConsentOrder) -> tuple[dict[str, Any], list[CellFault]]:
    """Return the row as the record's JSON, without what is empty, and what was wrong on the way."""
    fields: dict[str, Any] = {}
    faults: list[CellFault] = []
    for name in COLUMNS:
        text = columns.text(row, name)
        if not text:
            if name in NEEDED:
                faults.append(CellFault(row.line, name, FaultKind.VALUE, "it is empty"))
            continue
        value = _value(name, text, order)
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


def _value(name: str, text: str, order: ConsentOrder) -> Any:
    if name == "contact_point":
        return contact_point_in(text, order.numbers)
    if name in _LISTS:
        return [word.strip() for word in text.split("|")]
    if name in _TRUTHS:
        return _TRUTH.get(text.lower(), text)
    if name in _TIMES:
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


def _late(line: int, consent: Consent, order: ConsentOrder) -> list[CellFault]:
    """Return a fault for each time that lies in the future though what it tells must have been."""
    return [
        CellFault(line, name, FaultKind.TIME, "it lies in the future")
        for name in sorted(_TIMES - _MAY_BE_TO_COME)
        if (at := getattr(consent, name)) is not None and at > order.at
    ]


def _id_of(fields: dict[str, Any]) -> str:
    return id_for(Kind.CONSENT, sha256(json.dumps(fields, sort_keys=True).encode()).hexdigest())
