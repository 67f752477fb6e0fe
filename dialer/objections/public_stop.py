"""A no from the public page: in force at once, by anybody, for any line, whoever holds it.

Nobody proves that a line is theirs: a no from the wrong hand costs a call, a no turned away breaks the law.
Many at once may be somebody who wants our lists silent, so a flood is held for a person to look at. A held
line is not called either, and an unreviewed hold comes into force: nothing that was sent is ever lost.
"""

from dataclasses import dataclass
from typing import Final, Literal

from dialer.ids import Kind, id_for
from dialer.law.records import Reach, Scope
from dialer.objections.record import record
from dialer.objections.saying import Recorded, Saying
from dialer.objections.waiting import Doubt, ReviewDesk, hold_for_review
from dialer.people.keys import digest_of

FLOOD: Final = "FLOOD"


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicStop:
    """One line or address of one form, for one organisation; `form` names the form it stood in."""

    contact_point: str
    principal: str | None
    operator: str | None
    channels: Literal["all", "voice", "text"]
    words: str | None
    form: str


def stop(asked: PublicStop, desk: ReviewDesk, *, is_flood: bool) -> Recorded | None:
    """Keep the no on disk and return it; None where it is one of a flood, and held.

    The same form sent again changes nothing.

    Raises CannotKeep: then nobody may be told that it was kept.
    """
    saying = Saying(
        contact_point=asked.contact_point,
        principal=asked.principal,
        operator=asked.operator,
        scope=Scope(reach=Reach.PRINCIPAL if asked.principal else Reach.OPERATOR, channels=asked.channels),
        source="web",
        words=asked.words,
        objection_id=_id_of(asked),
    )
    if not is_flood:
        return record(saying, desk.desk)
    doubt = Doubt(
        saying=saying,
        label="opt_out",
        confidence=1.0,
        span=None,
        flags=(FLOOD,),
        why="one of very many forms at once",
    )
    hold_for_review(doubt, desk)
    return None


def _id_of(asked: PublicStop) -> str:
    whose = asked.principal or asked.operator
    return id_for(
        Kind.OBJECTION, digest_of(f"stop|{asked.form}|{asked.contact_point}|{whose}|{asked.channels}")
    )
