"""One day at a glance: how many were screened, and how many of them were stopped, by what and for whom."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from dialer.reports.blocked_calls import By, Group, grouped, total
from dialer.reports.tally import Tally
from dialer.screening.verdict import Answer

OPT_OUT: Final = "objection"
# A list brought from elsewhere was not said to us on that day.
IMPORTED: Final = "import"


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """The figures of one day (or more) of tallies; `screened` leaves out what was only asked about.

    Groups are most first. `opt_outs` counts objections and withdrawals by where they were said.
    """

    screened: int
    allowed: int
    blocked: int
    put_off: int
    advisory: int
    blocked_by_reason: tuple[Group, ...]
    blocked_by_campaign: tuple[Group, ...]
    blocked_by_agent: tuple[Group, ...]
    put_off_by_reason: tuple[Group, ...]
    opt_outs: tuple[Group, ...]

    @property
    def opt_outs_heard(self) -> int:
        """Return how many people said no on that day, imported lists left out."""
        return sum(group.calls for group in self.opt_outs if group.name != IMPORTED)


def day_at_a_glance(tallies: Iterable[Tally]) -> Day:
    """Return the figures of these tallies; pass only those that may be seen."""
    kinds: dict[str, list[Tally]] = {}
    for tally in tallies:
        kinds.setdefault(tally.verdict, []).append(tally)
    allowed, blocked = kinds.get(Answer.ALLOW, []), kinds.get(Answer.BLOCK, [])
    put_off = kinds.get(Answer.DEFER, [])
    return Day(
        screened=total(allowed) + total(blocked) + total(put_off),
        allowed=total(allowed),
        blocked=total(blocked),
        put_off=total(put_off),
        advisory=total(kinds.get("advisory", [])),
        blocked_by_reason=grouped(blocked, By.REASON),
        blocked_by_campaign=grouped(blocked, By.CAMPAIGN),
        blocked_by_agent=grouped(blocked, By.AGENT),
        put_off_by_reason=grouped(put_off, By.REASON),
        opt_outs=grouped(kinds.get(OPT_OUT, []), By.REASON),
    )
