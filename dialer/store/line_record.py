"""One line's HASH read back into records: the field's first part says which kind of record it is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

from dialer.clock import from_milliseconds
from dialer.law.facts import Line, OwnLine
from dialer.law.records import Consent, Hold, Objection, Relationship, Solicitation
from dialer.store.codec import from_json

CONSENT = b"con"
OBJECTION = b"obj"
HOLD = b"hld"
SOLICITATION = b"sol"
RELATIONSHIP = b"rel"
LINE_FACTS = b"fac"
ABANDONED = b"abn"
MACHINE = b"amd"
OWN_LINE = b"own"
SEQ = b"seq"


RECORDS: Final = (Consent, Objection, Hold, Solicitation, Relationship, Line, OwnLine)


@dataclass(slots=True, kw_only=True)
class LineRecord:
    """Everything held about one line. `facts`, `abandoned` and `machine` are by principal."""

    seq: int = 0
    consents: list[Consent] = field(default_factory=list)
    objections: list[Objection] = field(default_factory=list)
    holds: list[Hold] = field(default_factory=list)
    solicitations: list[Solicitation] = field(default_factory=list)
    relationships: list[Relationship] = field(default_factory=list)
    facts: dict[str, Line] = field(default_factory=dict)
    abandoned: dict[str, datetime] = field(default_factory=dict)
    machine: dict[str, datetime] = field(default_factory=dict)
    own_line: OwnLine | None = None

    def line_for(self, principal: str | None, *, person: str | None) -> Line:
        """Return what this principal knows of the line; the person asked for wins over the one linked."""
        known = self.facts.get(principal or "", Line())
        return replace(known, person=person or known.person, own_line=self.own_line)


def read_line(fields: Mapping[bytes, bytes] | Iterable[tuple[bytes, bytes]]) -> LineRecord:
    """Return the records of one line's HASH.

    Raises CannotKeep for a record that cannot be read. Fields of kinds we do not know (proposed records,
    corrections of a later version) never count in favour of a call, so they are left alone.
    """
    record = LineRecord()
    pairs = fields.items() if isinstance(fields, Mapping) else fields
    for name, body in pairs:
        kind, _, key = name.partition(b":")
        _READERS.get(kind, _leave)(record, key.decode(), body)
    return record


def pairs_of(flat: list[bytes]) -> Iterable[tuple[bytes, bytes]]:
    """Return the pairs of a flat HGETALL reply, as Lua hands it back."""
    return zip(flat[::2], flat[1::2], strict=True)


def _leave(record: LineRecord, key: str, body: bytes) -> None:
    """Leave a field of another kind alone."""


def _seq(record: LineRecord, _: str, body: bytes) -> None:
    record.seq = int(body)


def _own_line(record: LineRecord, _: str, body: bytes) -> None:
    record.own_line = from_json(OwnLine, body)


_READERS = {
    SEQ: _seq,
    CONSENT: lambda record, _, body: record.consents.append(from_json(Consent, body)),
    OBJECTION: lambda record, _, body: record.objections.append(from_json(Objection, body)),
    HOLD: lambda record, _, body: record.holds.append(from_json(Hold, body)),
    SOLICITATION: lambda record, _, body: record.solicitations.append(from_json(Solicitation, body)),
    RELATIONSHIP: lambda record, _, body: record.relationships.append(from_json(Relationship, body)),
    LINE_FACTS: lambda record, key, body: record.facts.__setitem__(key, from_json(Line, body)),
    ABANDONED: lambda record, key, body: record.abandoned.__setitem__(key, from_milliseconds(int(body))),
    MACHINE: lambda record, key, body: record.machine.__setitem__(key, from_milliseconds(int(body))),
    OWN_LINE: _own_line,
}
