"""How many decisions of one kind fell on one day: what the commit script counts as it writes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from dialer.people.roles import Sight
from dialer.screening.verdict import Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """`count` decisions alike in all else; None is none named."""

    day: date
    verdict: str
    reason: str
    campaign: str | None
    agent: str | None
    principal: str | None
    count: int

    @property
    def is_decision(self) -> bool:
        """Say whether a screening was counted here, and not an objection or another event."""
        return self.verdict in set(Answer)


def visible(tallies: Iterable[Tally], sight: Sight) -> tuple[Tally, ...]:
    """Return the tallies of the principals that `sight` sees."""
    return tuple(tally for tally in tallies if sight.sees(tally.principal))
