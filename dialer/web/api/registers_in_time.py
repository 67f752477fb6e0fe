"""What registers and look-ups said of one line, as events of its timeline; none of them is in the ledger."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any, Self

from dialer.clock import LONDON, from_milliseconds
from dialer.law.facts import Case
from dialer.registers.washed import Answers, Wash


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One word of a register or a provider: `at` the day it was so, `recorded_at` when we knew."""

    kind: str
    at: datetime
    recorded_at: datetime
    actor: str | None
    source: str
    record: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Span:
    """The time one page of the timeline covers; None is no end. `until` belongs to the page before."""

    since: datetime | None
    until: datetime | None

    @classmethod
    def of(cls, after: str | None, following: str | None) -> Self:
        """Return the span between two places in the ledger: where the page begins, and the next one."""
        return cls(_time_of(following), _time_of(after))

    def holds(self, at: datetime) -> bool:
        """Say whether an instant falls on this page."""
        return (self.until is None or at < self.until) and (self.since is None or at >= self.since)


def first_listings(case: Case) -> Iterator[Said]:
    """Yield when each register first showed the line, where that is known."""
    for name, listing in (("tps", case.registers.tps), ("ctps", case.registers.ctps)):
        if listing is not None and listing.listed and listing.first_seen_on is not None:
            at = _beginning_of(listing.first_seen_on)
            record = {"register": name, "listed": True, "first_seen_on": listing.first_seen_on.isoformat()}
            yield Said(kind="register", at=at, recorded_at=at, actor=None, source=name, record=record)


def of_wash(said: tuple[Wash, Answers]) -> Said:
    """Return what one wash said; a register it was not asked about is null."""
    wash, answers = said
    record = {
        "wash": wash.snapshot,
        "provider": wash.provider,
        "checked_on": wash.checked_on.isoformat(),
        "file_name": wash.file_name,
        "tps": answers.tps,
        "ctps": answers.ctps,
    }
    return Said(
        kind="wash",
        at=_beginning_of(wash.checked_on),
        recorded_at=wash.recorded_at,
        actor=wash.by,
        source=wash.provider,
        record=record,
    )


def _beginning_of(day: date) -> datetime:
    return datetime.combine(day, time.min, LONDON).astimezone(UTC)


def _time_of(entry: str | None) -> datetime | None:
    return from_milliseconds(int(entry.partition("-")[0])) if entry is not None else None
