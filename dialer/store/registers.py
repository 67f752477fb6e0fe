"""The registers and washes in Redis, read: which versions are in force, and the registers' pages."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from struct import unpack
from typing import Any, Final

from redis import Redis

from dialer.errors import CannotKeep
from dialer.registers.catalogue import KNOWN
from dialer.registers.live import LiveRegister
from dialer.registers.snapshot import Register, Snapshot
from dialer.registers.washed import LiveWashes, Wash
from dialer.store import keys
from dialer.store.codec import from_json
from dialer.store.trouble import kept

# Among the versions in force, the name of the washes'; no register is called so.
WASHES: Final = "wash"
_PAGES_A_READ: Final = 2_000


@dataclass(frozen=True, slots=True)
class Standing:
    """All that says who is listed, as it stood at one instant; `washes` None if there never was one."""

    registers: tuple[Register, ...]
    washes: LiveWashes | None


@dataclass(frozen=True, slots=True)
class InForce:
    """What a screening looks a number up in. Cache it: it changes with its `versions` and never otherwise."""

    registers: tuple[LiveRegister, ...]
    washes: LiveWashes | None

    @property
    def versions(self) -> tuple[tuple[str, str], ...]:
        """Return name and version of each, sorted, as the store's table of what is live has them."""
        found = [(register.name, register.version) for register in self.registers]
        return tuple(sorted(found + ([(WASHES, self.washes.version)] if self.washes else [])))


def in_force(redis: "Redis") -> InForce:
    """Return every register in force with the table that dates its additions, and the washes; one trip."""
    standing = RegisterReader(redis).standing()
    registers = tuple(
        LiveRegister(
            name=register.name,
            version=register.live.version,
            held_in=register.live.held_in,
            extracted_on=register.live.extracted_on,
            snapshots={snapshot.ordinal: snapshot for snapshot in register.snapshots},
        )
        for register in standing.registers
        if register.live is not None
    )
    return InForce(registers, standing.washes)


def live_registers(redis: "Redis") -> tuple[LiveRegister, ...]:
    """Return the registers of `in_force` alone."""
    return in_force(redis).registers


class RegisterReader:
    """Reads registers; `register_store.RegisterStore` also writes them."""

    def __init__(self, redis: "Redis") -> None:
        self.redis = redis

    def registers(self) -> tuple[Register, ...]:
        """Return every register we know with its snapshots, loaded or not, by name. One round trip."""
        return self.standing().registers

    def standing(self) -> Standing:
        """Return the registers, and the washes in force, as they stand at one instant. One round trip."""
        names = sorted(KNOWN)
        with kept("reading the registers"), self.redis.pipeline(transaction=True) as pipe:
            pipe.hgetall(keys.REGISTERS_LIVE)
            pipe.hgetall(keys.WASHES)
            for name in names:
                pipe.hgetall(keys.register_snapshots(name))
            live, washes, *tables = pipe.execute()
        registers = (
            _register(name, live.get(name.encode()), table) for name, table in zip(names, tables, strict=True)
        )
        return Standing(tuple(registers), _washes(live.get(WASHES.encode()), washes))

    def register(self, name: str) -> Register:
        """Return one register with its snapshots. One round trip."""
        return next(register for register in self.registers() if register.name == name)

    def page_numbers(self, name: str, version: str) -> list[int]:
        """Return the pages that a version holds, ascending. One round trip."""
        with kept("reading a register's index"):
            index: Any = self.redis.get(keys.register_index(name, version)) or b""
        return sorted(unpack(f">{len(index) // 8}Q", index))

    def pages(self, name: str, version: str, pages: Sequence[int]) -> Iterator[tuple[int, bytes | None]]:
        """Yield each of these pages of a version, None where it holds none. One round trip in 2,000 pages."""
        for first in range(0, len(pages), _PAGES_A_READ):
            some = pages[first : first + _PAGES_A_READ]
            with kept("reading register pages"):
                contents = self.redis.mget([keys.register_page(name, version, page) for page in some])
            yield from zip(some, contents, strict=True)

    def additions(self, name: str, version: str, pages: Sequence[int]) -> list[dict[int, int]]:
        """Return, page by page, offset → ordinal of the snapshot that added it. One round trip."""
        with kept("reading a register's additions"), self.redis.pipeline(transaction=False) as pipe:
            for page in pages:
                pipe.hgetall(keys.register_additions(name, version, page))
            tables = pipe.execute()
        return [{int(offset): int(ordinal) for offset, ordinal in table.items()} for table in tables]


def _washes(version: bytes | None, table: dict[bytes, bytes]) -> LiveWashes | None:
    """Return the washes in force; raises CannotKeep where their version and their table disagree."""
    found = {int(ordinal): from_json(Wash, row) for ordinal, row in table.items()}
    if version is None and not found:
        return None
    if version is None or int(version) != max(found, default=0):
        raise CannotKeep("the washes' version and their table disagree; take in the last wash again")
    return LiveWashes(version.decode(), found)


def _register(name: str, live: bytes | None, table: dict[bytes, bytes]) -> Register:
    """Return a register whose last snapshot is the live one; raises CannotKeep where the two disagree."""
    snapshots = tuple(
        sorted((from_json(Snapshot, row) for row in table.values()), key=lambda snapshot: snapshot.ordinal)
    )
    newest = snapshots[-1].version.encode() if snapshots else None
    if newest != live:
        raise CannotKeep(f"register {name}'s pointer and its table of snapshots disagree; import it again")
    return Register(name=name, snapshots=snapshots)
