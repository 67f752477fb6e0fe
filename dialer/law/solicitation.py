"""Whether the person asked for this very call or message. A later request lifts an objection, once.

A request counts only when it is named, for its own line, principal, channel and subject, while it lasts:
seven days to the end of the seventh, or as asked, and three attempts. Source: law.md 2.7, 8.7.12-13.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from dialer.law.asked import Asked, is_known, is_line
from dialer.law.days import end_of_days_after
from dialer.law.facts import Case
from dialer.law.parameters import Parameters
from dialer.law.records import Solicitation


@dataclass(frozen=True, slots=True)
class Solicited:
    """A request that counts now. `until` is when it stops counting; `window` the time asked for, if any."""

    id: str | None
    requested_at: datetime
    until: datetime
    window: tuple[datetime, datetime] | None

    def is_time_asked_for(self, at: datetime) -> bool:
        """Say whether `at` lies in the time the person asked for; its end is out."""
        return self.time_asked_for_ends(at) is not None

    def time_asked_for_ends(self, at: datetime) -> datetime | None:
        """Return when the time asked for ends, None where `at` lies outside it or there is none."""
        if self.window is None or not self.window[0] <= at < self.window[1]:
            return None
        return self.window[1]


def solicited(case: Case, asked: Asked, parameters: Parameters) -> Solicited | None:
    """Return the named request if it covers what is asked, None if there is none or it does not."""
    for known in _named(case, asked):
        if known.requested_at is not None and fault_of(known, case, asked, parameters) is None:
            return _read(known, known.requested_at, parameters)
    return None


def why_uncounted(case: Case, asked: Asked, parameters: Parameters) -> str | None:
    """Return in few words why the named request does not count; None where none is named, or it does."""
    if asked.solicitation is None:
        return None
    return next((fault_of(known, case, asked, parameters) for known in _named(case, asked)), "not held")


def fault_of(known: Solicitation, case: Case, asked: Asked, parameters: Parameters) -> str | None:
    """Return the first thing that keeps a request from counting, None if it counts."""
    if not is_line(known.contact_point, asked):
        return "of another line"
    if known.principal is None or known.principal != asked.campaign.principal:
        return "to another organisation"
    if asked.channel not in known.channels:
        return "for another channel"
    if not _is_same_topic(known.topic, asked.campaign.topic):
        return "about another subject"
    requested_at = known.requested_at
    if requested_at is None or requested_at >= asked.at or not is_known(known.recorded_at, asked):
        return "not known to be made before"
    found = _read(known, requested_at, parameters)
    if asked.at >= found.until:
        return "run out"
    # A try dated with the request counts as one made on it: ties go against contact (law.md 2.6).
    tries = sum(1 for attempt in case.conduct.attempts if attempt >= requested_at)
    is_used_up = tries >= parameters.solicitation_attempts_max and not found.is_time_asked_for(asked.at)
    return "used up" if is_used_up else None


def _named(case: Case, asked: Asked) -> Iterator[Solicitation]:
    if asked.solicitation is not None:
        yield from (known for known in case.solicitations if known.id == asked.solicitation)


def _read(known: Solicitation, requested_at: datetime, parameters: Parameters) -> Solicited:
    window = _window(known)
    until = known.valid_until or end_of_days_after(requested_at, parameters.solicitation_days)
    if window is not None and known.valid_until is None:
        until = max(until, window[1])
    return Solicited(known.id, requested_at, until, window)


def _is_same_topic(asked_about: str | None, campaign_topic: str | None) -> bool:
    if not asked_about or not campaign_topic:
        return False
    return asked_about.strip().casefold() == campaign_topic.strip().casefold()


def _window(known: Solicitation) -> tuple[datetime, datetime] | None:
    """Return the time asked for; one that lacks its start or its end is no time at all."""
    window = known.window
    if window is None or window.from_ is None or window.until is None:
        return None
    return window.from_, window.until
