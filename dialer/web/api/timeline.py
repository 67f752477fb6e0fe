"""The timeline of one line: everything in the ledger about it, newest first, with who did it and how."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from dialer.law.facts import Case
from dialer.people.roles import Sight
from dialer.reports.care import is_entry_shown
from dialer.store.ledger import Entry
from dialer.store.wash_store import WashStore
from dialer.web.api.decisions import decision_shown
from dialer.web.api.door import Asked
from dialer.web.api.notices import NoticeShown, notice_shown
from dialer.web.api.paging import Paged, cursor_of, position_of
from dialer.web.api.registers_in_time import Span, first_listings, of_wash

_KINDS: Final = {
    "con": "consent",
    "sol": "solicitation",
    "rel": "relationship",
    "fac": "line",
    "cor": "correction",
    "lft": "lifting",
}
_PROPOSED: Final = "proposed-"
_BECAME_TRUE: Final = (
    *(
        "effective_at",
        "given_at",
        "requested_at",
        "collected_at",
        "decided_at",
        "at",
        "recorded_at",
        "proposed_at",
    ),
)
_RECORDED: Final = ("recorded_at", "decided_at", "at", "proposed_at")
_ACTORS: Final = ("by", "agent", "given_by")


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineEvent:
    """One thing that happened; `at` is when it became true, `recorded_at` when we knew, `actor` who told us.

    `calls` are the events of the call that a decision allowed, `notices` what destinations were told of an
    objection and how each is doing.
    """

    kind: str
    at: str | None
    recorded_at: str | None
    principal: str | None
    actor: str | None
    source: str | None
    record: dict[str, Any]
    calls: list[dict[str, Any]]
    notices: list[NoticeShown]


@dataclass(frozen=True, slots=True)
class Shown:
    """One page of a timeline; `next_cursor` None is its end."""

    events: list[dict[str, Any]]
    next_cursor: str | None


def timeline(asked: Asked[Any, Any], contact_point: str, query: Paged, case: Case) -> Shown:
    """Return a page of a line's timeline, with what this key may see; a handful of round trips."""
    after = position_of(query.cursor)
    page = asked.parts.timeline.page(
        contact_point,
        lambda entry: _is_seen(entry, asked.sight),
        after=after,
        at_most=query.limit,
    )
    events = [_event(entry, asked.sight) for entry in page.entries]
    _add_calls(asked, events)
    _add_notices(asked, events)
    events += _of_registers(asked, contact_point, case, Span.of(after, page.next))
    events.sort(key=lambda event: event["recorded_at"] or "", reverse=True)
    return Shown(events, cursor_of(page.next) if page.next is not None else None)


def _is_seen(entry: Entry, sight: Sight) -> bool:
    is_theirs = sight.sees(entry.fields.get("principal"))
    return is_theirs and is_entry_shown(entry.kind, entry.fields, sight)


def _event(entry: Entry, sight: Sight) -> dict[str, Any]:
    fields = entry.fields
    is_proposed = entry.kind.startswith(_PROPOSED)
    bare = entry.kind.removeprefix(_PROPOSED)
    kind = _KINDS.get(bare, bare)
    return {
        "kind": f"{kind} proposed" if is_proposed else kind,
        "at": _first(fields, _BECAME_TRUE),
        "recorded_at": _first(fields, _RECORDED) or entry.at.isoformat(),
        "principal": fields.get("principal"),
        "actor": _first(fields, _ACTORS) or _reviewer(fields),
        "source": _first(fields, ("source", "method")),
        "record": decision_shown(entry, sight),
        "calls": [],
        "notices": [],
    }


def _reviewer(fields: Mapping[str, Any]) -> str | None:
    """Return who settled what waited for a second person, or who proposed it while nobody has."""
    review = fields.get("review", fields)
    people = (review.get(name) for name in ("settled_by", "proposed_by"))
    return next((person["name"] for person in people if person), None)


def _first(fields: Mapping[str, Any], names: tuple[str, ...]) -> str | None:
    return next((str(fields[name]) for name in names if fields.get(name)), None)


def _add_calls(asked: Asked[Any, Any], events: list[dict[str, Any]]) -> None:
    """Put what became of each allowed call beside its decision; one round trip."""
    allowed = {
        event["record"]["id"]: event
        for event in events
        if event["kind"] == "decision" and event["record"].get("verdict") == "allow"
    }
    for name, told in asked.parts.calls.of_many(tuple(allowed)).items():
        allowed[name]["calls"] = told


def _add_notices(asked: Asked[Any, Any], events: list[dict[str, Any]]) -> None:
    """Put what each destination was told beside its objection; two round trips."""
    objections = {event["record"]["id"]: event for event in events if event["kind"] == "objection"}
    for notice in asked.parts.outbox.find_all(asked.parts.objections.notices_of(tuple(objections))):
        if notice.objection in objections:
            objections[notice.objection]["notices"].append(notice_shown(notice))


def _of_registers(
    asked: Asked[Any, Any], contact_point: str, case: Case, span: Span
) -> Iterator[dict[str, Any]]:
    """Yield what registers and washes said of the line in the time of this page; nobody's in particular."""
    washes = WashStore(asked.parts.redis).said_of(contact_point)
    for said in (*first_listings(case), *map(of_wash, washes)):
        if span.holds(said.recorded_at):
            yield {
                "kind": said.kind,
                "at": said.at.isoformat(),
                "recorded_at": said.recorded_at.isoformat(),
                "principal": None,
                "actor": said.actor,
                "source": said.source,
                "record": said.record,
                "calls": [],
                "notices": [],
            }
