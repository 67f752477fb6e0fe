"""Whether the person asked for this very call or message. A later request lifts an objection, once.

A request counts only when it is named, for its own line, principal, channel and subject, while it lasts:
seven days to the end of the seventh, or as asked, and three attempts. Source: law.md 2.7, 8.7.12-13.
"""

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
    if asked.solicitation is None:
        return None
    counted = (_counted(known, case, asked, parameters) for known in case.solicitations)
    return next((found for found in counted if found is not None), None)


def _counted(known: Solicitation, case: Case, asked: Asked, parameters: Parameters) -> Solicited | None:
    if known.requested_at is None or not _is_for_this(known, asked):
        return None
    window = _window(known)
    until = known.valid_until or end_of_days_after(known.requested_at, parameters.solicitation_days)
    if window is not None and known.valid_until is None:
        until = max(until, window[1])
    found = Solicited(known.id, known.requested_at, until, window)
    # A try dated with the request counts as one made on it: ties go against contact (law.md 2.6).
    tries = sum(1 for attempt in case.conduct.attempts if attempt >= known.requested_at)
    used_up = tries >= parameters.solicitation_attempts_max and not found.is_time_asked_for(asked.at)
    return found if known.requested_at < asked.at < until and not used_up else None


def _is_for_this(known: Solicitation, asked: Asked) -> bool:
    return (
        known.id == asked.solicitation
        and is_line(known.contact_point, asked)
        and known.principal is not None
        and known.principal == asked.campaign.principal
        and asked.channel in known.channels
        and _is_same_topic(known.topic, asked.campaign.topic)
        and is_known(known.recorded_at, asked)
    )


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
