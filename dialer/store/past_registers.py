"""The registers as they stood, for the reader of the past: their tables, deltas, and the pages in force."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from redis import Redis

from dialer.clock import london_day
from dialer.law.facts import Listing
from dialer.registers.newest import newest_of, washed_in
from dialer.registers.past import PastRegister, Place
from dialer.registers.snapshot import Snapshot
from dialer.registers.washed import LiveWashes
from dialer.screening.past import Decided, Moment
from dialer.store import keys
from dialer.store.registers import WASHES, RegisterReader

Page = tuple[bytes | None, bytes | None]


class PastRegisters:
    """Holds each register's table and open deltas; read again when a register was swapped meanwhile."""

    def __init__(self, redis: "Redis", *, data_dir: Path) -> None:
        self._reader = RegisterReader(redis)
        self._folder = data_dir / "registers"
        self._registers: tuple[PastRegister, ...] | None = None
        self._washes: LiveWashes | None = None

    def refresh(self) -> None:
        """Read the tables again. One round trip."""
        standing = self._reader.standing()
        self._washes = standing.washes
        self._registers = tuple(
            PastRegister(register, self._folder / register.name) for register in standing.registers
        )

    @property
    def all(self) -> tuple[PastRegister, ...]:
        """Every register we know, loaded or not, by name."""
        if self._registers is None:
            self.refresh()
        return self._registers or ()

    def versions(self) -> dict[str, str]:
        """Return the versions in force as they were read, the registers' and last the washes'."""
        found = {past.register.name: past.register.live.version for past in self.all if past.register.live}
        return found | ({WASHES: self._washes.version} if self._washes else {})

    def ask_pages(self, pipe: Any, place: Place) -> None:
        """Ask for the washes' page, then for each live register's page and addition; `pages_of` reads it."""
        pipe.get(keys.wash_page(place[0]))
        for name, held_in in self._live().items():
            pipe.get(keys.register_page(name, held_in, place[0]))
            pipe.hget(keys.register_additions(name, held_in, place[0]), str(place[1]))

    def pages_of(self, replies: list[Any]) -> "PagesThen":
        """Return what `ask_pages` was answered."""
        washes, *pages = replies
        pairs = zip(pages[::2], pages[1::2], strict=True)
        return PagesThen(dict(zip(self._live(), pairs, strict=True)), self._washes, washes)

    def _live(self) -> dict[str, str]:
        """Return where each live register's pages are held, by name."""
        return {past.register.name: past.register.live.held_in for past in self.all if past.register.live}


@dataclass(frozen=True, slots=True)
class PagesThen:
    """The live pages that hold one line: the registers' by name, and that of the washes."""

    registers: Mapping[str, Page]
    washes: LiveWashes | None
    wash_page: bytes | None


def listings_then(
    registers: tuple[PastRegister, ...],
    place: Place | None,
    pages: PagesThen,
    moment: Moment,
    decided: Decided | None,
) -> dict[str, Listing]:
    """Return what each register and the washes said at a moment; one that said nothing then is left out.

    A decision names the snapshots and the last wash it rested on: then these are asked, whatever the moment.
    """
    found: dict[str, Listing] = {}
    for past in registers:
        snapshot = _snapshot(past, moment, decided)
        if snapshot is not None:
            page, addition = pages.registers.get(past.register.name, (None, None))
            ordinal = int(addition) if addition is not None else None
            found[past.register.name] = past.listing(snapshot, place, page=page, addition=ordinal)
    if place is None or pages.washes is None:
        return found
    return newest_of(found, washed_in(_washes_then(pages.washes, moment, decided), pages.wash_page, place[1]))


def _washes_then(live: LiveWashes, moment: Moment, decided: Decided | None) -> LiveWashes:
    """Return the washes that counted."""
    if decided is not None:
        newest = int(decided.versions.get(WASHES, 0))
        return LiveWashes(str(newest), {n: one for n, one in live.washes.items() if n <= newest})
    on, by = london_day(moment.at), moment.known_at
    then = {n: one for n, one in live.washes.items() if one.checked_on <= on and one.recorded_at <= by}
    return LiveWashes(live.version, then)


def _snapshot(past: PastRegister, moment: Moment, decided: Decided | None) -> Snapshot | None:
    if decided is None:
        return past.known(on=london_day(moment.at), by=moment.known_at)
    version = decided.versions.get(past.register.name)
    return past.of_version(version) if version is not None else None
