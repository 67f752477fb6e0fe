"""All that is held about one line, put together for whoever may see it: facts, history, what was told."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from dialer.consents.line_facts import LineKnown
from dialer.delivery.notice import Notice
from dialer.law.facts import Case, Listing
from dialer.law.records import Consent, Hold, Objection, Relationship, Solicitation
from dialer.reading.shapes import adapter
from dialer.reports.care import known_without_care
from dialer.screening.question import Binding, Question
from dialer.screening.whose import Placed
from dialer.store.ledger import Entry
from dialer.web.api.decisions import decision_shown
from dialer.web.api.door import Asked
from dialer.web.api.notices import NoticeShown, notice_shown
from dialer.web.api.shapes import LedgerDecisionShown
from dialer.web.api.timeline import TimelineEvent, timeline

MOST_DECISIONS: Final = 100

Record = Objection | Hold | Consent | Solicitation | Relationship


@dataclass(frozen=True, slots=True, kw_only=True)
class EventShown:
    """One thing that happened to a line; `at` is when it became true, `recorded_at` when we knew."""

    kind: str
    at: str | None
    recorded_at: str | None
    principal: str | None
    record: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingShown:
    """What a register says of the line."""

    listed: bool | None
    extracted_on: str | None
    first_seen_on: str | None
    snapshot: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingShown:
    """What stands today: the objections and holds in force, and the registers."""

    objections: list[str]
    holds: list[str]
    registers: dict[str, ListingShown]


@dataclass(frozen=True, slots=True, kw_only=True)
class CallShown:
    """What became of the call that one decision allowed."""

    decision: str
    events: list[dict[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class LineShown:
    """Everything held about one line that this key may see.

    `known` is what each principal knows of it; `events` are its records, oldest first; `decisions` the
    newest, `more_decisions` when there are more. `timeline` is all of it, newest first, and goes on
    at `next_cursor`.
    """

    id: str
    contact_point: str
    known: list[LineKnown]
    standing: StandingShown
    events: list[EventShown]
    decisions: list[LedgerDecisionShown]
    more_decisions: bool
    calls: list[CallShown]
    notices: list[NoticeShown]
    timeline: list[TimelineEvent]
    next_cursor: str | None


def dossier(asked: Asked[Any, Any], contact_point: str) -> dict[str, Any]:
    """Return the dossier of a line; a line nobody ever touched has an empty one, which is an answer too."""
    parts, sight = asked.parts, asked.sight
    case = _facts(asked, contact_point)
    records = [record for record in _records(case) if sight.sees(record.principal)]
    decisions, more = _decisions(asked, contact_point)
    shown = timeline(asked, contact_point, asked.query, case)
    return {
        "id": parts.line_names.name_of(contact_point),
        "contact_point": contact_point,
        "known": [_plain(known) for known in _known(asked, contact_point)],
        "standing": _standing(case, records),
        "events": sorted(map(_event, records), key=lambda event: event["at"] or ""),
        "decisions": [decision_shown(entry, sight) for entry in decisions],
        "more_decisions": more,
        "calls": _calls(asked, decisions),
        "notices": [notice_shown(notice) for notice in _notices(asked, records)],
        "timeline": shown.events,
        "next_cursor": shown.next_cursor,
    }


def _known(asked: Asked[Any, Any], contact_point: str) -> list[LineKnown]:
    found = asked.parts.lines.known_to_all(contact_point)
    return [known_without_care(known, asked.sight) for known in found if asked.sight.sees(known.principal)]


def _plain(known: LineKnown) -> dict[str, Any]:
    plain: dict[str, Any] = adapter(LineKnown).dump_python(known, mode="json")
    return plain


def _facts(asked: Asked[Any, Any], contact_point: str) -> Case:
    """Read the facts as a screening would, for no campaign; one round trip."""
    nobody = Placed(campaign=None, campaign_id=None, agent_id=None, assigned=True)
    question = Question(to=contact_point, binding=Binding.ADVISORY)
    gate = asked.parts.gate
    return gate.facts.gather(question, nobody, asked.configuration, gate.clock()).case


def _records(case: Case) -> list[Record]:
    return [*case.objections, *case.holds, *case.consents, *case.solicitations, *case.relationships]


def _standing(case: Case, records: list[Record]) -> dict[str, Any]:
    listings = {"tps": case.registers.tps, "ctps": case.registers.ctps}
    return {
        "objections": [r.id or "" for r in records if isinstance(r, Objection) and r.corrected_at is None],
        "holds": [r.id or "" for r in records if isinstance(r, Hold)],
        "registers": {name: _listing(found) for name, found in listings.items() if found is not None},
    }


def _listing(found: Listing) -> dict[str, Any]:
    return {
        "listed": found.listed,
        "extracted_on": found.extracted_on.isoformat() if found.extracted_on else None,
        "first_seen_on": found.first_seen_on.isoformat() if found.first_seen_on else None,
        "snapshot": found.snapshot,
    }


def _event(record: Record) -> dict[str, Any]:
    kind, at = _kind_and_time(record)
    written = adapter(type(record)).dump_python(record, mode="json", by_alias=True, exclude_none=True)
    return {
        "kind": kind,
        "at": _text(at),
        "recorded_at": _text(record.recorded_at),
        "principal": record.principal,
        "record": written,
    }


def _kind_and_time(record: Record) -> tuple[str, datetime | None]:
    match record:
        case Objection():
            return record.kind or "objection", record.effective_at
        case Hold():
            return record.kind or "hold", record.since
        case Consent():
            return "consent", record.given_at
        case Solicitation():
            return "solicitation", record.requested_at
        case Relationship():
            return "relationship", record.collected_at


def _text(at: datetime | None) -> str | None:
    return at.isoformat() if at is not None else None


def _decisions(asked: Asked[Any, Any], contact_point: str) -> tuple[tuple[Entry, ...], bool]:
    """Return the newest of them, and whether the ledger goes on beyond what was looked at."""

    def is_wanted(entry: Entry) -> bool:
        return entry.kind == "decision" and asked.sight.sees(entry.fields.get("principal"))

    page = asked.parts.timeline.page(contact_point, is_wanted, after=None, at_most=MOST_DECISIONS)
    return page.entries, page.next is not None


def _calls(asked: Asked[Any, Any], decisions: tuple[Entry, ...]) -> list[dict[str, Any]]:
    """Read what became of the calls that were allowed; one round trip."""
    allowed = tuple(entry.fields["id"] for entry in decisions if entry.fields.get("verdict") == "allow")
    told = asked.parts.calls.of_many(allowed)
    return [{"decision": name, "events": events} for name, events in told.items()]


def _notices(asked: Asked[Any, Any], records: list[Record]) -> tuple[Notice, ...]:
    objections = [record.id or "" for record in records if isinstance(record, Objection)]
    return asked.parts.outbox.find_all(asked.parts.objections.notices_of(objections))
