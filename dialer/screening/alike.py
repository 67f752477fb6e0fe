"""What a judgement reads of a line's records, field by field: lines alike in that are judged alike.

Only for a question that names no request of the callee's, as a list's is: then nothing of those is read. A
field that is not named here is read as it stands. A test judges every case of the law with instants that
write down what is done with them, and compares it with this table.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum, auto
from types import MappingProxyType
from typing import Final

from dialer.consents.line_facts import Mark
from dialer.consents.mark_lifting import Lifting
from dialer.law.facts import Line, OwnLine, Policy
from dialer.law.house_rules import caps_end
from dialer.law.parameters import Parameters
from dialer.law.records import Consent, Hold, Objection, Relationship, Solicitation
from dialer.law.statute_book import StatuteBook
from dialer.objections.corrected import Correction
from dialer.objections.holding import Release
from dialer.registers.washed import LookedUp


class Reads(Enum):
    """How much of one field decides."""

    PRESENCE = auto()  # of a text: whether it is empty
    KNOWN = auto()  # of an instant: whether it is past at the instant judged
    ORDER = auto()  # of an instant: which others of the line come before it, and the instant judged
    ENDS = auto()  # the same, and when by it a consent ends (`law.consent.ends`)
    SINCE = auto()  # the same, and whether it is since charities' supporters count (PECR reg 22(3A))
    WHO = auto()  # of a person's or a record's name: where on the line it stands again
    LINE = auto()  # of a contact point: whether it is this line, or which of its person's others


@dataclass(frozen=True, slots=True)
class Law:
    """The figures by which lines are judged, of each pack, and the house's own shelf life of consents."""

    figures: tuple[Parameters, ...]
    shelf_life_months: int | None = None

    @property
    def longest_wait(self) -> timedelta:
        """Return how long after an abandoned call or a machine nothing is read of it any more."""
        hours = (max(each.abandoned_wait_hours, each.machine_wait_hours) for each in self.figures)
        return timedelta(hours=max(hours))


def law_on(day: date, book: StatuteBook, policy: Policy) -> Law:
    """Return the law of a civil day, by this book and the house's policy."""
    packs = (book.home, *(pack for pack in book.packs if pack is not book.home))
    return Law(tuple(pack.parameters_on(day) for pack in packs), policy.consent_shelf_life_months)


def waits(attempts: Sequence[datetime], at: datetime, law: Law) -> tuple[datetime, ...] | None:
    """Return all that is read of attempts: whether there are any, and until when their caps make wait."""
    return tuple(max((at, *caps_end(attempts, each))) for each in law.figures) if attempts else None


Fields = Mapping[str, Reads]

_WORDING: Final = {"wording.version": Reads.PRESENCE, "wording.text": Reads.PRESENCE}
_PROOF: Final = {f"proof.{name}": Reads.PRESENCE for name in ("kind", "ref", "sha256")}
_CONSENT: Final = {
    "id": Reads.WHO,
    "contact_point": Reads.LINE,
    "person": Reads.WHO,
    "given_at": Reads.ENDS,
    "recorded_at": Reads.KNOWN,
    "method": Reads.PRESENCE,
    **_WORDING,
    **_PROOF,
    "given_by": Reads.PRESENCE,
    "source_chain.collector": Reads.PRESENCE,
    "source_chain.contract": Reads.PRESENCE,
    "last_interaction_at": Reads.ENDS,
    "expires_at": Reads.ENDS,
    "withdrawn_at": Reads.ORDER,
}
_OBJECTION: Final = {
    "id": Reads.WHO,
    "contact_point": Reads.LINE,
    "person": Reads.WHO,
    "effective_at": Reads.ORDER,
    "recorded_at": Reads.KNOWN,
    "source": Reads.PRESENCE,
    "words": Reads.PRESENCE,
    "corrected_at": Reads.KNOWN,
}
_HOLD: Final = {
    "id": Reads.WHO,
    "contact_point": Reads.LINE,
    "since": Reads.KNOWN,
    "becomes_objection_at": Reads.ORDER,
    "recorded_at": Reads.KNOWN,
    "released_at": Reads.KNOWN,
}
_SOLICITATION: Final = {
    "id": Reads.WHO,
    "contact_point": Reads.LINE,
    "topic": Reads.PRESENCE,
    "requested_at": Reads.KNOWN,
    "recorded_at": Reads.KNOWN,
    "valid_until": Reads.KNOWN,
    "window.from": Reads.KNOWN,
    "window.until": Reads.KNOWN,
    **_PROOF,
}
_RELATIONSHIP: Final = {
    "id": Reads.WHO,
    "contact_point": Reads.LINE,
    "collected_at": Reads.SINCE,
    "recorded_at": Reads.KNOWN,
}
_LINE: Final = {
    "person": Reads.WHO,
    "company": Reads.PRESENCE,
}
_MARK: Final = {
    "id": Reads.WHO,
    "contact_point": Reads.LINE,
    "person": Reads.WHO,
    "recorded_at": Reads.ORDER,
    "source": Reads.PRESENCE,
    "by": Reads.PRESENCE,
    "decision": Reads.PRESENCE,
    "lifted_at": Reads.KNOWN,
}

READS: Final[Mapping[type, Fields]] = MappingProxyType(
    {
        Consent: _CONSENT,
        Objection: _OBJECTION,
        Hold: _HOLD,
        Solicitation: _SOLICITATION,
        Relationship: _RELATIONSHIP,
        Line: _LINE,
        OwnLine: {"owner": Reads.PRESENCE},
        Mark: _MARK,
        Correction: {"id": Reads.WHO, "objection": Reads.WHO, "corrected_at": Reads.KNOWN},
        Release: {
            "id": Reads.WHO,
            "hold": Reads.WHO,
            "released_at": Reads.KNOWN,
            "by": Reads.PRESENCE,
            "objection": Reads.WHO,
            "note": Reads.PRESENCE,
        },
        Lifting: {"id": Reads.WHO, "mark": Reads.WHO, "lifted_at": Reads.KNOWN},
        LookedUp: {"recorded_at": Reads.KNOWN},
    }
)
