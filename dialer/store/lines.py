"""What is known of lines in Redis: subscriber, company, care and persons; each act all or nothing."""

from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from dialer.consents.line_facts import LineKnown, LineWord, Mark
from dialer.errors import Conflict
from dialer.ids import Kind, new_id
from dialer.law.facts import Line
from dialer.store import keys
from dialer.store.amendment import Amendment, Draft, Membership, amend
from dialer.store.codec import to_json
from dialer.store.line_record import LineRecord, read_line
from dialer.store.links import LinkStore
from dialer.store.person_wide import of_company
from dialer.store.trouble import kept

# A company-wide objection is copied to each known line, so their number is bounded.
MOST_LINES_OF_A_COMPANY: Final = 500


class LineStore(LinkStore):
    """Fits `consents.line_facts.Lines`."""

    def tell(self, word: LineWord, *, at: datetime) -> bool:
        """Keep subscriber, evidence, company and care in one act; what is absent stays as it is."""
        here = self._read(word.contact_point)
        record, draft = read_line(here), Draft()
        draft.rests_on(word.contact_point, record.seq)
        facts = record.facts.get(word.principal, Line())
        told = replace(
            facts,
            subscriber=word.subscriber or facts.subscriber,
            company=word.company or facts.company,
        )
        if told != facts:
            draft.put(word.contact_point, f"fac:{word.principal}", to_json(told))
        if word.subscriber_evidence is not None:
            draft.put(word.contact_point, f"evd:{word.principal}", word.subscriber_evidence)
        if word.no_contact is not None and record.line_for(word.principal, person=None).no_contact is None:
            _leave_in_peace(draft, word, record, at)
        sets = self._join_company(draft, word, here) if told.company is not None else ()
        change = Amendment(lines=draft.lines(), sets=sets, kind="line", fields=_entry(word, at))
        return amend(self._redis, change, at=at, disk=self._disk)

    def known(self, contact_point: str, principal: str) -> LineKnown:
        """Return what one principal knows of a line as it stands; one round trip."""
        fields = self._read(contact_point)
        return _known(contact_point, principal, fields, read_line(fields))

    def known_to_all(self, contact_point: str) -> list[LineKnown]:
        """Return what each principal that knows anything of a line knows; one round trip."""
        fields = self._read(contact_point)
        record = read_line(fields)
        owners = {*record.facts, *(owner for owner, _ in record.links), *(m.principal for m in record.marks)}
        return [_known(contact_point, owner, fields, record) for owner in sorted(owners)]

    def _join_company(self, draft: Draft, word: LineWord, here: dict[bytes, bytes]) -> tuple[Membership, ...]:
        """Carry what the company refused to this line, and what was refused on this line to the company's."""
        if word.company is None:
            return ()
        name = keys.company(word.principal, word.company)
        with kept("reading a company's lines"):
            found: Any = self._redis.smembers(name)
        others = sorted(line.decode() for line in found if line.decode() != word.contact_point)
        if len(others) >= MOST_LINES_OF_A_COMPANY:
            raise Conflict(f"this company has {MOST_LINES_OF_A_COMPANY} known lines already")
        if others:
            there = self._read(others[0])
            draft.rests_on(others[0], read_line(there).seq)
            for field, body in of_company(there, word.principal):
                draft.keep(word.contact_point, field, body)
        for field, body in of_company(here, word.principal):
            for line in others:
                draft.keep(line, field, body)
        return (Membership(name, len(found), "add", word.contact_point),)


def _known(contact_point: str, principal: str, fields: dict[bytes, bytes], record: LineRecord) -> LineKnown:
    line = record.line_for(principal, person=None)
    evidence = fields.get(f"evd:{principal}".encode())
    marks = tuple(mark for mark in record.marks if mark.principal == principal)
    wrong = {m.person or "" for m in marks if m.kind == "wrong_person" and m.lifted_at is None}
    return LineKnown(
        contact_point=contact_point,
        principal=principal,
        subscriber=line.subscriber,
        subscriber_evidence=evidence.decode() if evidence is not None else None,
        no_contact=line.no_contact,
        persons=tuple(sorted(record.persons_of(principal))),
        wrong_for=tuple(sorted(wrong)),
        company=line.company,
        other_lines=line.other_lines_of_person,
        marks=tuple(sorted(marks, key=lambda mark: (mark.recorded_at, mark.id))),
    )


def _leave_in_peace(draft: Draft, word: LineWord, record: LineRecord, at: datetime) -> None:
    """Mark the line and every other line of its persons."""
    mark = Mark(
        id=new_id(Kind.MARK, at=at),
        contact_point=word.contact_point,
        principal=word.principal,
        kind=word.no_contact or "legal",
        recorded_at=at,
        source="record",
        by=word.by,
    )
    others = record.line_for(word.principal, person=None).other_lines_of_person
    for line in (word.contact_point, *others):
        draft.keep(line, f"mrk:{mark.id}", to_json(mark))


def _entry(word: LineWord, at: datetime) -> dict[str, Any]:
    told = {
        "subscriber": word.subscriber,
        "subscriber_evidence": word.subscriber_evidence,
        "no_contact": word.no_contact,
        "persons": list(word.persons),
        "company": word.company,
    }
    return {
        "contact_point": word.contact_point,
        "principal": word.principal,
        "by": word.by,
        "recorded_at": at.isoformat(),
        **{name: value for name, value in told.items() if value},
    }
