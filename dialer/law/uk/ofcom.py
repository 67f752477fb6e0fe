"""Ofcom's persistent-misuse policy: who was left with silence, or taken for a machine, is not rung so again.

Source: Communications Act 2003 ss.128-131; law.md 5.1, 8.3 phase 8, 8.7.9-10. An event dated after the
request counts as if it had just been.
"""

from datetime import datetime, timedelta

from dialer.calls.call import Channel, DialMode
from dialer.law.codes import Code
from dialer.law.matter import Matter
from dialer.law.rule import VOICE, Facts, Found, Phase, Rule, defers


def is_live_guaranteed(matter: Matter) -> bool:
    """Say whether somebody is certain to be there: an agent who dials after looking, never a recording."""
    return matter.asked.mode is DialMode.PREVIEW and matter.asked.channel is Channel.LIVE_CALL


def detects_machines(matter: Matter) -> bool:
    """Say whether answering-machine detection is on; where the campaign is silent, in predictive mode."""
    setting = matter.asked.campaign.machine_detection
    return setting if setting is not None else matter.asked.mode is DialMode.PREDICTIVE


def was_abandoned_lately(matter: Matter) -> bool:
    """Say whether an abandoned call to this line is less than 72 hours old."""
    ends = _abandoned_ends(matter)
    return ends is not None and ends > matter.at


def was_machine_lately(matter: Matter) -> bool:
    """Say whether a machine was detected on this line less than 24 hours ago, and still would be."""
    ends = _machine_ends(matter)
    return ends is not None and ends > matter.at


def _after_abandonment(matter: Matter) -> Found:
    """Wait 72 hours after an abandoned call, unless a live agent is guaranteed. Source: law.md 5.1."""
    if not was_abandoned_lately(matter) or is_live_guaranteed(matter):
        return None
    return defers(Code.UK_OFCOM_72H_LIVE_AGENT_ONLY, *_abandoned(matter))


def _after_machine(matter: Matter) -> Found:
    """Wait 24 hours after a detected machine, unless a live agent is guaranteed. Source: law.md 5.1."""
    if not was_machine_lately(matter) or is_live_guaranteed(matter):
        return None
    return defers(Code.UK_OFCOM_AMD_24H, *_machine(matter))


def _at_ceiling(matter: Matter) -> Found:
    """Stop predictive dialling at the ceiling of abandoned calls, once there are enough to tell.

    A rate that is not measured is no rate. Source: law.md 5.1, 8.7.10.
    """
    conduct, parameters = matter.case.conduct, matter.parameters
    rate = conduct.abandoned_rate
    if matter.asked.mode is not DialMode.PREDICTIVE or rate is None:
        return None
    live, abandoned = conduct.live_calls, conduct.abandoned_calls
    is_enough = (
        (live is None and abandoned is None)
        or (live is not None and live >= parameters.abandoned_rate_live_calls_min)
        or (abandoned is not None and abandoned >= parameters.abandoned_rate_abandoned_min)
    )
    is_reached = is_enough and rate >= parameters.abandoned_rate_ceiling
    return defers(Code.UK_OFCOM_ACR_CEILING, *_rate(matter)) if is_reached else None


def _abandoned_ends(matter: Matter) -> datetime | None:
    abandoned_at = matter.case.conduct.abandoned_at
    if abandoned_at is None:
        return None
    return abandoned_at + timedelta(hours=matter.parameters.abandoned_wait_hours)


def _machine_ends(matter: Matter) -> datetime | None:
    detected_at = matter.case.conduct.machine_detected_at
    if detected_at is None or not detects_machines(matter):
        return None
    return detected_at + timedelta(hours=matter.parameters.machine_wait_hours)


def _abandoned_free(matter: Matter, at: datetime) -> datetime:
    """Return the first instant not before `at` that need not wait; where an agent is certain, `at` itself."""
    ends = _abandoned_ends(matter)
    return at if ends is None or is_live_guaranteed(matter) else max(at, ends)


def _machine_free(matter: Matter, at: datetime) -> datetime:
    """Return the first instant not before `at` that need not wait; where an agent is certain, `at` itself."""
    ends = _machine_ends(matter)
    return at if ends is None or is_live_guaranteed(matter) else max(at, ends)


def _abandoned(matter: Matter) -> Facts:
    return ("abandoned_at", matter.case.conduct.abandoned_at), _mode(matter)


def _machine(matter: Matter) -> Facts:
    detected_at = matter.case.conduct.machine_detected_at
    return ("machine_detected_at", detected_at), ("detection", detects_machines(matter)), _mode(matter)


def _mode(matter: Matter) -> tuple[str, str | None]:
    mode = matter.asked.mode
    return "dial_mode", mode.value if mode is not None else None


def _rate(matter: Matter) -> Facts:
    conduct = matter.case.conduct
    return (
        ("abandoned_rate", conduct.abandoned_rate),
        ("live_calls", conduct.live_calls),
        ("abandoned_calls", conduct.abandoned_calls),
        _mode(matter),
    )


RULES = (
    Rule(
        name="abandoned_line_gets_live_agent",
        phase=Phase.CONDUCT,
        codes=(Code.UK_OFCOM_72H_LIVE_AGENT_ONLY,),
        check=_after_abandonment,
        uses=_abandoned,
        channels=VOICE,
        next_free=_abandoned_free,
    ),
    Rule(
        name="machine_is_not_redialled",
        phase=Phase.CONDUCT,
        codes=(Code.UK_OFCOM_AMD_24H,),
        check=_after_machine,
        uses=_machine,
        channels=VOICE,
        next_free=_machine_free,
    ),
    Rule(
        name="abandoned_rate_is_below_ceiling",
        phase=Phase.CONDUCT,
        codes=(Code.UK_OFCOM_ACR_CEILING,),
        check=_at_ceiling,
        uses=_rate,
        channels=VOICE,
    ),
)
