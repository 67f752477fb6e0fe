"""One notice: one withdrawal told to one destination; its text is fixed once, its fate changes.

What the script that records an objection writes for each notice, in the same act, and nothing else:

- `HSET rf:notice:{id}` with `to_fields(notice)`                              (`keys.notice`)
- `ZADD rf:due:{destination} due_ms id`, due_ms of `due_at`                   (`keys.due`)
- `ZADD rf:notices:by-state 0 member`, member of `index_member(notice)`       (`keys.NOTICES_BY_STATE`)

The index is ordered by its text alone (all scores are 0), so one key answers "how many", "which are dead" and
"which destinations have any"; ids sort by the time they were made.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime
from enum import StrEnum

from dialer.delivery.destination import Destination
from dialer.ids import Kind, new_id

RECORDED = "withdrawal.recorded"
CORRECTED = "withdrawal.corrected"
_EVERYBODY = frozenset({"operator", "no_contact"})
_TIMES = frozenset({"created_at", "started_at", "due_at", "last_at", "delivered_at", "confirmed_at"})
_COUNTS = frozenset({"attempts", "tries", "questions", "last_status", "last_took_ms"})


class NoticeState(StrEnum):
    """Where a notice stands; `delivery.fate` holds every way from one to another."""

    PENDING = "pending"
    DELIVERED = "delivered"
    CONFIRMED = "confirmed"
    DEAD = "dead"


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawal:
    """What a destination is told of one objection or withdrawal: plain words, as they stand in the contract.

    `principal` None means the whole operator. `scope` is the objection's, as plain JSON values.
    `corrected_at` is given where two people found that it was never said: it ended then, and `why`.
    """

    id: str
    contact_point: str = field(repr=False)
    principal: str | None
    kind: str
    scope: Mapping[str, object]
    effective_at: datetime
    recorded_at: datetime
    source: str
    operator: str | None = None
    call_sid: str | None = None
    corrected_at: datetime | None = None
    why: str | None = None

    @property
    def concerns_every_principal(self) -> bool:
        """Whether no principal of this operator may go on, so that every destination must learn of it."""
        return self.principal is None or self.scope.get("reach") in _EVERYBODY


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One withdrawal for one destination. `id` is the `webhook-id`, the same at every attempt.

    `body` is the exact text that is sent and signed, never built twice. `attempts` counts all posts ever
    made; `tries` those since `started_at`, when the present run of the schedule began (a retry by hand begins
    a new one). `event` is what the body tells. `due_at` is when it is next told (pending) or asked about
    (delivered), None when nothing is to come. `questions` counts how often a destination with a confirm
    address was asked, since the last retry by hand. `last_…` describe the last attempt; `last_answer` is a
    short, masked piece of what came back.
    """

    id: str
    destination: str
    principal: str | None
    objection: str
    # Neither a log nor an error shows a number, however it comes by a notice.
    contact_point: str = field(repr=False)
    body: str = field(repr=False)
    created_at: datetime
    started_at: datetime
    due_at: datetime | None
    state: NoticeState = NoticeState.PENDING
    attempts: int = 0
    tries: int = 0
    questions: int = 0
    last_at: datetime | None = None
    last_status: int | None = None
    last_reason: str | None = None
    last_answer: str | None = None
    last_took_ms: int | None = None
    delivered_at: datetime | None = None
    confirmed_at: datetime | None = None
    event: str = RECORDED


def notices_for(
    withdrawal: Withdrawal, *, destinations: Iterable[Destination], at: datetime
) -> tuple[Notice, ...]:
    """Return one notice for each destination that must learn of it, due at once."""
    told = None if withdrawal.concerns_every_principal else withdrawal.principal
    concerned = (d for d in destinations if d.takes(told) and d.takes_scope(withdrawal.scope))
    return tuple(_notice(withdrawal, destination, at) for destination in concerned)


def _notice(withdrawal: Withdrawal, destination: Destination, at: datetime) -> Notice:
    # A destination learns the principal only if it is one of its own: others' dealings are not its business.
    known = withdrawal.principal if destination.takes(withdrawal.principal) else None
    return Notice(
        id=new_id(Kind.NOTICE, at=at),
        destination=destination.id,
        principal=withdrawal.principal,
        objection=withdrawal.id,
        contact_point=withdrawal.contact_point,
        body=_body(withdrawal, known),
        created_at=at,
        started_at=at,
        due_at=at,
        event=_event(withdrawal),
    )


def _event(withdrawal: Withdrawal) -> str:
    return RECORDED if withdrawal.corrected_at is None else CORRECTED


def _body(withdrawal: Withdrawal, principal: str | None) -> str:
    told = {
        "id": withdrawal.id,
        "contact_point": withdrawal.contact_point,
        "principal": principal,
        "operator": withdrawal.operator,
        "kind": withdrawal.kind,
        "scope": dict(withdrawal.scope),
        "effective_at": withdrawal.effective_at.isoformat(),
        "source": withdrawal.source,
        "call_sid": withdrawal.call_sid,
    }
    if withdrawal.corrected_at is not None:
        told |= {"corrected_at": withdrawal.corrected_at.isoformat(), "why": withdrawal.why}
    at = withdrawal.corrected_at or withdrawal.recorded_at
    event = {"type": _event(withdrawal), "timestamp": at.isoformat(), "data": told}
    return json.dumps(event, ensure_ascii=False, separators=(",", ":"))


def index_member(notice: Notice) -> str:
    """Return its place in the index by state: `state|destination|id`."""
    return f"{notice.state}|{notice.destination}|{notice.id}"


def to_fields(notice: Notice) -> dict[str, str]:
    """Return the notice flat, as a Redis HASH holds it; what is None is left out."""
    found = {each.name: getattr(notice, each.name) for each in fields(notice)}
    return {name: _text(value) for name, value in found.items() if value is not None}


def _text(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)


def from_fields(stored: Mapping[str, str]) -> Notice:
    """Return the notice that `to_fields` wrote; raises TypeError or ValueError if it does not fit."""
    found: dict[str, object] = {"principal": None, "due_at": None}
    for name, text in stored.items():
        found[name] = _value(name, text)
    return Notice(**found)  # type: ignore[arg-type]


def _value(name: str, text: str) -> object:
    if name in _TIMES:
        return datetime.fromisoformat(text)
    if name in _COUNTS:
        return int(text)
    return NoticeState(text) if name == "state" else text
