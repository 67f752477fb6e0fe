"""Which calls were stopped, and why: counted from the day's tallies, listed from the ledger.

Counts and lists answer the same `Wanted`, so that a figure and the list it links to cannot disagree. What
is blocked will not become allowed by waiting; what was put off (`defer`) may, and is asked for by name.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from dialer.clock import london_day
from dialer.people.roles import Sight
from dialer.reports.period import Period
from dialer.reports.tally import Tally, visible
from dialer.screening.verdict import Answer


class By(StrEnum):
    """What a report counts by."""

    REASON = "reason"
    AGENT = "agent"
    CAMPAIGN = "campaign"
    DAY = "day"
    PRINCIPAL = "principal"


class Order(StrEnum):
    """Which end of the ledger a list begins at."""

    NEWEST = "newest"
    OLDEST = "oldest"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is asked for; None is no filter, "" those where none was named; `verdicts` never includes allow.

    `reasons` is a set of codes, any of which will do: one code, or all those of one kind of rule.
    """

    period: Period
    campaign: str | None = None
    agent: str | None = None
    principal: str | None = None
    reasons: frozenset[str] | None = None
    verdicts: frozenset[Answer] = frozenset({Answer.BLOCK})

    def fits(self, *, reason: str, campaign: str | None, agent: str | None, principal: str | None) -> bool:
        """Say whether the filters let it through; its day and verdict are asked elsewhere."""
        return (
            (self.reasons is None or reason in self.reasons)
            and self.campaign in {None, campaign or ""}
            and self.agent in {None, agent or ""}
            and self.principal in {None, principal or ""}
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockedCall:
    """One call that was stopped, as its ledger line says; `to` is whole: whoever shows it hides what it must.

    `citation`, `url`, `say` and `text` are those of the first reason.
    """

    id: str
    decided_at: datetime
    verdict: Answer
    reason: str
    kind: str
    citation: str
    url: str
    say: str
    text: str
    to: str
    channel: str | None
    campaign: str | None
    agent: str | None
    principal: str | None
    operator: str | None
    advisory: bool

    @property
    def day(self) -> date:
        """Return the London day it was stopped on."""
        return london_day(self.decided_at)


@dataclass(frozen=True, slots=True)
class Group:
    """How many calls were stopped under one heading; `name` None is: none was named."""

    name: str | None
    calls: int


@dataclass(frozen=True, slots=True)
class Page:
    """Some of the list in its order; `next` goes on after the last, None at the end of the list.

    A page may be short, even empty, and still have a next: a search looks at so many
    ledger lines and no more.
    """

    calls: tuple[BlockedCall, ...]
    next: str | None


class Tallies(Protocol):
    """Reads the counts of some days; one round trip."""

    def tallies(self, days: Sequence[date]) -> Iterable[Tally]:
        """Return every count of those days, whoever may see it."""


class BlockedCalls(Protocol):
    """Reads blocked calls from the ledger; raises CannotKeep when it is away."""

    def page(self, wanted: Wanted, sight: Sight, *, order: Order, after: str | None, at_most: int) -> Page:
        """Return at most so many; `after` is the `next` of the page before, None at the start."""

    def all(self, wanted: Wanted, sight: Sight, *, order: Order) -> Iterator[BlockedCall]:
        """Yield every one."""


def wanted_tallies(wanted: Wanted, tallies: Tallies, sight: Sight) -> tuple[Tally, ...]:
    """Return the counts that answer `wanted` and may be seen; one round trip."""
    return fitting(visible(tallies.tallies(wanted.period.days), sight), wanted)


def fitting(tallies: Iterable[Tally], wanted: Wanted) -> tuple[Tally, ...]:
    """Return those of the counts that answer `wanted`; their days are taken as asked for."""
    return tuple(t for t in tallies if t.verdict in wanted.verdicts and _fits(t, wanted))


def grouped(tallies: Iterable[Tally], by: By) -> tuple[Group, ...]:
    """Return the counts under their headings: most first, days in their own order."""
    counted: Counter[str | None] = Counter()
    for tally in tallies:
        counted[_heading(tally, by)] += tally.count
    groups = [Group(name, calls) for name, calls in counted.items()]
    if by is By.DAY:
        return tuple(sorted(groups, key=lambda group: group.name or ""))
    return tuple(sorted(groups, key=lambda group: (-group.calls, group.name or "")))


def total(tallies: Iterable[Tally]) -> int:
    """Return how many decisions the tallies stand for."""
    return sum(tally.count for tally in tallies)


def _fits(tally: Tally, wanted: Wanted) -> bool:
    return wanted.fits(
        reason=tally.reason, campaign=tally.campaign, agent=tally.agent, principal=tally.principal
    )


def _heading(tally: Tally, by: By) -> str | None:
    match by:
        case By.REASON:
            return tally.reason
        case By.AGENT:
            return tally.agent
        case By.CAMPAIGN:
            return tally.campaign
        case By.PRINCIPAL:
            return tally.principal
        case By.DAY:
            return tally.day.isoformat()
