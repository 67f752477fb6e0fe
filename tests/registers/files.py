"""Small register files for tests, and the order to load one; numbers lie under 01632, which no place has."""

from datetime import UTC, date, datetime
from pathlib import Path

from dialer.registers.load import Loaded, Order, load
from dialer.registers.snapshot import Snapshot
from dialer.store.register_store import RegisterStore

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
FRIDAY, SATURDAY, SUNDAY, MONDAY = (date(2026, 11, day) for day in (20, 21, 22, 23))
FIRST = 1632000000


def numbers_file(folder: Path, numbers: list[int] | range, name: str = "register.txt") -> Path:
    """Write national numbers, one a line in layout B."""
    path = folder / name
    path.write_bytes(b"".join(b"0%d \r\n" % number for number in numbers))
    return path


def changes_file(
    folder: Path, *, added: list[int] | range, removed: list[int] | range, name: str = "daily.csv"
) -> Path:
    """Write a change file of national numbers."""
    path = folder / name
    path.write_text("".join(f"A,0{number}\n" for number in added) + "".join(f"D,0{n}\n" for n in removed))
    return path


def load_file(
    store: RegisterStore,
    path: Path,
    *,
    extracted_on: date = FRIDAY,
    register: str = "tps",
    accept_change: bool = False,
    dry_run: bool = False,
    at: datetime = NOON,
) -> Loaded:
    """Load a file as a person would on Monday 23 November 2026."""
    order = Order(
        register=register,
        path=path,
        extracted_on=extracted_on,
        by="j.loader",
        accept_change=accept_change,
        dry_run=dry_run,
    )
    return load(order, store, folder=path.parent, clock=lambda: at)


def snapshot(ordinal: int, extracted_on: date, replaced: date | None = None) -> Snapshot:
    """Make a snapshot that listed two numbers."""
    return Snapshot(
        ordinal=ordinal,
        version=f"{extracted_on:%Y%m%d}-{ordinal}",
        extracted_on=extracted_on,
        replaced_extracted_on=replaced,
        loaded_at=NOON,
        by="j.loader",
        file_name="register.txt",
        sha256="0" * 64,
        rows=2,
        unreadable_rows=0,
        numbers=2,
        added=0,
        removed=0,
    )
