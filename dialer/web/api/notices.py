"""Notices: what each destination was told, what it answered, and one more try."""

from dataclasses import dataclass, fields
from typing import Any, ClassVar

from dialer.calls.shape import STRICT
from dialer.delivery.notice import Notice, NoticeState
from dialer.errors import Conflict, NotFound
from dialer.people.roles import Role
from dialer.web.api.door import Asked, Doors
from dialer.web.api.paging import Page, Paged, cursor_of, position_of

DOORS = Doors("Notices")


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeShown:
    """One notice to one destination and how it is doing; `last_answer` is a short, masked piece."""

    id: str
    destination: str
    objection: str
    principal: str | None
    contact_point: str
    state: NoticeState
    attempts: int
    created_at: str
    due_at: str | None
    last_at: str | None
    last_status: int | None
    last_reason: str | None
    last_answer: str | None
    last_took_ms: int | None
    delivered_at: str | None
    confirmed_at: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticesAsked(Paged):
    """Which notices; what is absent is no filter."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    state: NoticeState | None = None
    destination: str | None = None


@DOORS.get(
    "/v1/notices",
    roles=(Role.ADMIN, Role.AUDITOR, Role.SUPERVISOR),
    query=NoticesAsked,
    answer=Page[NoticeShown],
)
def list_notices(asked: Asked[None, NoticesAsked]) -> dict[str, Any]:
    """List notices, newest first."""
    query = asked.query
    page = asked.parts.outbox.page(query.state, query.destination, query.limit, position_of(query.cursor))
    shown = [notice_shown(notice) for notice in page.notices if asked.sight.sees(notice.principal)]
    return {"items": shown, "next_cursor": cursor_of(page.cursor) if page.cursor is not None else None}


@DOORS.get(
    "/v1/notices/{id}",
    roles=(Role.ADMIN, Role.AUDITOR, Role.SUPERVISOR),
    answer=NoticeShown,
    problems=(NotFound,),
)
def get_notice(asked: Asked[None, None], id: str) -> dict[str, Any]:
    """Read one notice: whom it tells, how often it was tried, and what came back last."""
    return notice_shown(_seen(asked, id))


@DOORS.post("/v1/notices/{id}/retry", roles=(Role.ADMIN,), answer=NoticeShown, problems=(Conflict, NotFound))
def retry_notice(asked: Asked[None, None], id: str) -> dict[str, Any]:
    """Send a dead or waiting notice off again, at once, with a new week of tries."""
    _seen(asked, id)
    again = asked.parts.outbox.retry(id, at=asked.parts.clock())
    asked.parts.desk.ring((again.destination,))
    return notice_shown(again)


def _seen(asked: Asked[None, None], notice_id: str) -> Notice:
    notice = asked.parts.outbox.find(notice_id)
    if not asked.sight.sees(notice.principal):
        raise NotFound("no such notice")
    return notice


def notice_shown(notice: Notice) -> dict[str, Any]:
    """Return a notice as people see it: without its body, which repeats the objection."""
    times = ("created_at", "due_at", "last_at", "delivered_at", "confirmed_at")
    found = {name: getattr(notice, name) for name in (field.name for field in fields(NoticeShown))}
    written = {name: found[name].isoformat() if found[name] is not None else None for name in times}
    return {**found, **written, "state": notice.state.value}
