"""Every no that reaches a request: objections, withdrawals, taken-back consents and matured holds.

An undated no is as late as can be, one dated after the request counts now, one recorded after it was not
known, and one that two people have corrected counts until then. Source: law.md 2.5, 2.6 and 8.3 phase 5.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from dialer.calls.call import Channel
from dialer.law.asked import Asked, is_known, is_line, is_other_line
from dialer.law.facts import Case
from dialer.law.records import Consent, Hold, Objection, Reach, Scope
from dialer.law.scope import covers, is_all_marketing

_WHOLE_SCOPE: Final = Scope()


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """One no in scope of the request. `at` is never later than the request: a future no counts now."""

    id: str | None
    at: datetime
    is_all_marketing: bool
    is_withdrawal: bool
    is_no_contact: bool
    source: str | None
    recorded_at: datetime | None


def refusals(case: Case, asked: Asked) -> tuple[Refusal, ...]:
    """Return every no that covers the request, latest first, of equally late ones the widest (5.1a-b)."""
    if not (case.objections or case.holds or case.consents):
        return ()
    found = [*_objected(case, asked), *_matured(case, asked), *_taken_back(case, asked)]
    return tuple(sorted(found, key=_lateness, reverse=True))


def _lateness(refusal: Refusal) -> tuple[datetime, bool, bool]:
    return refusal.at, refusal.is_all_marketing, refusal.is_withdrawal


def holds_on_line(case: Case, asked: Asked) -> Iterator[Hold]:
    """Yield the holds that stand on this line, or on another line of the person, for this request.

    One with a scope holds what an objection of that scope would refuse.
    """
    for hold in case.holds:
        is_standing = is_known(hold.recorded_at, asked) and not _is_released(hold, asked)
        if is_standing and _holds(hold, case, asked):
            yield hold


def _holds(hold: Hold, case: Case, asked: Asked) -> bool:
    if hold.scope is not None:
        no = Objection(contact_point=hold.contact_point, principal=hold.principal)
        return covers(no, hold.scope, case, asked)
    is_ours = hold.principal is None or hold.principal == asked.campaign.principal
    # One that names no line would not be before us were it of another.
    return is_ours and (
        hold.contact_point is None
        or is_line(hold.contact_point, asked)
        or is_other_line(hold.contact_point, asked)
    )


def _is_released(hold: Hold, asked: Asked) -> bool:
    return hold.released_at is not None and hold.released_at <= asked.at


def is_mature(hold: Hold, asked: Asked) -> bool:
    """Say whether a possible objection has waited long enough to be one."""
    return hold.becomes_objection_at is not None and hold.becomes_objection_at <= asked.at


def _objected(case: Case, asked: Asked) -> Iterator[Refusal]:
    for objection in case.objections:
        scope = objection.scope or _WHOLE_SCOPE
        if _stands(objection, asked) and covers(objection, scope, case, asked):
            yield Refusal(
                id=objection.id,
                at=min(objection.effective_at or asked.at, asked.at),
                is_all_marketing=is_all_marketing(scope),
                is_withdrawal=objection.kind == "withdrawal",
                is_no_contact=scope.reach is Reach.NO_CONTACT,
                source=objection.source,
                recorded_at=objection.recorded_at,
            )


def _stands(objection: Objection, asked: Asked) -> bool:
    """Say whether a no was known and not yet corrected; a correction ends it from then on, never before."""
    corrected_at = objection.corrected_at
    return is_known(objection.recorded_at, asked) and (corrected_at is None or asked.at < corrected_at)


def _matured(case: Case, asked: Asked) -> Iterator[Refusal]:
    for hold in holds_on_line(case, asked):
        if hold.kind != "campaign_refusal" and is_mature(hold, asked):
            yield Refusal(
                id=hold.id,
                at=hold.becomes_objection_at or asked.at,
                is_all_marketing=hold.scope is None or is_all_marketing(hold.scope),
                is_withdrawal=False,
                is_no_contact=False,
                source="hold",
                recorded_at=hold.recorded_at,
            )


def _taken_back(case: Case, asked: Asked) -> Iterator[Refusal]:
    """Yield consents with `withdrawn_at`: a no for their own channels and purposes (law.md 8.7.6)."""
    for consent in case.consents:
        if consent.withdrawn_at is not None and _is_of_request(consent, asked):
            yield Refusal(
                id=consent.id,
                at=min(consent.withdrawn_at, asked.at),
                is_all_marketing=False,
                is_withdrawal=True,
                is_no_contact=False,
                source="consent",
                recorded_at=consent.recorded_at,
            )


def _is_of_request(consent: Consent, asked: Asked) -> bool:
    channels = set(consent.channels)
    if Channel.AUTOMATED_CALL in channels:
        channels.add(Channel.VOICEMAIL_DROP)
    return (
        is_line(consent.contact_point, asked)
        and consent.principal == asked.campaign.principal
        and asked.channel in channels
        and asked.purpose in consent.purposes
        and is_known(consent.recorded_at, asked)
    )
