"""How long: when a deferred request may be asked again, and when an answer dies by itself.

Source: law.md 8.1; both are right to the second across the change to and from summer time, because London's
hours are turned into instants day by day.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from dialer.law.days import day_starts
from dialer.law.matter import Matter
from dialer.law.rule import Finding, Rule

# Waits that end may open others; each round moves on at least to another opening.
_ROUNDS_MAX: Final = 8


def retry_at(matter: Matter, rules: tuple[Rule, ...], deferring: list[Finding]) -> datetime | None:
    """Return the first instant at which every rule that waits for time alone lets through.

    None where any wait needs somebody's act: a fresh register, a review, a lower abandoned rate.
    """
    waits = [rule.next_free for rule in rules if rule.next_free is not None]
    curable = {code for rule in rules if rule.next_free is not None for code in rule.codes}
    if any(found.code not in curable for found in deferring):
        return None
    at = matter.at
    for _ in range(_ROUNDS_MAX):
        earliest = at
        for next_free in waits:
            free = next_free(matter, earliest)
            if free is None:
                return None
            earliest = free
        if earliest == at:
            return at
        at = earliest
    return None


def valid_until(matter: Matter, ends: Iterable[datetime | None]) -> datetime:
    """Return when the verdict dies by itself: a minute, local midnight, or what it rests on (law.md 8.1)."""
    lifetime = timedelta(seconds=matter.parameters.decision_lifetime_seconds)
    midnight = day_starts(matter.asked.day + timedelta(days=1))
    first = min(matter.at + lifetime, midnight)
    for end in ends:
        if end is not None and end < first:
            first = end
    return first
