"""A file of what is known of lines: one line and one principal a row, kept as `PUT /v1/lines` keeps it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, ClassVar, Final

from pydantic import Field

from dialer.calls.shape import STRICT
from dialer.consents.file_kind import FileKind
from dialer.consents.import_file import KeptAs
from dialer.consents.line_facts import Care, LineKnown, Lines, LineWord, put_line
from dialer.law.facts import SubscriberKind

Id = Annotated[str, Field(min_length=1, max_length=128)]


@dataclass(frozen=True, slots=True, kw_only=True)
class LineRow:
    """What one row says; an empty cell leaves what is known as it is."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    contact_point: str
    principal: str
    subscriber: SubscriberKind | None = None
    subscriber_evidence: Annotated[str, Field(max_length=500)] | None = None
    no_contact: Care | None = None
    persons: Annotated[tuple[Id, ...], Field(max_length=20)] = ()
    company: Id | None = None


LINES: Final = FileKind(
    shape=LineRow,
    id_kind=None,
    plural="lines",
    command="line",
    columns=(
        *("contact_point", "principal", "subscriber", "subscriber_evidence", "no_contact", "persons"),
        "company",
    ),
    needed=("contact_point", "principal"),
    lists=frozenset({"persons"}),
    past=(),
)


def keep_line(row: LineRow, lines: Lines, *, by: str, at: datetime) -> KeptAs:
    """Keep what a row says, if any of it is new. Raises Conflict and Unreadable as `put_line` does."""
    if _is_known(row, lines.known(row.contact_point, row.principal)):
        return KeptAs(repeated=True)
    word = LineWord(
        contact_point=row.contact_point,
        principal=row.principal,
        by=by,
        subscriber=row.subscriber,
        subscriber_evidence=row.subscriber_evidence,
        no_contact=row.no_contact,
        persons=row.persons,
        company=row.company,
    )
    put_line(word, lines, at=at)
    return KeptAs()


def _is_known(row: LineRow, known: LineKnown) -> bool:
    told = (
        (row.subscriber, known.subscriber),
        (row.subscriber_evidence, known.subscriber_evidence),
        (row.company, known.company),
    )
    # Any care mark closes the line already, and a line that is wrong for a person is not linked to them.
    is_closed = row.no_contact is None or known.no_contact is not None
    return is_closed and all(said in (None, stands) for said, stands in told) and _are_linked(row, known)


def _are_linked(row: LineRow, known: LineKnown) -> bool:
    return set(row.persons) <= {*known.persons, *known.wrong_for}
