"""The reports' reading of the ledger and of the day's tallies; nothing here is written."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final

from redis import Redis

from dialer.clock import from_milliseconds
from dialer.errors import CannotKeep, Fault, Unreadable
from dialer.people.roles import Sight
from dialer.reports.blocked_calls import BlockedCall, Order, Page, Wanted, wanted_tallies
from dialer.reports.period import Period
from dialer.reports.tally import Tally
from dialer.screening.verdict import Answer
from dialer.store import keys
from dialer.store.ledger import Entry, LedgerStore
from dialer.store.tally import tally_field
from dialer.store.trouble import kept

# About a third of a second of reading: a search for something rare goes on with its next page.
MOST_LOOKED_AT: Final = 20_000
# A decision is written moments after its own instant, and two clocks may differ by half a second.
_WRITTEN_WITHIN: Final = timedelta(minutes=1)
_PLACE: Final = re.compile(r"[0-9]{1,13}-[0-9]{1,20}")


class ReportsStore:
    """Fits `reports.blocked_calls.Tallies` and `BlockedCalls`."""

    def __init__(self, redis: "Redis") -> None:
        self._redis = redis
        self._ledger = LedgerStore(redis)

    def tallies(self, days: Sequence[date]) -> Iterator[Tally]:
        """Yield the counts of those days; one round trip for all of them."""
        with kept("reading the day's counts"), self._redis.pipeline(transaction=False) as pipe:
            for day in days:
                pipe.hgetall(keys.tally(day))
            found = pipe.execute()
        for day, counts in zip(days, found, strict=True):
            for field, count in counts.items():
                yield _tally(day, field.decode(), int(count))

    def page(self, wanted: Wanted, sight: Sight, *, order: Order, after: str | None, at_most: int) -> Page:
        """Return the next calls in order, reading at most `MOST_LOOKED_AT` ledger lines.

        Raises Unreadable if `after` is no page's `next`, CannotKeep when the store is away.
        """
        calls: list[BlockedCall] = []
        last: str | None = None
        for looked, (entry, call) in enumerate(self._calls(wanted, sight, order, after), start=1):
            if call is not None and len(calls) == at_most:
                return Page(tuple(calls), last)
            if call is not None:
                calls.append(call)
            if call is not None or looked >= MOST_LOOKED_AT:
                last = entry
            if looked >= MOST_LOOKED_AT:
                return Page(tuple(calls), last)
        return Page(tuple(calls), None)

    def all(self, wanted: Wanted, sight: Sight, *, order: Order) -> Iterator[BlockedCall]:
        """Yield every call in order, two hundred ledger lines a round trip; memory stays flat."""
        for _, call in self._calls(wanted, sight, order, None):
            if call is not None:
                yield call

    def _calls(
        self, wanted: Wanted, sight: Sight, order: Order, after: str | None
    ) -> Iterator[tuple[str, BlockedCall | None]]:
        """Yield each ledger line looked at, with its call if that is wanted and may be seen."""
        resume = _instant_of(after) if after is not None else None
        counted = wanted_tallies(wanted, self, sight)
        stretches = _stretches(sorted({tally.day for tally in counted}))
        for stretch in stretches if order is Order.OLDEST else reversed(stretches):
            for entry in self._entries(stretch, order, resume):
                if after is None or _is_beyond(entry.entry, after, order):
                    yield entry.entry, _wanted_call(entry, wanted, sight)

    def _entries(self, stretch: Period, order: Order, resume: datetime | None) -> Iterator[Entry]:
        start, end = stretch.starts_at - _WRITTEN_WITHIN, stretch.ends_before + _WRITTEN_WITHIN
        if resume is not None and order is Order.NEWEST:
            end = min(end, resume + timedelta(milliseconds=1))
        if resume is not None and order is Order.OLDEST:
            start = max(start, resume)
        return (
            self._ledger.entries(start, end, newest_first=order is Order.NEWEST) if start < end else iter(())
        )


def _stretches(days: list[date]) -> list[Period]:
    """Join days that follow each other; the days between hold nothing that is wanted and are not read."""
    found: list[Period] = []
    for day in days:
        if found and day - found[-1].last <= timedelta(days=1):
            found[-1] = Period(found[-1].first, day)
        else:
            found.append(Period(day, day))
    return found


def _wanted_call(entry: Entry, wanted: Wanted, sight: Sight) -> BlockedCall | None:
    fields = entry.fields
    if entry.kind != "decision" or fields.get("verdict") not in wanted.verdicts or fields.get("advisory"):
        return None
    # Tallies shorten the names they count by, and the list must agree with them.
    campaign, agent, principal = (
        tally_field(fields.get(owner)) or None for owner in ("campaign", "agent", "principal")
    )
    fits = wanted.fits(reason=fields["reason"], campaign=campaign, agent=agent, principal=principal)
    if not fits or not sight.sees(fields.get("principal")):
        return None
    call = blocked_call(fields)
    return call if wanted.period.holds(call.decided_at) else None


def blocked_call(fields: dict[str, Any]) -> BlockedCall:
    """Return one ledger line as reports show it; raises CannotKeep for a line without its own shape."""
    try:
        first = fields["reasons"][0] if fields["reasons"] else {}
        return BlockedCall(
            id=fields["id"],
            decided_at=datetime.fromisoformat(fields["decided_at"]),
            verdict=Answer(fields["verdict"]),
            reason=fields["reason"],
            kind=first.get("kind", ""),
            citation=first.get("citation", ""),
            url=first.get("url", ""),
            say=first.get("say", ""),
            text=first.get("text", ""),
            to=fields["to"] or "",
            channel=fields["channel"],
            campaign=fields["campaign"],
            agent=fields["agent"],
            principal=fields["principal"],
            operator=fields["operator"],
            advisory=fields["advisory"],
        )
    except (KeyError, TypeError, ValueError):
        raise CannotKeep("a ledger line cannot be read as a decision; see `ringfence doctor`") from None


def _tally(day: date, field: str, count: int) -> Tally:
    parts = [part or None for part in field.split("|")]
    if len(parts) != 5:
        raise CannotKeep(f"a count of {day} cannot be read: it names {len(parts)} things, not 5")
    verdict, reason, campaign, agent, principal = parts
    return Tally(
        day=day,
        verdict=verdict or "",
        reason=reason or "",
        campaign=campaign,
        agent=agent,
        principal=principal,
        count=count,
    )


def _instant_of(entry: str) -> datetime:
    if not _PLACE.fullmatch(entry):
        raise Unreadable(
            "cannot go on from there: the place in the list is not one we gave",
            faults=(Fault("after", "must be a page's `next`"),),
        )
    return from_milliseconds(int(entry.partition("-")[0]))


def _is_beyond(entry: str, after: str, order: Order) -> bool:
    here, there = (tuple(map(int, place.split("-"))) for place in (entry, after))
    return here < there if order is Order.NEWEST else here > there
