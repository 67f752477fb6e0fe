"""Phase 8: abandoned calls, answering machines, the campaign's rate, attempt caps; and when waiting ends."""

from datetime import datetime, timedelta

from tests.law.second_reading.asked import VOICE, Asked, Record, instant
from tests.law.second_reading.calendar import hours_code, openings
from tests.law.second_reading.yes import is_at_the_time_asked_for

DAY, WEEK, THREE_DAYS = timedelta(hours=24), timedelta(days=7), timedelta(hours=72)
TIMED = {"UK_HOURS_OUTSIDE", "UK_HOURS_HOLIDAY", "UK_FREQ_CAP"}
TIMED |= {"UK_OFCOM_72H_LIVE_AGENT_ONLY", "UK_OFCOM_AMD_24H"}


def conduct(asked: Asked, at: datetime, request: Record | None) -> list[str]:
    """Return each failing rule of phase 8 as of an instant; in the time asked for there are no caps."""
    facts = asked.case.get("conduct") or {}
    found = []
    if asked.channel in VOICE:
        guaranteed = asked.dial_mode == "preview" and asked.channel == "live_call"
        if was_abandoned(asked, at) and not guaranteed:
            found.append("UK_OFCOM_72H_LIVE_AGENT_ONLY")
        if was_a_machine(asked, at) and not guaranteed:
            found.append("UK_OFCOM_AMD_24H")
        if asked.dial_mode == "predictive" and is_over_the_ceiling(facts):
            found.append("UK_OFCOM_ACR_CEILING")
    ages = [at - instant(text) for text in facts.get("attempts") or []]
    too_many = sum(age < DAY for age in ages) >= 3 or sum(age < WEEK for age in ages) >= 6
    if too_many and not is_at_the_time_asked_for(at, request):
        found.append("UK_FREQ_CAP")
    return found


def was_abandoned(asked: Asked, at: datetime) -> bool:
    """Say whether a call to this line was abandoned less than 72 hours before."""
    text = (asked.case.get("conduct") or {}).get("abandoned_at")
    return text is not None and at < instant(text) + THREE_DAYS


def was_a_machine(asked: Asked, at: datetime) -> bool:
    """Say whether detection is on and found a machine less than 24 hours before."""
    text = (asked.case.get("conduct") or {}).get("machine_detected_at")
    said = asked.campaign.get("machine_detection")
    is_on = asked.dial_mode == "predictive" if said is None else said
    return bool(is_on) and text is not None and at < instant(text) + DAY


def is_over_the_ceiling(facts: Record) -> bool:
    """Say whether the measured rate is at 2.5 % on a sample that is large enough (8.7.10)."""
    rate, live, dropped = (facts.get(name) for name in ("abandoned_rate", "live_calls", "abandoned_calls"))
    if rate is None or rate < 0.025:
        return False
    return (live is None and dropped is None) or (live or 0) >= 200 or (dropped or 0) >= 5


def waits(asked: Asked, at: datetime, request: Record | None) -> list[str]:
    """Return what phases 7 and 8 hold against an instant."""
    hours = None if is_at_the_time_asked_for(at, request) else hours_code(asked, at)
    return [*([hours] if hours else []), *conduct(asked, at, request)]


def earliest_retry(asked: Asked, request: Record | None) -> datetime | None:
    """Return the first instant nothing timed stands against: one of few can be it, so each is tried."""
    facts = asked.case.get("conduct") or {}
    attempts = [instant(text) for text in facts.get("attempts") or []]
    tried = [asked.at, *openings(asked), *(attempt + span for attempt in attempts for span in (DAY, WEEK))]
    for name, span in (("abandoned_at", THREE_DAYS), ("machine_detected_at", DAY)):
        if facts.get(name):
            tried.append(instant(facts[name]) + span)
    if ((request or {}).get("window") or {}).get("from"):
        tried.append(instant((request or {})["window"]["from"]))
    return next(
        (at for at in sorted(tried) if at >= asked.at and not TIMED & {*waits(asked, at, request)}), None
    )
