"""House policy, apart from the law: who is never contacted, what waits for a person, how often we try.

Source: law.md 2.5 (bereavement and vulnerability), 5.3 (frequency), 8.7.11; contract section 5 (holds).
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Final

from dialer.law.codes import Code
from dialer.law.matter import Matter
from dialer.law.parameters import Parameters
from dialer.law.refusal import holds_on_line, is_mature
from dialer.law.rule import MARKETING, Facts, Found, Phase, Rule, blocks, defers

_DAY: Final = timedelta(hours=24)
_WEEK: Final = timedelta(days=7)


def _is_never_contacted(matter: Matter) -> Found:
    """Contact nobody on the no-contact list, nor who refused any contact. Source: rule 2.1."""
    listed = matter.asked.line.no_contact
    if listed is not None:
        return blocks(Code.POLICY_NO_CONTACT, ("why", listed))
    no = next((no for no in matter.refusals if no.is_no_contact), None)
    if no is None:
        return None
    return blocks(Code.POLICY_NO_CONTACT, ("why", "no contact of any kind"), ("objection", no.id))


def _awaits_review(matter: Matter) -> Found:
    """Wait while a person must hear what may have been an objection. Source: contract section 5, holds."""
    for hold in holds_on_line(matter.case, matter.asked):
        if hold.kind != "campaign_refusal" and not is_mature(hold, matter.asked):
            return defers(Code.POLICY_HOLD_REVIEW, ("hold", hold.id), ("since", hold.since))
    return None


def _refused_campaign(matter: Matter) -> Found:
    """Do not repeat an offer to who turned it down; one of no named campaign is of each. Source: ibid."""
    campaign = matter.asked.campaign.id
    for hold in holds_on_line(matter.case, matter.asked):
        if hold.kind == "campaign_refusal" and hold.campaign in (None, campaign):
            return blocks(Code.POLICY_CAMPAIGN_REFUSED, ("hold", hold.id), ("campaign", campaign))
    return None


def _too_often(matter: Matter) -> Found:
    """Try a line at most so often a day and a week, whatever for. Source: law.md 5.3, 8.7.11."""
    if not matter.case.conduct.attempts or _attempts_free(matter, matter.at) == matter.at:
        return None
    return defers(Code.UK_FREQ_CAP, *_attempts(matter))


def _attempts_free(matter: Matter, at: datetime) -> datetime:
    """Return the first instant, not before `at`, at which another attempt is within both caps.

    An attempt exactly a day or a week old counts no more. The time a person asked for is outside the caps.
    """
    free = max((at, *caps_end(matter.case.conduct.attempts, matter.parameters)))
    solicited = matter.solicited
    if solicited is None or solicited.window is None:
        return free
    start, end = solicited.window
    return min(free, max(at, start)) if at < end else free


def caps_end(attempts: Iterable[datetime], parameters: Parameters) -> Iterator[datetime]:
    """Yield when each cap that is reached lets through again: all that rules read of attempts for themselves.

    A request of the callee's is counted by `law.solicitation`.
    """
    newest_first = sorted(attempts, reverse=True)
    for cap, window in ((parameters.attempts_per_day_max, _DAY), (parameters.attempts_per_week_max, _WEEK)):
        if len(newest_first) >= cap:
            yield newest_first[cap - 1] + window


def _attempts(matter: Matter) -> Facts:
    attempts = matter.case.conduct.attempts
    return (
        ("attempts_last_24_hours", sum(1 for attempt in attempts if matter.at - attempt < _DAY)),
        ("attempts_last_7_days", sum(1 for attempt in attempts if matter.at - attempt < _WEEK)),
    )


def _holds(matter: Matter) -> Facts:
    return (("holds", len(matter.case.holds)),)


def _no_contact(matter: Matter) -> Facts:
    return (("no_contact", matter.asked.line.no_contact),)


RULES = (
    Rule(
        name="no_contact_is_kept",
        phase=Phase.NO_CONTACT,
        codes=(Code.POLICY_NO_CONTACT,),
        check=_is_never_contacted,
        uses=_no_contact,
    ),
    Rule(
        name="possible_objection_is_heard_first",
        phase=Phase.OBJECTIONS,
        codes=(Code.POLICY_HOLD_REVIEW,),
        check=_awaits_review,
        uses=_holds,
        purposes=MARKETING,
    ),
    Rule(
        name="refused_offer_is_not_repeated",
        phase=Phase.OBJECTIONS,
        codes=(Code.POLICY_CAMPAIGN_REFUSED,),
        check=_refused_campaign,
        uses=_holds,
        purposes=MARKETING,
    ),
    Rule(
        name="attempts_are_capped",
        phase=Phase.CONDUCT,
        codes=(Code.UK_FREQ_CAP,),
        check=_too_often,
        uses=_attempts,
        next_free=_attempts_free,
    ),
)
