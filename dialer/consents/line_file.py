"""A file of what is known of lines: one line and one principal a row, kept as `PUT /v1/lines` keeps it.

For whom a line is wrong is kept as a report from a call is: the mark is made and the link taken away.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, ClassVar, Final

from pydantic import Field

from dialer.calls.shape import STRICT
from dialer.consents.file_kind import FileKind
from dialer.consents.import_file import KeptAs
from dialer.consents.line_facts import Care, LineKnown, Lines, LineWord, insist_on_evidence, put_line
from dialer.consents.line_reports import Report, ReportKind, Reports, report, report_id
from dialer.errors import Fault, Unreadable
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
    wrong_for: Annotated[tuple[Id, ...], Field(max_length=20)] = ()
    company: Id | None = None


LINES: Final = FileKind(
    shape=LineRow,
    id_kind=None,
    plural="lines",
    command="line",
    columns=(
        *("contact_point", "principal", "subscriber", "subscriber_evidence", "no_contact", "persons"),
        *("wrong_for", "company"),
    ),
    needed=("contact_point", "principal"),
    lists=frozenset({"persons", "wrong_for"}),
    past=(),
)


def keep_line(row: LineRow, lines: Lines, reports: Reports, *, by: str, at: datetime) -> KeptAs:
    """Keep what a row says, if any of it is new. Raises Conflict and Unreadable as `put_line` does.

    Unreadable too for a person whose line this both is and is not.
    """
    _insist_on_one_or_the_other(row)
    known = lines.known(row.contact_point, row.principal)
    newly_wrong = [person for person in row.wrong_for if person not in known.wrong_for]
    is_known = _is_known(row, known)
    if not is_known or newly_wrong:
        word = _word(row, by)
        insist_on_evidence(word, lines)
        # Marks come first: a care mark must not follow a link that this very row takes away.
        for person in newly_wrong:
            report(_wrong_person(row, person, by=by, at=at), reports, at=at)
        if not is_known:
            put_line(word, lines, at=at)
    return KeptAs(repeated=is_known and not newly_wrong)


def _insist_on_one_or_the_other(row: LineRow) -> None:
    both = sorted({*row.persons} & {*row.wrong_for})
    if both:
        fault = Fault("/wrong_for", "must name nobody who is in persons too")
        message = f"is it {both[0]}’s line or not? the row says both; keep the name in one of the columns"
        raise Unreadable(message, faults=(fault,))


def _word(row: LineRow, by: str) -> LineWord:
    return LineWord(
        contact_point=row.contact_point,
        principal=row.principal,
        by=by,
        subscriber=row.subscriber,
        subscriber_evidence=row.subscriber_evidence,
        no_contact=row.no_contact,
        persons=row.persons,
        company=row.company,
    )


def _wrong_person(row: LineRow, person: str, *, by: str, at: datetime) -> Report:
    kind, line = ReportKind.WRONG_PERSON, row.contact_point
    return Report(
        id=report_id(kind, decision=None, contact_point=line, person=person, at=at),
        contact_point=line,
        principal=row.principal,
        kind=kind,
        person=person,
        campaign=None,
        decision=None,
        by=by,
        source="record",
    )


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
