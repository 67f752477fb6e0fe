"""`POST /v1/permits/redeem`: a permit is spent, once, by a dialer whose trunks we cannot see."""

from dataclasses import dataclass
from typing import Annotated, Any, ClassVar

from pydantic import Field

from dialer.calls.shape import STRICT
from dialer.errors import Conflict
from dialer.people.roles import Role
from dialer.web.api.door import Asked, Doors
from dialer.web.api.repeats import redemption_repeats

DOORS = Doors("Permits")
Word = Annotated[str, Field(min_length=1, max_length=256)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Redemption:
    """The permit of an allow, and the dialer's own reference for the call it now places."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    permit: Word
    call_ref: Word


@dataclass(frozen=True, slots=True, kw_only=True)
class Redeemed:
    """The permit is spent and the attempt counted: dial now."""

    decision: str
    call_ref: str


@DOORS.post(
    "/v1/permits/redeem",
    roles=(Role.DIALER,),
    body=Redemption,
    required=("permit", "call_ref"),
    answer=Redeemed,
    problems=(Conflict,),
    repeats=redemption_repeats,
)
def redeem_permit(asked: Asked[Redemption, None]) -> Redeemed:
    """Spend a permit. 409 says do not dial: it is spent, dead, or was never given to this key."""
    decision = asked.parts.permits.redeem(asked.body.permit, asked.body.call_ref, key=asked.key)
    return Redeemed(decision=decision, call_ref=asked.body.call_ref)
