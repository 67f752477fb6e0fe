"""`GET /v1/reviews/heard`: what a machine heard and judged by itself on one day, and how each stands now."""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Annotated, Any, ClassVar

from pydantic import Field

from dialer.calls.shape import STRICT
from dialer.clock import london_day
from dialer.law.days import day_starts
from dialer.people.roles import Sight
from dialer.reading.shapes import adapter
from dialer.reports.care import HEARD_OF_CARE
from dialer.reports.heard import HeardNo, HeardPage, HeardWanted, Judged
from dialer.web.api.door import READERS, Asked, Doors
from dialer.web.api.paging import Page, Paged, cursor_of, position_of
from dialer.web.api.when import day_of

DOORS = Doors("Reviews")


@dataclass(frozen=True, slots=True, kw_only=True)
class HeardAsked(Paged):
    """Which of them: on a day in London, today if absent; what is absent is no filter."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    day: Annotated[str | None, Field(json_schema_extra={"format": "date"}, max_length=10)] = None
    judged: Judged | None = None
    campaign: str | None = None
    agent: str | None = None


@DOORS.get("/v1/reviews/heard", roles=READERS, query=HeardAsked, answer=Page[HeardNo])
def list_heard(asked: Asked[None, HeardAsked]) -> dict[str, Any]:
    """List what a machine heard on a day, newest first: put in force at once, or held for a person.

    With the words, how sure it was and by which model. A wrong one in force is put right by
    `POST /v1/objections/{id}/correction`, a wrong one held by `POST /v1/reviews/{id}`.
    """
    page = _page(asked)
    seen = (_without_care(item, asked.sight) for item in page.items)
    items = [adapter(HeardNo).dump_python(item, mode="json") for item in seen]
    return {"items": items, "next_cursor": cursor_of(page.next) if page.next is not None else None}


def _page(asked: Asked[None, HeardAsked]) -> HeardPage:
    query = asked.query
    day = day_of(query.day, pointer="/day") if query.day else london_day(asked.parts.clock())
    return asked.parts.heard.page(
        HeardWanted(judged=query.judged, campaign=query.campaign, agent=query.agent),
        asked.sight,
        since=day_starts(day),
        until=day_starts(day + timedelta(days=1)),
        after=position_of(query.cursor),
        at_most=query.limit,
    )


def _without_care(item: HeardNo, sight: Sight) -> HeardNo:
    is_hidden = not sight.sees_care and item.proof is not None and item.proof.label in HEARD_OF_CARE
    return replace(item, proof=None) if is_hidden else item
