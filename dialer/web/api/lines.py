"""Everything held about one line, asked for by its number or by its name (`ln_…`), which holds none."""

from dataclasses import dataclass
from typing import Any, ClassVar

from dialer.calls.shape import STRICT
from dialer.errors import NotFound, Unreadable
from dialer.web.api.door import READERS, Asked, Doors
from dialer.web.api.dossier import LineShown, dossier
from dialer.web.api.naming import contact_point_of

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


@DOORS.get("/v1/lines/{ln}", roles=READERS, answer=LineShown)
def get_line(asked: Asked[None, None], ln: str) -> dict[str, Any]:
    """Read everything held about a line: standing, events, decisions, calls, notices."""
    contact_point = asked.parts.line_names.contact_point_of(ln)
    if contact_point is None:
        raise NotFound("no such line; POST /v1/lines/lookup names one")
    return dossier(asked, contact_point)


@DOORS.get("/v1/numbers/{e164}", roles=READERS, answer=LineShown)
def get_number(asked: Asked[None, None], e164: str) -> dict[str, Any]:
    """Read everything held about a number. Prefer `/v1/lines/{ln}`: a URL is written down by many."""
    try:
        contact_point = contact_point_of(asked, e164)
    except Unreadable as problem:
        raise NotFound(f"{problem.message}; nothing can be held about it") from None
    return dossier(asked, contact_point)
