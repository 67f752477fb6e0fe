"""Everything held about one line, asked for by its number or by its name (`ln_…`), which holds none.

A line asked for by its number under `/v1/lines` tells what one principal knows of it, as `PUT` keeps it; by
its name it tells everything.
"""

from dataclasses import dataclass
from typing import Any, ClassVar

from dialer.calls.shape import STRICT
from dialer.consents.line_facts import LineKnown, put_line
from dialer.errors import Conflict, NotFound, Unreadable
from dialer.people.roles import Role
from dialer.reports.care import known_without_care
from dialer.web.api.door import READERS, Asked, Doors
from dialer.web.api.dossier import LineShown, dossier
from dialer.web.api.line_given import LineGiven, LineQuery, is_line_name, line_word, named_line
from dialer.web.api.naming import contact_point_of, principal_of
from dialer.web.api.paging import Paged
from dialer.web.guards import require_role

DOORS = Doors("Lines")


@dataclass(frozen=True, slots=True, kw_only=True)
class LineAsked:
    """A number or email address in any form people type."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    number: str


@dataclass(frozen=True, slots=True)
class LineName:
    """The line's name, the same each time: good in URLs, tells nothing to who has no key."""

    id: str


@DOORS.post("/v1/lines/lookup", roles=READERS, body=LineAsked, required=("number",), answer=LineName)
def look_up_line(asked: Asked[LineAsked, None]) -> LineName:
    """Return the name under which a line can be asked for without its number in a URL."""
    contact_point = contact_point_of(asked, asked.body.number, pointer="/number")
    return LineName(id=asked.parts.line_names.name_of(contact_point))


@DOORS.put(
    "/v1/lines/{ln}",
    roles=(Role.SUPERVISOR, Role.INTEGRATOR),
    body=LineGiven,
    answer=LineKnown,
    problems=(Conflict,),
)
def put_line_facts(asked: Asked[LineGiven, None], ln: str) -> LineKnown:
    """Add what is known of a line: by its number, address or name. What is left out stays as it was.

    A person linked here is linked with all their other lines, and what was refused on one of them is refused
    on all. Nothing here lifts a mark or takes a link away: a report of `wrong_person` does.
    """
    known = put_line(line_word(asked, named_line(asked, ln)), asked.parts.lines, at=asked.parts.clock())
    return known_without_care(known, asked.sight)


@DOORS.get(
    "/v1/lines/{ln}",
    roles=(*READERS, Role.INTEGRATOR),
    query=LineQuery,
    answer=LineShown | LineKnown,
)
def get_line(asked: Asked[None, LineQuery], ln: str) -> dict[str, Any] | LineKnown:
    """Read everything held about a line named `ln_…`, or what is known of a line given by its number.

    Everything: standing, events, decisions, calls, notices and the whole timeline, newest first, in pages.
    """
    if is_line_name(ln):
        require_role(asked.key, READERS)
        return dossier(asked, named_line(asked, ln))
    principal = principal_of(asked, asked.query.principal)
    return known_without_care(asked.parts.lines.known(named_line(asked, ln), principal), asked.sight)


@DOORS.get("/v1/numbers/{e164}", roles=READERS, query=Paged, answer=LineShown)
def get_number(asked: Asked[None, Paged], e164: str) -> dict[str, Any]:
    """Read everything held about a number. Prefer `/v1/lines/{ln}`: a URL is written down by many."""
    try:
        contact_point = contact_point_of(asked, e164)
    except Unreadable as problem:
        raise NotFound(f"{problem.message}; nothing can be held about it") from None
    return dossier(asked, contact_point)
