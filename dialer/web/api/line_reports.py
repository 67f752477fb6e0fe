"""`POST /v1/reports`: not their line, not to be called, not interested; learned on a call."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from dialer.calls.shape import STRICT
from dialer.consents.line_reports import Report, ReportKind, report, report_id
from dialer.errors import Fault, NotFound, Unreadable
from dialer.objections.refusal import refuse
from dialer.objections.saying import Recorded
from dialer.people.roles import Role
from dialer.web.api.door import Asked, Doors
from dialer.web.api.line_given import PersonId
from dialer.web.api.naming import NamedCall, contact_point_of, named_call, principal_of

DOORS = Doors("Reports from calls")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportGiven:
    """What was learned. The `decision` tells line, principal, campaign and person; each may also stand here.

    An agent's report needs the decision of a call of their own that could be made.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    kind: ReportKind
    contact_point: str | None = None
    person: PersonId | None = None
    decision: str | None = None
    principal: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportKept:
    """A report in force; no permit of the lines it touches is good any more.

    `objection` is what a second refusal became, null for any other report.
    """

    id: str
    kind: ReportKind
    contact_point: str
    principal: str
    person: str | None
    objection: str | None = None


@DOORS.post(
    "/v1/reports",
    roles=(Role.DIALER, Role.AGENT, Role.SUPERVISOR),
    body=ReportGiven,
    answer=ReportKept,
    status=201,
    problems=(NotFound,),
)
def post_report(asked: Asked[ReportGiven, None]) -> ReportKept:
    """Report what a call showed: the wrong person, somebody to leave in peace, or an offer refused.

    `wrong_person` takes the person's link from the line; `deceased`, `vulnerable` and `legal` close each line
    of the person; `refusal` closes one campaign, and on a later call is an objection. No words are kept.
    """
    told, at = _told(asked), asked.parts.clock()
    if told.kind is ReportKind.REFUSAL:
        return _shown(told, _refused(told, asked, at))
    report(told, asked.parts.line_reports, at=at)
    return _shown(told, None)


def _refused(told: Report, asked: Asked[ReportGiven, None], at: datetime) -> Recorded | None:
    call = _call(asked)
    desk = asked.parts.listening.refusals
    return refuse(told, desk, at=at, operator=call.operator if call else None)


def _shown(told: Report, objection: Recorded | None) -> ReportKept:
    return ReportKept(
        id=told.id,
        kind=told.kind,
        contact_point=told.contact_point,
        principal=told.principal,
        person=told.person,
        objection=objection.id if objection is not None else None,
    )


def _told(asked: Asked[ReportGiven, None]) -> Report:
    given = asked.body
    call = _call(asked)
    contact_point = contact_point_of(asked, given.contact_point or (call.to if call else None))
    if call is not None and call.to != contact_point:
        fault = Fault("/contact_point", "must be the line of the decision, or be left out")
        raise Unreadable("the report names another line than its call", faults=(fault,))
    principal = principal_of(asked, (call.principal if call else None) or given.principal)
    if given.principal not in (None, principal):
        fault = Fault("/principal", "must be the principal of the decision, or be left out")
        raise Unreadable("the report names another principal than its call", faults=(fault,))
    person = given.person or (call.person if call else None)
    decision = call.id if call else None
    at = asked.parts.clock()
    return Report(
        id=report_id(given.kind, decision=decision, contact_point=contact_point, person=person, at=at),
        contact_point=contact_point,
        principal=principal,
        kind=given.kind,
        person=person,
        campaign=call.campaign if call else None,
        decision=decision,
        by=asked.key.agent or asked.key.name,
        source=asked.key.role,
    )


def _call(asked: Asked[ReportGiven, None]) -> NamedCall | None:
    """Return the call reported on; an agent may only speak of a call of their own."""
    call = named_call(asked, decision_id=asked.body.decision, call_ref=None)
    if asked.key.role is not Role.AGENT:
        return call
    if call is None:
        fault = Fault("/decision", "is required from an agent")
        raise Unreadable("which call showed it? the decision is missing", faults=(fault,))
    if call.agent != (asked.key.agent or asked.key.name) or not call.may_be_made:
        raise NotFound("no such call of yours: give the decision of a call that you made")
    return call
