"""Our own phones: declared, rung with a code, and live once the code is read back."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, ClassVar

from pydantic import Field

from dialer.calls.contact_point import is_email_address
from dialer.calls.shape import STRICT
from dialer.errors import Conflict, Fault, NotFound, Refused, TooMany, Unanswered, Unreadable
from dialer.law.facts import OwnLine
from dialer.people.roles import Role
from dialer.screening.own_lines import OwnLineGiven, declare, ring_code, verify
from dialer.web.api.door import Asked, Doors
from dialer.web.api.line_given import named_line

DOORS = Doors("Own lines")


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnLineShown:
    """One of our phones; only a `verified` one may be rung past the rules, and only as a leg of our own."""

    number: str
    kind: str | None
    owner: str | None
    verified: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeAsked:
    """Under which of our campaigns' numbers to ring; the first one's if absent."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    caller_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeOnItsWay:
    """The phone is rung; the code lives until then."""

    expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeRead:
    """The six digits that were heard."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    code: Annotated[str, Field(min_length=1, max_length=16)]


@DOORS.put("/v1/own-lines/{e164}", roles=(Role.ADMIN,), body=OwnLineGiven, answer=OwnLineShown)
def put_own_line(asked: Asked[OwnLineGiven, None], e164: str) -> OwnLineShown:
    """Declare one of our phones. It is live only after a code rung to it is read back."""
    number = _number(asked, e164)
    return _shown(number, declare(number, asked.body, asked.parts.own_lines, by=asked.key.name))


@DOORS.get("/v1/own-lines/{e164}", roles=(Role.ADMIN, Role.AUDITOR), answer=OwnLineShown)
def get_own_line(asked: Asked[None, None], e164: str) -> OwnLineShown:
    """Read one of our phones."""
    number = _number(asked, e164)
    found = asked.parts.own_lines.own_lines.held(number).own
    if found is None:
        raise NotFound("no such own line")
    return _shown(number, found)


@DOORS.post(
    "/v1/own-lines/{e164}/code",
    roles=(Role.ADMIN,),
    body=CodeAsked,
    answer=CodeOnItsWay,
    status=202,
    problems=(Conflict, Refused, TooMany, Unanswered),
)
def post_own_line_code(asked: Asked[CodeAsked, None], e164: str) -> CodeOnItsWay:
    """Ring the phone and say a code: at most three times a day; a code lives ten minutes."""
    caller_id = _caller_id(asked)
    expires_at = ring_code(
        _number(asked, e164), asked.parts.own_lines, caller_id=caller_id, by=asked.key.name
    )
    return CodeOnItsWay(expires_at=expires_at)


@DOORS.post(
    "/v1/own-lines/{e164}/verification",
    roles=(Role.ADMIN,),
    body=CodeRead,
    answer=OwnLineShown,
    problems=(Refused,),
)
def post_own_line_verification(asked: Asked[CodeRead, None], e164: str) -> OwnLineShown:
    """Read the code back: the phone is live from then. After five wrong codes another must be rung."""
    number = _number(asked, e164)
    return _shown(number, verify(number, asked.body.code, asked.parts.own_lines, by=asked.key.name))


def _number(asked: Asked[Any, Any], text: str) -> str:
    number = named_line(asked, text)
    if is_email_address(number):
        raise NotFound("an address cannot be rung; give a number")
    return number


def _caller_id(asked: Asked[CodeAsked, Any]) -> str:
    """Return the number to show: one that a campaign of ours shows to callees already."""
    campaigns = asked.configuration.campaigns.values()
    ours = sorted(c.caller_id for c in campaigns if c.caller_id and asked.sight.sees(c.principal))
    numbers = [number for number in ours if number.startswith("+")]
    if asked.body.caller_id is not None and asked.body.caller_id not in numbers:
        fault = Fault("/caller_id", "must be a campaign's caller_id, as it is kept")
        raise Unreadable("this number is not shown by any campaign of yours", faults=(fault,))
    if not numbers:
        raise Conflict("no campaign shows a number yet, so there is none to ring from; keep a campaign first")
    return asked.body.caller_id or numbers[0]


def _shown(number: str, own: OwnLine) -> OwnLineShown:
    return OwnLineShown(number=number, kind=own.kind, owner=own.owner, verified=own.verified)
