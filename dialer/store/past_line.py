"""One line's HASH as it stood: records by when they were recorded, facts that change by their history.

A field that may change leaves every value it had in `was:{field}:{seq}`, as `{Unix ms} {value}`; the newest
one that was known is the one that stood. A record is never overwritten, and leaves one without a value where
it came to the line later than it was recorded.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from dialer.errors import CannotKeep
from dialer.screening.at_hand import consents_at_hand, noes_at_hand
from dialer.screening.hindsight import consents_known, holds_known, marks_known, noes_known, yeses_known
from dialer.screening.past import Moment
from dialer.store.line_record import (
    ABANDONED,
    LINE_FACTS,
    LINK,
    LOOKED_UP,
    MACHINE,
    OWN_LINE,
    LineRecord,
    read_line,
)

_HISTORY: Final = b"was:"
# What is replaced when it changes; everything else is added once and stays.
_CHANGING: Final = frozenset({LINE_FACTS, ABANDONED, MACHINE, OWN_LINE, LINK, LOOKED_UP})
_RECORDED: Final = ("consents", "objections", "holds", "solicitations", "relationships", "marks")


@dataclass(frozen=True, slots=True)
class Until:
    """How far a line's history counts: up to a Unix millisecond, or, exactly, up to a `seq` of the line."""

    at_ms: int
    seq: int | None = None

    def includes(self, seq: int, at_ms: int) -> bool:
        """Say whether a change made then is within."""
        return seq <= self.seq if self.seq is not None else at_ms <= self.at_ms


@dataclass(frozen=True, slots=True)
class StoodThen:
    """A line whose facts stand as they did. `is_whole` is false where the history of one is lost."""

    record: LineRecord
    is_whole: bool

    def was_recorded_between(self, start: datetime, end: datetime) -> bool:
        """Say whether anything was recorded in this time, both ends included."""
        record = self.record
        kinds = (getattr(record, kind) for kind in _RECORDED)
        times = [one.recorded_at for kind in kinds for one in kind]
        times += [correction.corrected_at for correction in record.corrections.values()]
        times += [release.released_at for release in record.releases.values()]
        times += [lifting.lifted_at for lifting in record.liftings.values()]
        times += [lifting.lifted_at for lifting in record.liftings.values()]
        return any(at is not None and start <= at <= end for at in times)

    def known_at(self, moment: Moment) -> LineRecord:
        """Return the records that count at a moment, by their times."""
        record = self.record
        return replace(
            record,
            consents=list(consents_known(record.consents, moment)),
            objections=list(noes_known(record.objections, moment)),
            holds=list(holds_known(record.holds, moment)),
            solicitations=list(yeses_known(record.solicitations, moment)),
            relationships=list(yeses_known(record.relationships, moment)),
            marks=list(marks_known(yeses_known(record.marks, moment), moment.at)),
        )

    def seen_by(self, moment: Moment, *, unseen: frozenset[str]) -> LineRecord:
        """Return the records that a decision at this moment had at hand, in the order they were written.

        `unseen` are the ids of all that was written after it, whatever their times say; every other no was
        there, whatever its time says (`screening.at_hand`).
        """
        at, written = moment.at, self.record.without(unseen)
        at_hand = replace(
            written,
            consents=list(consents_at_hand(written.consents, at)),
            objections=list(noes_at_hand(written.objections, at)),
            holds=list(noes_at_hand(written.holds, at)),
        )
        # A mark is placed by its line's seq already, and counts as soon as it is read.
        marks = list(marks_known(written.marks, at))
        return replace(StoodThen(at_hand, self.is_whole).known_at(moment), marks=marks)

    def in_hindsight(self, later: "StoodThen", moment: Moment) -> LineRecord:
        """Return the records that count with what was learnt later, the facts that change as they stood."""
        stood, known = self.record, later.known_at(moment)
        return replace(
            known,
            abandoned=stood.abandoned,
            machine=stood.machine,
            own_line=stood.own_line,
            looked_up=stood.looked_up,
        )


def line_until(fields: Iterable[tuple[bytes, bytes]], until: Until) -> StoodThen:
    """Return the line with every fact that may change as it stood; records are left for the caller to sift.

    Raises CannotKeep for what cannot be read.
    """
    held = dict(fields)
    newest: dict[bytes, tuple[int, bytes]] = {}
    known: set[bytes] = set()
    for name, body in held.items():
        if name.startswith(_HISTORY):
            field, seq, at_ms, value = _change(name, body)
            known.add(field)
            if until.includes(seq, at_ms) and seq > newest.get(field, (-1, b""))[0]:
                newest[field] = (seq, value)
    changing = {name for name in held if name.partition(b":")[0] in _CHANGING}
    stood = {name: body for name, body in held.items() if name not in changing and name not in known}
    # A record that came to a line by a link says only when it came: its value is the one that stands there.
    valued = {field: value or held.get(field, b"") for field, (_, value) in newest.items()}
    stood |= {field: value for field, value in valued.items() if value}
    return StoodThen(read_line(stood), is_whole=changing <= known)


def _change(name: bytes, body: bytes) -> tuple[bytes, int, int, bytes]:
    """Return one change: the field, the line's seq after it, when it was made, and the value it got."""
    field, _, seq = name.removeprefix(_HISTORY).rpartition(b":")
    at_ms, _, value = body.partition(b" ")
    try:
        return field, int(seq), int(at_ms), value
    except ValueError:
        raise CannotKeep(
            "a line's history cannot be read: it counts as not known; restore a backup"
        ) from None
