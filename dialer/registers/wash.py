"""Takes a bureau's results: read whole, doubted, written beside what is in force, then put in force at once.

Killed at any moment, nothing of it counts: results of a wash that is not in the table of washes are no
answers, and the next import that meets the page removes them. Then it is simply run again.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack, suppress
from datetime import date, datetime
from functools import partial
from typing import Final, Protocol

from dialer.clock import Clock, london_day
from dialer.errors import CannotKeep, Refused
from dialer.files.opened_file import sha256_of
from dialer.registers.wash_collected import Collected, Each, Lot, Pages, collect
from dialer.registers.wash_compared import Compared
from dialer.registers.wash_order import WashLoaded, WashOrder, WashOutcome
from dialer.registers.washed import LiveWashes, Wash, merged

# A script of this many small pages holds the server well under a millisecond.
PAGES_AT_ONCE: Final = 256

Progress = Callable[[str, int, int], None]


class Store(Protocol):
    """What keeps washes."""

    def live(self) -> LiveWashes | None:
        """Return the washes in force, None if there never was one."""

    def pages(self, pages: Sequence[int]) -> list[bytes | None]:
        """Return these pages of results, None where there is none."""

    def listings(self, pages: Sequence[int]) -> list[dict[str, bytes | None]]:
        """Return these pages of each register in force, by its name."""

    def begin(self, lots: int) -> int:
        """Take the right to add washes and as many ordinals; returns the first. Raises Conflict."""

    def stage(self, first: int, pages: Sequence[tuple[int, bytes]]) -> None:
        """Write pages; raises Conflict when the right was lost."""

    def publish(self, first: int, washes: Sequence[Wash]) -> None:
        """Put washes in force, all in one act; raises Conflict if it may not."""

    def release(self, first: int) -> None:
        """Give back the right."""


def wash(
    order: WashOrder,
    store: Store,
    *,
    clock: Clock,
    progress: Progress | None = None,
    each: Each | None = None,
) -> WashLoaded:
    """Take in a file of results; `each` is told every row with how it ended.

    Raises Refused with the doubt, Unreadable for a damaged file, Conflict while another wash is taken in,
    CannotKeep when the store fails; none changes what is in force.
    """
    sha256, live, today = sha256_of(order.path), store.live(), london_day(clock())
    before = _taken_before(order, live, sha256, today)
    if before:
        outcome = WashOutcome.ALREADY_LOADED
        return WashLoaded(outcome=outcome, file_name=order.path.name, sha256=sha256, washes=before)
    lot = Lot(order.checked_on, order.provider)
    reading = None if progress is None else partial(progress, "reading")
    collected = collect(order.path, order.reading, lot=lot, today=today, each=each, progress=reading)
    compared = _compare(order, store, collected, live, progress)
    if order.dry_run:
        washes = _washes(order, collected, sha256, first=0, at=clock())
    else:
        washes = _put_in_force(order, store, collected, sha256, clock, progress)
    return WashLoaded(
        outcome=WashOutcome.DRY_RUN if order.dry_run else WashOutcome.IN_FORCE,
        file_name=order.path.name,
        sha256=sha256,
        washes=washes,
        counts=collected.counts,
        compared=compared,
    )


def _taken_before(order: WashOrder, live: LiveWashes | None, sha256: str, today: date) -> tuple[Wash, ...]:
    """Return the washes that this very file became; raises Refused for a day that cannot be."""
    name = order.path.name
    if order.checked_on > today:
        raise Refused(f"{name} would have been checked on {order.checked_on}, and today is {today}")
    same = tuple(one for one in (live.washes.values() if live else ()) if one.sha256 == sha256)
    if not same or any(one.checked_on == order.checked_on for one in same):
        return same
    if order.accept_change:
        return ()
    raise Refused(
        f"{name} was not imported: the same file was taken in as checked on {same[0].checked_on}; check the "
        "date, and if it is right, import again with --accept-change"
    )


def _compare(
    order: WashOrder,
    store: Store,
    collected: Collected,
    live: LiveWashes | None,
    progress: Progress | None,
) -> Compared:
    compared, washes, done = Compared(), live.washes if live else {}, 0
    for batch in collected.batches(0, PAGES_AT_ONCE):
        numbers = [page for page, _ in batch]
        listings, before = store.listings(numbers), store.pages(numbers)
        for (_, results), in_force, earlier in zip(batch, listings, before, strict=True):
            compared.take(results, in_force, earlier, washes)
        done += _results_in(batch)
        if progress:
            progress("comparing", done, collected.results)
    if not order.accept_change:
        compared.insist_on_agreement(order.path.name)
    return compared


def _put_in_force(
    order: WashOrder,
    store: Store,
    collected: Collected,
    sha256: str,
    clock: Clock,
    progress: Progress | None,
) -> tuple[Wash, ...]:
    first = store.begin(len(collected.lots))
    with ExitStack() as unless_done:
        unless_done.callback(_release, store, first)
        # Read again now that nobody else may add one: only what never counted may be forgotten.
        live = store.live()
        known: Mapping[int, Wash] = live.washes if live else {}
        done = 0
        for batch in collected.batches(first, PAGES_AT_ONCE):
            before = store.pages([page for page, _ in batch])
            pages = zip(batch, before, strict=True)
            store.stage(first, [(page, merged(old, results, known)) for (page, results), old in pages])
            done += _results_in(batch)
            if progress:
                progress("writing", done, collected.results)
        washes = _washes(order, collected, sha256, first=first, at=clock())
        store.publish(first, washes)
        unless_done.pop_all()
    return washes


def _results_in(batch: Pages) -> int:
    return sum(len(results) for _, results in batch)


def _washes(
    order: WashOrder, collected: Collected, sha256: str, *, first: int, at: datetime
) -> tuple[Wash, ...]:
    numbers = collected.numbers_in()
    return tuple(
        Wash(
            ordinal=first + place,
            provider=lot.provider,
            checked_on=lot.checked_on,
            recorded_at=at,
            by=order.by,
            file_name=order.path.name,
            sha256=sha256,
            numbers=numbers[lot][0],
            listed=numbers[lot][1],
        )
        for lot, place in collected.lots.items()
    )


def _release(store: Store, first: int) -> None:
    # The right ends by itself in a minute; what stopped the import is the error worth hearing.
    with suppress(CannotKeep):
        store.release(first)
