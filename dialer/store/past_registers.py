"""The registers as they stood, for the reader of the past: their tables, deltas, and the pages in force."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from redis import Redis

from dialer.clock import london_day
from dialer.law.facts import Listing
from dialer.registers.past import PastRegister, Place
from dialer.registers.snapshot import Snapshot
from dialer.screening.past import Decided, Moment
from dialer.store import keys
from dialer.store.registers import RegisterReader

Page = tuple[bytes | None, bytes | None]


class PastRegisters:
    """Holds each register's table and open deltas; read again when a register was swapped meanwhile."""

    def __init__(self, redis: "Redis", *, data_dir: Path) -> None:
        self._reader = RegisterReader(redis)
        self._folder = data_dir / "registers"
        self._registers: tuple[PastRegister, ...] | None = None

    def refresh(self) -> None:
        """Read the tables again. One round trip."""
        self._registers = tuple(
            PastRegister(register, self._folder / register.name) for register in self._reader.registers()
        )

    @property
    def all(self) -> tuple[PastRegister, ...]:
        """Every register we know, loaded or not, by name."""
        if self._registers is None:
            self.refresh()
        return self._registers or ()

    def versions(self) -> dict[str, str]:
        """Return the versions in force as they were read."""
        return {past.register.name: past.register.live.version for past in self.all if past.register.live}

    def ask_pages(self, pipe: Any, place: Place) -> None:
        """Ask for each live register's page and addition, two replies each, in the order of `versions`."""
        for name, version in self.versions().items():
            pipe.get(keys.register_page(name, version, place[0]))
            pipe.hget(keys.register_additions(name, version, place[0]), str(place[1]))


def listings_then(
    registers: tuple[PastRegister, ...],
    place: Place | None,
    pages: Mapping[str, Page],
    moment: Moment,
    decided: Decided | None,
) -> dict[str, Listing]:
    """Return what each register said at a moment, by name; one never loaded by then is left out.

    A decision names the snapshots it rested on: then these are asked, whatever the moment.
    """
    found: dict[str, Listing] = {}
    for past in registers:
        snapshot = _snapshot(past, moment, decided)
        if snapshot is not None:
            page, addition = pages.get(past.register.name, (None, None))
            ordinal = int(addition) if addition is not None else None
            found[past.register.name] = past.listing(snapshot, place, page=page, addition=ordinal)
    return found


def _snapshot(past: PastRegister, moment: Moment, decided: Decided | None) -> Snapshot | None:
    if decided is None:
        return past.known(on=london_day(moment.at), by=moment.known_at)
    version = decided.versions.get(past.register.name)
    return past.of_version(version) if version is not None else None
