"""Lists: where numbers came from, kept with everything that was ever said of them."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from dialer.calls.source_list import SourceList
from dialer.errors import Conflict, NotFound
from dialer.people.roles import Role
from dialer.screening.configuration import Configuration
from dialer.store.configuration import Section
from dialer.web.api.door import READERS, Asked, Doors
from dialer.web.api.naming import principal_of
from dialer.web.api.paging import Page, Paged, page_of
from dialer.web.api.saving import keep

DOORS = Doors("Lists")


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldOfList:
    """What was said of a list from one time on."""

    since: datetime
    told: SourceList


@dataclass(frozen=True, slots=True, kw_only=True)
class ListShown:
    """A list as it stands, and every version of it, newest first."""

    list: SourceList
    history: tuple[ToldOfList, ...]


@DOORS.put(
    "/v1/lists/{id}",
    roles=(Role.SUPERVISOR,),
    body=SourceList,
    required=("supplier", "say"),
    answer=SourceList,
    problems=(Conflict,),
)
def put_list(asked: Asked[SourceList, None], id: str) -> SourceList:
    """Keep where a list's numbers came from, and what an agent says who is asked for it.

    A screening that names the list shows `say`, and keeps it in its decision. What was said before is kept.
    """
    told = replace(asked.body, principal=principal_of(asked, asked.body.principal))
    return keep(asked.parts, Section.LISTS, id, lambda held: _saved(told, held, asked))


@DOORS.get("/v1/lists/{id}", roles=READERS, answer=ListShown)
def get_list(asked: Asked[None, None], id: str) -> ListShown:
    """Read one list with its history."""
    found = asked.configuration.lists.get(id)
    if found is None or not asked.sight.sees(found.principal):
        raise NotFound("no such list")
    before = asked.parts.list_history.of(id)
    return ListShown(list=found, history=tuple(ToldOfList(since=b.since, told=b.told) for b in before))


@DOORS.get("/v1/lists", roles=READERS, query=Paged, answer=Page[SourceList])
def list_lists(asked: Asked[None, Paged]) -> Page[SourceList]:
    """List the lists by id."""
    lists = asked.configuration.lists
    return page_of(lists, asked.query, is_seen=lambda found: asked.sight.sees(found.principal))


def _saved(told: SourceList, held: Configuration, asked: Asked[Any, Any]) -> SourceList:
    """Return the list as it is kept: an id belongs to the principal that first used it."""
    before = held.lists.get(told.id)
    if before is not None and not asked.sight.sees(before.principal):
        raise NotFound("no such list")
    if before is not None and before.principal != told.principal:
        raise Conflict("this list belongs to another principal; keep it under an id of its own")
    return told
