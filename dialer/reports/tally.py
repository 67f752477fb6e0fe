"""How many decisions of one kind fell on one day: what the commit script counts as it writes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from dialer.people.roles import Sight


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """`count` decisions (or objections) alike in all else; None is none named."""

    day: date
    verdict: str
    reason: str
    campaign: str | None
    agent: str | None
    principal: str | None
    count: int


def visible(tallies: Iterable[Tally], sight: Sight) -> tuple[Tally, ...]:
    """Return the tallies of the principals that `sight` sees."""
    return tuple(tally for tally in tallies if sight.sees(tally.principal))
