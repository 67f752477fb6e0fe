"""What somebody learned on a call: not their line, not to be called, not interested; kept in one act.

Wrong person takes the link away and marks the line for that person. Deceased, vulnerable and legal leave
every line of the person in peace, and no words are kept. A refusal stops one campaign, not the principal.
"""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import partial
from typing import Protocol

from dialer.consents.line_facts import until_kept
from dialer.errors import Conflict
from dialer.ids import Kind, id_for, new_id
from dialer.people.keys import digest_of


class ReportKind(StrEnum):
    """What was learned."""

    WRONG_PERSON = "wrong_person"
    DECEASED = "deceased"
    VULNERABLE = "vulnerable"
    LEGAL = "legal"
    REFUSAL = "refusal"


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One report. `person` None is whoever lives there; `campaign` None refuses every campaign.

    `by` names the agent or the key that told us, `source` what kind of teller it is.
    """

    id: str
    contact_point: str
    principal: str
    kind: ReportKind
    person: str | None
    campaign: str | None
    decision: str | None
    by: str
    source: str


class Reports(Protocol):
    """Keeps reports; see `store.line_reports`. Each raises CannotKeep."""

    def ensure(self, contact_point: str, principal: str, person: str, *, by: str, at: datetime) -> None:
        """Link a line to a person. Raises Conflict at fifty lines."""
        ...

    def keep_report(self, report: Report, *, at: datetime) -> bool:
        """Write it on every line it is about, all or nothing; False if a line changed meanwhile."""
        ...


def report_id(
    kind: ReportKind, *, decision: str | None, contact_point: str, person: str | None, at: datetime
) -> str:
    """Return the id of a report: the same for the same thing told twice of one call, else a new one."""
    id_kind = Kind.HOLD if kind is ReportKind.REFUSAL else Kind.MARK
    if decision is None:
        return new_id(id_kind, at=at)
    return id_for(id_kind, digest_of(f"report|{decision}|{contact_point}|{person or ''}|{kind}"))


def report(told: Report, reports: Reports, *, at: datetime) -> None:
    """Keep a report; permits of the lines it touches die with it.

    The person is linked first where that makes the report reach further, so it stands on all their lines.
    """
    if told.person is not None and told.kind is not ReportKind.WRONG_PERSON:
        # Too many lines to link one more is no reason to lose a report: it still stands where it was made.
        with suppress(Conflict):
            reports.ensure(told.contact_point, told.principal, told.person, by=told.by, at=at)
    until_kept(partial(reports.keep_report, told, at=at))
