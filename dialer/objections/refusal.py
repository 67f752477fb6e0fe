"""An offer turned down bars one campaign; turned down again on a later call, it is an objection.

Source: labels.md section 2, `refusal_only`. No words are kept of a refusal.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Protocol

from dialer.consents.line_reports import Report, Reports, report
from dialer.ids import Kind, id_for
from dialer.law.records import Hold, Reach, Scope
from dialer.objections.record import Desk, record
from dialer.objections.saying import Recorded, Saying
from dialer.people.keys import digest_of

# Two reports of one call that name no decision come within it; no line is rung twice in so short a time.
ONE_CALL: Final = timedelta(hours=1)


class StandingHolds(Protocol):
    """Knows what is held; see `store.holds`."""

    def standing(self, contact_point: str) -> tuple[Hold, ...]:
        """Return the holds on this line that were not released."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusalDesk:
    """The parts a refusal needs."""

    reports: Reports
    holds: StandingHolds
    desk: Desk


def refuse(told: Report, desk: RefusalDesk, *, at: datetime, operator: str | None = None) -> Recorded | None:
    """Bar the campaign, and return the objection where the line refused on an earlier call, None where not.

    The same refusal told again changes nothing. Raises CannotKeep.
    """
    report(told, desk.reports, at=at)
    if not any(_is_earlier(hold, told, at) for hold in desk.holds.standing(told.contact_point)):
        return None
    return record(_saying(told, operator), desk.desk)


def _is_earlier(hold: Hold, told: Report, at: datetime) -> bool:
    is_refusal = hold.kind == "campaign_refusal" and hold.principal == told.principal
    if not is_refusal or hold.id == told.id or hold.since is None or hold.since > at:
        return False
    return told.decision is not None or at - hold.since >= ONE_CALL


def _saying(told: Report, operator: str | None) -> Saying:
    """Return the objection that a second refusal is: all voice marketing of the principal."""
    return Saying(
        contact_point=told.contact_point,
        principal=told.principal,
        operator=operator,
        scope=Scope(reach=Reach.PRINCIPAL, channels="voice"),
        source=told.source if told.source in ("speech", "sms") else "agent",
        person=told.person,
        decision=told.decision,
        campaign=told.campaign,
        agent=told.by,
        objection_id=id_for(Kind.OBJECTION, digest_of(f"second refusal|{told.id}")),
    )
