"""`POST /v1/outcomes` and `/v1/wrap-ups`: how a call ended, and the code that somebody gave it."""

import json
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Final

from pydantic import AwareDatetime, Field

from dialer.calls.after_call import CallMade, OutcomeTold, WrapUpTold
from dialer.calls.dispositions import Disposition, Outcome, code_key, disposition_of
from dialer.calls.shape import STRICT
from dialer.errors import Conflict, Fault, NotFound, Unreadable
from dialer.people.roles import Role
from dialer.web.api.door import READERS, Asked, Doors
from dialer.web.api.naming import named_call, principal_of
from dialer.web.api.wrapped_up import wrap_up

DOORS = Doors("Outcomes and wrap-ups")
TELLERS = (Role.DIALER, Role.AGENT, Role.INTEGRATOR)
LONGEST_RAW: Final = 8_192
Code = Annotated[str, Field(min_length=1, max_length=128)]


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeGiven:
    """How a call ended; `answered` means that a live agent took it. `at` is when, now if absent."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    outcome: Outcome
    decision: str | None = None
    call_ref: str | None = None
    at: AwareDatetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeKept:
    """What is kept of the call."""

    decision: str
    outcome: Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class WrapUpGiven:
    """A code as the dialer knows it, with the whole event it came in, in any form."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    code: Code
    decision: str | None = None
    call_ref: str | None = None
    raw: Any = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WrapUpKept:
    """The wrap-up as it was kept; `disposition` null is a code nobody has mapped: nothing changes."""

    decision: str
    code: str
    disposition: Disposition | None


@dataclass(frozen=True, slots=True, kw_only=True)
class WrapUpCodes:
    """What each code stands for; upper and lower case are one."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    codes: Annotated[dict[Code, Disposition], Field(max_length=500)]


@DOORS.post(
    "/v1/outcomes",
    roles=TELLERS,
    body=OutcomeGiven,
    answer=OutcomeKept,
    status=201,
    problems=(NotFound, Conflict),
)
def post_outcome(asked: Asked[OutcomeGiven, None]) -> OutcomeKept:
    """Tell how a call ended: abandoned calls and machines limit how the line may be dialled next.

    The first outcome told of a call stands; the same again changes nothing.
    """
    told = _outcome_told(asked)
    stands = asked.parts.conduct.keep_outcome(told)
    if stands is not told.outcome:
        raise Conflict(f"this call was told to have ended otherwise before: {stands}; that stands")
    return OutcomeKept(decision=told.call.decision, outcome=stands)


@DOORS.post(
    "/v1/wrap-ups",
    roles=TELLERS,
    body=WrapUpGiven,
    answer=WrapUpKept,
    status=201,
    problems=(NotFound,),
)
def post_wrap_up(asked: Asked[WrapUpGiven, None]) -> WrapUpKept:
    """Hand over a dialer's own code for a call: it is kept as it came, then what it stands for is done."""
    told = _wrap_up_told(asked)
    wrap_up(told, asked)
    return WrapUpKept(decision=told.call.decision, code=told.code, disposition=told.disposition)


def _wrap_up_told(asked: Asked[WrapUpGiven, None]) -> WrapUpTold:
    given, parts = asked.body, asked.parts
    call = call_made(asked, decision=given.decision, call_ref=given.call_ref)
    stands_for = disposition_of(given.code, parts.conduct.codes(call.principal))
    return WrapUpTold(
        call=call,
        code=given.code,
        raw=_raw(given.raw),
        disposition=stands_for,
        recorded_at=parts.clock(),
        by=asked.key.name,
    )


@DOORS.put("/v1/wrap-up-codes/{principal}", roles=(Role.INTEGRATOR,), body=WrapUpCodes, answer=WrapUpCodes)
def put_wrap_up_codes(asked: Asked[WrapUpCodes, None], principal: str) -> WrapUpCodes:
    """Say what each of a principal's wrap-up codes stands for from now on, replacing what was said before."""
    owner = principal_of(asked, principal)
    codes = {code_key(code): means for code, means in asked.body.codes.items()}
    asked.parts.conduct.put_codes(owner, codes, by=asked.key.name, at=asked.parts.clock().isoformat())
    return WrapUpCodes(codes=codes)


@DOORS.get("/v1/wrap-up-codes/{principal}", roles=(*READERS, Role.INTEGRATOR), answer=WrapUpCodes)
def get_wrap_up_codes(asked: Asked[None, None], principal: str) -> WrapUpCodes:
    """Read what each of a principal's wrap-up codes stands for."""
    return WrapUpCodes(codes=asked.parts.conduct.codes(principal_of(asked, principal)))


def _outcome_told(asked: Asked[OutcomeGiven, None]) -> OutcomeTold:
    given, now = asked.body, asked.parts.clock()
    call = call_made(asked, decision=given.decision, call_ref=given.call_ref)
    at = min(given.at or now, now)
    return OutcomeTold(call=call, outcome=given.outcome, at=at, recorded_at=now, by=asked.key.name)


def call_made(asked: Asked[Any, None], *, decision: str | None, call_ref: str | None) -> CallMade:
    """Return the call a request names; raises NotFound for one unknown, another's, or never to be made."""
    call = named_call(asked, decision_id=decision, call_ref=call_ref)
    if call is None:
        fault = Fault("/decision", "is required, or call_ref")
        raise Unreadable("which call? give its decision or its call_ref", faults=(fault,))
    is_own = asked.key.role is not Role.AGENT or call.agent == (asked.key.agent or asked.key.name)
    if not (is_own and call.may_be_made and call.to and call.principal and call.campaign):
        raise NotFound("no such call of yours: give the decision of a call that could be made")
    return CallMade(
        decision=call.id,
        contact_point=call.to,
        principal=call.principal,
        campaign=call.campaign,
        call_ref=call.call_ref,
    )


def _raw(given: Any) -> str | None:
    """Return the event as text; raises Unreadable for more than eight kilobytes."""
    text = given if isinstance(given, str) or given is None else json.dumps(given, ensure_ascii=False)
    if text is not None and len(text) > LONGEST_RAW:
        fault = Fault("/raw", f"at most {LONGEST_RAW} characters as JSON")
        raise Unreadable("the raw event is too long to keep; send the part that matters", faults=(fault,))
    return text
