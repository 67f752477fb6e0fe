"""One line's HASH read back into records: the field's first part says which kind of record it is."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

from dialer.clock import from_milliseconds
from dialer.consents.line_facts import Mark
from dialer.consents.mark_lifting import Lifting
from dialer.law.facts import Line, OwnLine
from dialer.law.records import Consent, Hold, Objection, Relationship, Solicitation
from dialer.objections.corrected import Correction
from dialer.objections.holding import Release
from dialer.registers.washed import LookedUp
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
LINK = b"lnk"
MARK = b"mrk"
CORRECTION = b"cor"
RELEASE = b"end"
LIFTING = b"lft"
LOOKED_UP = b"wsh"
SEQ = b"seq"


RECORDS: Final = (
    *(Consent, Objection, Hold, Solicitation, Relationship, Line, OwnLine),
    *(Mark, Correction, Release, Lifting, LookedUp),
)

_ADDED: Final = ("consents", "objections", "holds", "solicitations", "relationships")


@dataclass(slots=True, kw_only=True)
class LineRecord:
    """Everything held about one line. `facts`, `abandoned` and `machine` are by principal, `looked_up` is
    a provider's last answer by register.

    `corrections` are by objection, `releases` by hold, `liftings` by mark; each stands in its objection's
    `corrected_at`, its hold's `released_at` or its mark's `lifted_at` too.
    """

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
    links: dict[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    marks: list[Mark] = field(default_factory=list)
    corrections: dict[str, Correction] = field(default_factory=dict)
    releases: dict[str, Release] = field(default_factory=dict)
    liftings: dict[str, Lifting] = field(default_factory=dict)
    looked_up: dict[str, LookedUp] = field(default_factory=dict)

    def line_for(self, principal: str | None, *, person: str | None) -> Line:
        """Return what this principal knows of the line, for whoever is asked for.

        A link never says who is meant by a call that names nobody: two people may share a line.
        """
        owner = principal or ""
        known = self.facts.get(owner, Line())
        asked = person or known.person
        marks = [mark for mark in self.marks if mark.principal == owner and mark.lifted_at is None]
        cares = sorted((m.recorded_at, m.id, m.kind) for m in marks if m.kind != "wrong_person")
        return replace(
            known,
            person=asked,
            wrong_person=known.wrong_person or _is_wrong(marks, asked),
            no_contact=known.no_contact or (cares[0][2] if cares else None),
            other_lines_of_person=tuple(dict.fromkeys((*known.other_lines_of_person, *self._others(owner)))),
            own_line=self.own_line,
        )

    def without(self, unseen: Collection[str]) -> "LineRecord":
        """Return the records but those with these ids; a no whose end is among them stands again."""
        corrected = {no for no, end in self.corrections.items() if end.id in unseen}
        released = {hold for hold, end in self.releases.items() if end.id in unseen}
        lifted = {mark for mark, end in self.liftings.items() if end.id in unseen}
        marks = (mark for mark in self.marks if mark.id not in unseen)
        noes = (no for no in self.objections if no.id not in unseen)
        holds = (hold for hold in self.holds if hold.id not in unseen)
        return replace(
            self,
            consents=[consent for consent in self.consents if consent.id not in unseen],
            objections=[replace(no, corrected_at=None) if no.id in corrected else no for no in noes],
            holds=[replace(hold, released_at=None) if hold.id in released else hold for hold in holds],
            solicitations=[one for one in self.solicitations if one.id not in unseen],
            relationships=[one for one in self.relationships if one.id not in unseen],
            marks=[replace(mark, lifted_at=None) if mark.id in lifted else mark for mark in marks],
        )

    def persons_of(self, principal: str | None) -> dict[str, tuple[str, ...]]:
        """Return the persons linked under one principal, each with their other lines."""
        return {name: others for (owner, name), others in self.links.items() if owner == principal}

    def is_wrong_for(self, principal: str, person: str) -> bool:
        """Say whether somebody said that the line is not this person's."""
        return any(
            mark.kind == "wrong_person" and mark.principal == principal and mark.person == person
            for mark in self.marks
            if mark.lifted_at is None
        )

    def _others(self, principal: str) -> list[str]:
        return sorted({line for others in self.persons_of(principal).values() for line in others})


def read_line(fields: Mapping[bytes, bytes] | Iterable[tuple[bytes, bytes]]) -> LineRecord:
    """Return the records of one line's HASH.

    Raises CannotKeep for a record that cannot be read. Fields of kinds we do not know never count in favour
    of a call, so they are left alone; what is proposed (`pro:`) or was turned down (`rej:`) is such a field.
    """
    record = LineRecord()
    pairs = fields.items() if isinstance(fields, Mapping) else fields
    for name, body in pairs:
        kind, _, key = name.partition(b":")
        _READERS.get(kind, _leave)(record, key.decode(), body)
    # A HASH hands its fields out in any order; the same records must give the same reasons every time.
    for kind_name in _ADDED:
        getattr(record, kind_name).sort(key=lambda one: one.id or "")
    record.objections = [_as_corrected(objection, record.corrections) for objection in record.objections]
    record.holds = [_as_released(hold, record.releases) for hold in record.holds]
    record.marks = [_as_lifted(mark, record.liftings) for mark in record.marks]
    return record


def _as_corrected(objection: Objection, corrections: Mapping[str, Correction]) -> Objection:
    correction = corrections.get(objection.id or "")
    return objection if correction is None else replace(objection, corrected_at=correction.corrected_at)


def _as_released(hold: Hold, releases: Mapping[str, Release]) -> Hold:
    release = releases.get(hold.id or "")
    return hold if release is None else replace(hold, released_at=release.released_at)


def _as_lifted(mark: Mark, liftings: Mapping[str, Lifting]) -> Mark:
    lifting = liftings.get(mark.id)
    return mark if lifting is None else replace(mark, lifted_at=lifting.lifted_at)


def _is_wrong(marks: list[Mark], person: str | None) -> bool:
    """Say whether the line is somebody else's; a call that names nobody may be for that one."""
    wrong_for = {mark.person for mark in marks if mark.kind == "wrong_person"}
    return None in wrong_for or (person in wrong_for if person is not None else bool(wrong_for))


def _leave(record: LineRecord, key: str, body: bytes) -> None:
    """Leave a field of another kind alone."""


def _seq(record: LineRecord, _: str, body: bytes) -> None:
    record.seq = int(body)


def _link(record: LineRecord, key: str, body: bytes) -> None:
    """Read one person's other lines; a link that was taken away stands as null."""
    principal, _, person = key.partition("|")
    if body != b"null":
        record.links[principal, person] = from_json(tuple[str, ...], body)


def _own_line(record: LineRecord, _: str, body: bytes) -> None:
    record.own_line = from_json(OwnLine, body)


_READERS: Final[dict[bytes, Callable[[LineRecord, str, bytes], None]]] = {
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
    LINK: _link,
    MARK: lambda record, _, body: record.marks.append(from_json(Mark, body)),
    CORRECTION: lambda record, key, body: record.corrections.__setitem__(key, from_json(Correction, body)),
    RELEASE: lambda record, key, body: record.releases.__setitem__(key, from_json(Release, body)),
    LIFTING: lambda record, key, body: record.liftings.__setitem__(key, from_json(Lifting, body)),
    LOOKED_UP: lambda record, key, body: record.looked_up.__setitem__(key, from_json(LookedUp, body)),
}
