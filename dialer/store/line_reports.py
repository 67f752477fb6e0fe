"""Reports in Redis: marks and holds on each line of a person, and a link taken away; one act a report."""

import json
from datetime import datetime
from typing import Any

from dialer.consents.line_facts import Mark
from dialer.consents.line_reports import Report, ReportKind
from dialer.law.records import Hold
from dialer.store import keys
from dialer.store.amendment import Amendment, Draft, Membership, amend
from dialer.store.codec import to_json
from dialer.store.line_record import LineRecord, read_line
from dialer.store.links import LinkStore
from dialer.store.person_wide import link_field


class LineReportStore(LinkStore):
    """Fits `consents.line_reports.Reports`."""

    def keep_report(self, report: Report, *, at: datetime) -> bool:
        """Write it on every line it is about; two round trips. False if the line changed meanwhile."""
        record = read_line(self._read(report.contact_point))
        draft = Draft()
        draft.rests_on(report.contact_point, record.seq)
        sets: tuple[Membership, ...] = ()
        if report.kind is ReportKind.WRONG_PERSON:
            name, body = _mark(report, at)
            draft.keep(report.contact_point, name, body)
            sets = _unlinked(draft, report, record)
        else:
            name, body = _hold(report, at) if report.kind is ReportKind.REFUSAL else _mark(report, at)
            for line in (report.contact_point, *_other_lines(report, record)):
                draft.keep(line, name, body)
        amendment = Amendment(
            lines=draft.lines(), sets=sets, kind="report", fields=_entry(report, draft, at), once=name
        )
        return amend(self._redis, amendment, at=at, disk=self._disk)


def _other_lines(report: Report, record: LineRecord) -> list[str]:
    """Return the lines the person is known on; everybody's of this line where nobody is named."""
    persons = record.persons_of(report.principal)
    if report.person is not None:
        return list(persons.get(report.person, ()))
    return sorted({line for others in persons.values() for line in others})


def _unlinked(draft: Draft, report: Report, record: LineRecord) -> tuple[Membership, ...]:
    """Take the person's link away from the line, and the line from the person's other lines."""
    person, principal = report.person, report.principal
    others = record.persons_of(principal).get(person) if person is not None else None
    if person is None or others is None:
        return ()
    field = link_field(principal, person)
    draft.put(report.contact_point, field, "null")
    for line in others:
        draft.put(line, field, json.dumps([other for other in others if other != line]))
    return (Membership(keys.person(principal, person), len(others) + 1, "drop", report.contact_point),)


def _mark(report: Report, at: datetime) -> tuple[str, bytes]:
    mark = Mark(
        id=report.id,
        contact_point=report.contact_point,
        principal=report.principal,
        kind=report.kind.value,  # type: ignore[arg-type]
        person=report.person,
        recorded_at=at,
        source=report.source,
        by=report.by,
        decision=report.decision,
    )
    return f"mrk:{mark.id}", to_json(mark)


def _hold(report: Report, at: datetime) -> tuple[str, bytes]:
    hold = Hold(
        id=report.id,
        contact_point=report.contact_point,
        principal=report.principal,
        campaign=report.campaign,
        kind="campaign_refusal",
        since=at,
        recorded_at=at,
    )
    return f"hld:{hold.id}", to_json(hold)


def _entry(report: Report, draft: Draft, at: datetime) -> dict[str, Any]:
    return {
        "id": report.id,
        "contact_point": report.contact_point,
        "principal": report.principal,
        "kind": report.kind,
        "person": report.person,
        "campaign": report.campaign,
        "decision": report.decision,
        "by": report.by,
        "source": report.source,
        "recorded_at": at.isoformat(),
        "lines": [line.contact_point for line in draft.lines()],
    }
