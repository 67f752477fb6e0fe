"""Lines whose records are judged alike: told from what stands in Redis, before any record is made of it.

What a judgement reads of each field is said in `screening.alike`; here it is taken out of the stored text,
and all that is left counts as it stands. A line with anything out of shape is like no other.
"""

import re
from collections.abc import Hashable, Mapping
from datetime import datetime
from functools import lru_cache
from typing import Final, Literal

from dialer.clock import from_milliseconds, london_day
from dialer.consents.line_facts import Mark
from dialer.consents.mark_lifting import Lifting
from dialer.law.consent import ends
from dialer.law.facts import Line, OwnLine
from dialer.law.records import Consent, Hold, Objection, Relationship, Solicitation
from dialer.objections.corrected import Correction
from dialer.objections.holding import Release
from dialer.registers.washed import LookedUp
from dialer.screening.alike import READS, Law, Reads
from dialer.store import line_record
from dialer.store.codec import plain_json

_KINDS: Final[dict[bytes, type]] = {
    line_record.CONSENT: Consent,
    line_record.OBJECTION: Objection,
    line_record.HOLD: Hold,
    line_record.SOLICITATION: Solicitation,
    line_record.RELATIONSHIP: Relationship,
    line_record.LINE_FACTS: Line,
    line_record.OWN_LINE: OwnLine,
    line_record.MARK: Mark,
    line_record.CORRECTION: Correction,
    line_record.RELEASE: Release,
    line_record.LIFTING: Lifting,
    line_record.LOOKED_UP: LookedUp,
}
_Place = tuple[str | None, str, Reads]
# Where each field stands that is not read as it is: in which part of the record, None for the record itself.
_PLACES: Final[dict[bytes, tuple[_Place, ...]]] = {
    kind: tuple(
        (name.rpartition(".")[0] or None, name.rpartition(".")[2], how)
        for name, how in READS[of_kind].items()
    )
    for kind, of_kind in _KINDS.items()
}
# These fields' names end in whose they are: a principal's, or a register's. Others end in a record's id.
_OWNED: Final = frozenset({line_record.LINE_FACTS, line_record.OWN_LINE, line_record.LOOKED_UP})
_EVENTS: Final = frozenset({line_record.ABANDONED, line_record.MACHINE})
_INSTANT: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?(?:Z|[+-]\d\d:\d\d)", re.ASCII)
_E164: Final = re.compile(r"\+[1-9]\d{6,14}", re.ASCII)


def likeness(line: str, fields: Mapping[bytes, bytes], at: datetime, law: Law) -> Hashable:
    """Return what a judgement at this instant reads of a line's records: equal for lines judged alike.

    Only for a question that names no request of the callee's. Some 8 µs a record.
    """
    read = _Reading(line, at, law)
    # Records are judged in the order of their ids, so in that order they are told.
    for name in sorted(fields) if len(fields) > 1 else fields:
        read.field(name, fields[name])
    return (line, *fields.items()) if read.is_singular else read.told()


class _Reading:
    """One line's reading; names and instants are told by how they stand to each other.

    `is_singular`: something stands where it is not looked for, so that the line is like no other.
    """

    __slots__ = ("_at", "_ends", "_instants", "_law", "_lines", "_told", "_who", "is_singular")

    def __init__(self, line: str, at: datetime, law: Law) -> None:
        self._at = at
        self._law = law
        self._ends: dict[str, datetime] = {}
        self._told: list[Hashable] = []
        self._who: dict[str, int] = {}
        self._lines = {line: 0}
        self._instants: list[datetime] = []
        self.is_singular = False

    def field(self, name: bytes, body: bytes) -> None:
        """Tell what is read of one field of the line's HASH."""
        kind, _, key = name.partition(b":")
        if kind in _PLACES:
            self._told += (kind, key if kind in _OWNED else self._numbered(key.decode()))
            self._record(kind, body)
        elif kind == line_record.LINK:
            self._link(key.decode(), body)
        elif kind in _EVENTS:
            self._event(name, body)

    def told(self) -> Hashable:
        """Return all that was told, and the place of each instant among them and the one judged."""
        if self._instants:
            order = sorted({*self._instants, self._at})
            self._told.append(order.index(self._at))
            self._told += map(order.index, self._instants)
        return tuple(self._told)

    def _record(self, kind: bytes, body: bytes) -> None:
        values = plain_json(body)
        if type(values) is not dict:
            self.is_singular = True
            return
        told = self._told
        for part, name, how in _PLACES[kind]:
            within = values if part is None else values.get(part)
            value = within.pop(name, None) if type(within) is dict else None
            if value is None:
                # Null and absent mean the same; which others are there is seen by their count.
                told.append(None)
            elif type(value) is not str:
                self.is_singular = True
            elif how is Reads.PRESENCE:
                told.append(value != "")
            elif how is Reads.WHO:
                told.append(self._numbered(value))
            elif how is Reads.LINE:
                told.append(self._numbered_line(value))
            else:
                told.append(self._instant(value, how, name))
        if kind == line_record.CONSENT:
            told.append(self._end(values.get("source")))
        left = repr(values)
        # A contact point left there might be one of those that were numbered.
        if "'+" in left:
            self.is_singular = True
        told.append(left)

    def _instant(self, text: str, how: Reads, name: str) -> Hashable:
        """Tell of an instant; its place in the order comes last of all."""
        at = _read(text)
        if at is None:
            self.is_singular = True
        elif how is Reads.KNOWN:
            return at > self._at
        else:
            self._instants.append(at)
            if how is Reads.ENDS:
                self._ends[name] = at
            elif how is Reads.SINCE:
                day = london_day(at)
                return tuple(day >= figures.charity_opt_in_collected_from for figures in self._law.figures)
        return True

    def _end(self, source: Literal["own", "third_party"] | None) -> Hashable:
        """Tell when a consent of these instants ends, by the law's own reckoning; what is over is over."""
        told, at = self._ends, self._at
        consent = Consent(
            source=source,
            given_at=told.get("given_at"),
            last_interaction_at=told.get("last_interaction_at"),
            expires_at=told.get("expires_at"),
        )
        self._ends = {}
        found = []
        for figures in self._law.figures:
            months = self._law.shelf_life_months or figures.consent_shelf_life_months
            end = ends(consent, at, months, figures)
            found.append(max(end, at) if end is not None else None)
        return tuple(found)

    def _numbered(self, name: str) -> int:
        return self._who.setdefault(name, len(self._who))

    def _numbered_line(self, contact_point: str) -> int:
        if contact_point not in self._lines and _E164.fullmatch(contact_point) is None:
            self.is_singular = True
        return self._lines.setdefault(contact_point, len(self._lines))

    def _link(self, key: str, body: bytes) -> None:
        principal, _, person = key.partition("|")
        others = plain_json(body)
        self._told += (line_record.LINK, principal, self._numbered(person))
        if type(others) is list and all(type(other) is str for other in others):
            self._told.append(tuple(map(self._numbered_line, others)))
        else:
            self._told.append(body)

    def _event(self, name: bytes, body: bytes) -> None:
        """Tell when somebody was left with silence or taken for a machine; long ago is long ago."""
        is_over = body.isdigit() and from_milliseconds(int(body)) + self._law.longest_wait <= self._at
        self._told += (name, None if is_over else body)


@lru_cache(maxsize=1 << 16)
def _read(text: str) -> datetime | None:
    """Return an instant, None for what is not plainly one."""
    if _INSTANT.fullmatch(text) is None:
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None
