"""What is known of a line beside yes and no: whose it is, for whom it is wrong, who must be left in peace.

A fact is only ever added or made stricter here. What is absent from a later word stays as it was, so that
no list and no second system can quietly open a line that somebody closed.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, ClassVar, Final, Literal, Protocol

from pydantic import AwareDatetime

from dialer.calls.shape import STRICT
from dialer.errors import CannotKeep, Fault, Unreadable
from dialer.law.facts import SubscriberKind

Care = Literal["deceased", "vulnerable", "legal"]
MarkKind = Literal["wrong_person", "deceased", "vulnerable", "legal"]

TRIES: Final = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A mark on a line, for one principal: the wrong person for somebody, or a reason to leave it in peace.

    `person` None is whoever may be asked for on that line. `contact_point` is where it was said; a care mark
    stands on the person's other lines too. `lifted_at` is since when two people say that it should not stand.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    id: str
    contact_point: str
    principal: str
    kind: MarkKind
    person: str | None = None
    recorded_at: AwareDatetime
    source: str | None = None
    by: str | None = None
    decision: str | None = None
    lifted_at: AwareDatetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LineWord:
    """What somebody says of a line under one principal; None and empty leave what is known as it is."""

    contact_point: str
    principal: str
    by: str
    subscriber: SubscriberKind | None = None
    subscriber_evidence: str | None = None
    no_contact: Care | None = None
    persons: tuple[str, ...] = ()
    company: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LineKnown:
    """What one principal knows of a line, as it stands; `other_lines` are those of its persons.

    `marks` are all that were ever made, lifted ones too.
    """

    contact_point: str
    principal: str
    subscriber: SubscriberKind | None
    subscriber_evidence: str | None
    no_contact: Care | None
    persons: tuple[str, ...]
    wrong_for: tuple[str, ...]
    company: str | None
    other_lines: tuple[str, ...]
    marks: tuple[Mark, ...] = ()


class Lines(Protocol):
    """Keeps what is known of lines; see `store.lines`. Each raises CannotKeep; False means *try again*."""

    def link(self, contact_point: str, principal: str, person: str, *, by: str, at: datetime) -> bool:
        """Link a line to a person, with all that stands on either side. Raises Conflict at fifty lines."""
        ...

    def tell(self, word: LineWord, *, at: datetime) -> bool:
        """Keep subscriber, evidence, company and care, in one act."""
        ...

    def known(self, contact_point: str, principal: str) -> LineKnown:
        """Return what stands."""
        ...


def put_line(word: LineWord, lines: Lines, *, at: datetime) -> LineKnown:
    """Add what is said of a line and return what stands then.

    Persons are linked first, so that a care mark reaches every line of theirs; a link alone never allows
    more, so nothing is lost if the rest fails. Raises Unreadable for a company's line without evidence.
    """
    insist_on_evidence(word, lines)
    for person in word.persons:
        until_kept(partial(lines.link, word.contact_point, word.principal, person, by=word.by, at=at))
    until_kept(partial(lines.tell, word, at=at))
    return lines.known(word.contact_point, word.principal)


def until_kept(act: Callable[[], bool]) -> None:
    """Repeat an act that answers False when somebody changed the line meanwhile; raises CannotKeep."""
    for _ in range(TRIES):
        if act():
            return
    raise CannotKeep("the line kept changing while it was written; nothing more was kept; send it again")


def insist_on_evidence(word: LineWord, lines: Lines) -> None:
    """Raise Unreadable where nobody says how we know: a company's line has fewer protections (law.md 1)."""
    if word.subscriber is not SubscriberKind.CORPORATE or word.subscriber_evidence:
        return
    if lines.known(word.contact_point, word.principal).subscriber is SubscriberKind.CORPORATE:
        return
    fault = Fault("/subscriber_evidence", "is required where the subscriber is corporate")
    raise Unreadable("how do we know that the line is a company's? the evidence is missing", faults=(fault,))
