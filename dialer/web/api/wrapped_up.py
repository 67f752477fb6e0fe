"""What is done for a wrap-up code once it is kept: an objection, a report, or how the call ended.

The raw wrap-up is in the ledger first, so a code nobody mapped loses nothing, nor does an act that fails:
the same wrap-up again has the same ids and does the same thing, never a second time.
"""

from dataclasses import replace
from typing import Any

from dialer.calls.after_call import OutcomeTold, WrapUpTold
from dialer.calls.dispositions import OUTCOMES, Disposition
from dialer.consents.line_reports import Report, ReportKind, report, report_id
from dialer.ids import Kind, id_for
from dialer.law.records import Reach, Scope
from dialer.objections.refusal import refuse
from dialer.objections.saying import Saying
from dialer.objections.wrap_up import Answered, asked_us_to_stop, fine_to_call
from dialer.people.keys import digest_of
from dialer.web.api.door import Asked
from dialer.web.api.naming import NamedCall, named_call
from dialer.web.api.people import person_of


def wrap_up(told: WrapUpTold, asked: Asked[Any, None]) -> None:
    """Keep a wrap-up as it came, then do what its code stands for."""
    parts = asked.parts
    parts.conduct.keep_wrap_up(told)
    match told.disposition:
        case None | Disposition.NOTHING | Disposition.DID_NOT_ASK:
            return
        case Disposition.OPT_OUT:
            call = _named(told, asked)
            asked_us_to_stop(_saying(told, call), _answered(told, call, asked), parts.listening.reviews)
        case Disposition.FINE_TO_CALL:
            answered = _answered(told, _named(told, asked), asked)
            fine_to_call(answered, parts.listening.reviews, parts.holds)
        case Disposition.REFUSAL:
            named = _named(told, asked)
            refused, operator = _report(told, Disposition.REFUSAL, named), named.operator if named else None
            refuse(refused, parts.listening.refusals, at=told.recorded_at, operator=operator)
        case meant if meant in OUTCOMES:
            # An outcome told before stands: a code that comes after the dialer's own event is no conflict.
            parts.conduct.keep_outcome(_outcome(told, meant))
        case meant:
            report(_report(told, meant, _named(told, asked)), parts.line_reports, at=told.recorded_at)


def _named(told: WrapUpTold, asked: Asked[Any, None]) -> NamedCall | None:
    return named_call(asked, decision_id=told.call.decision, call_ref=None)


def _answered(told: WrapUpTold, call: NamedCall | None, asked: Asked[Any, None]) -> Answered:
    """Return the call with whoever wrapped it up: its agent, by the key that told us."""
    by = person_of(asked.key)
    return Answered(
        contact_point=told.call.contact_point,
        decision=told.call.decision,
        call_ref=told.call.call_ref,
        person=call.person if call else None,
        by=replace(by, agent=by.agent or (call.agent if call else None)),
    )


def _saying(told: WrapUpTold, call: NamedCall | None) -> Saying:
    """Return the no: an agent's word for all voice marketing of the principal."""
    return Saying(
        contact_point=told.call.contact_point,
        principal=told.call.principal,
        operator=call.operator if call else None,
        scope=Scope(reach=Reach.PRINCIPAL, channels="voice"),
        source="agent",
        person=call.person if call else None,
        decision=told.call.decision,
        call_ref=told.call.call_ref,
        campaign=told.call.campaign,
        agent=call.agent if call else None,
        objection_id=id_for(Kind.OBJECTION, digest_of(f"wrap-up|{told.call.decision}")),
    )


def _outcome(told: WrapUpTold, meant: Disposition) -> OutcomeTold:
    return OutcomeTold(
        call=told.call, outcome=OUTCOMES[meant], at=told.recorded_at, recorded_at=told.recorded_at, by=told.by
    )


def _report(told: WrapUpTold, meant: Disposition, call: NamedCall | None) -> Report:
    kind, person = ReportKind(meant.value), call.person if call else None
    decision, line = told.call.decision, told.call.contact_point
    return Report(
        id=report_id(kind, decision=decision, contact_point=line, person=person, at=told.recorded_at),
        contact_point=line,
        principal=told.call.principal,
        kind=kind,
        person=person,
        campaign=told.call.campaign,
        decision=decision,
        by=(call.agent if call else None) or told.by,
        source="wrap_up",
    )
