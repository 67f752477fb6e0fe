"""The registers in Redis, read: which versions are in force, and their pages."""

from collections.abc import Iterator, Sequence
from struct import unpack
from typing import Any, Final

from redis import Redis

from dialer.errors import CannotKeep
from dialer.registers.catalogue import KNOWN
from dialer.registers.live import LiveRegister
from dialer.registers.snapshot import Register, Snapshot
from dialer.store import keys
from dialer.store.codec import from_json
from dialer.store.trouble import kept

_PAGES_A_READ: Final = 2_000


def live_registers(redis: "Redis") -> tuple[LiveRegister, ...]:
    """Return every register in force with the table that dates its additions, by name. One round trip.

    Cache it by version: it changes when a register is swapped and never otherwise.
    """
    return tuple(
        LiveRegister(
            name=register.name,
            version=register.live.version,
            extracted_on=register.live.extracted_on,
            snapshots={snapshot.ordinal: snapshot for snapshot in register.snapshots},
        )
        for register in RegisterReader(redis).registers()
        if register.live is not None
    )


class RegisterReader:
    """Reads registers; `register_store.RegisterStore` also writes them."""

    def __init__(self, redis: "Redis") -> None:
        self.redis = redis

    def registers(self) -> tuple[Register, ...]:
        """Return every register we know with its snapshots, loaded or not, by name. One round trip."""
        names = sorted(KNOWN)
        with kept("reading the registers"), self.redis.pipeline(transaction=True) as pipe:
            pipe.hgetall(keys.REGISTERS_LIVE)
            for name in names:
                pipe.hgetall(keys.register_snapshots(name))
            live, *tables = pipe.execute()
        return tuple(
            _register(name, live.get(name.encode()), table) for name, table in zip(names, tables, strict=True)
        )

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


def _register(name: str, live: bytes | None, table: dict[bytes, bytes]) -> Register:
    """Return a register whose last snapshot is the live one; raises CannotKeep where the two disagree."""
    snapshots = tuple(
        sorted((from_json(Snapshot, row) for row in table.values()), key=lambda snapshot: snapshot.ordinal)
    )
    newest = snapshots[-1].version.encode() if snapshots else None
    if newest != live:
        raise CannotKeep(f"register {name}'s pointer and its table of snapshots disagree; import it again")
    return Register(name=name, snapshots=snapshots)
