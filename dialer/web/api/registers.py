"""`GET /v1/registers`: what each national register held says of its own age."""

from dataclasses import dataclass
from datetime import date, datetime

from dialer.clock import london_day
from dialer.people.roles import Role
from dialer.registers.snapshot import Register, Snapshot
from dialer.web.api.door import Asked, Doors

DOORS = Doors("Registers")


@dataclass(frozen=True, slots=True, kw_only=True)
class SnapshotShown:
    """One file that went live; `age_days` counts civil days in London since extraction."""

    version: str
    extracted_on: date
    age_days: int
    loaded_at: datetime
    by: str
    file_name: str
    sha256: str
    rows: int
    unreadable_rows: int
    numbers: int
    added: int
    removed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterListed:
    """One register; `live` null is one that was never loaded: nobody is cleared by it."""

    name: str
    live: SnapshotShown | None
    snapshots: tuple[SnapshotShown, ...]


@dataclass(frozen=True, slots=True)
class Registers:
    """Every register known here, loaded or not."""

    items: tuple[RegisterListed, ...]


@DOORS.get("/v1/registers", roles=(Role.ADMIN, Role.SUPERVISOR, Role.AUDITOR), answer=Registers)
def list_registers(asked: Asked[None, None]) -> Registers:
    """List the registers with every snapshot that went live, newest first."""
    today = london_day(asked.parts.clock())
    return Registers(tuple(_listed(register, today) for register in asked.parts.registers.registers()))


def _listed(register: Register, today: date) -> RegisterListed:
    shown = tuple(_shown(snapshot, today) for snapshot in reversed(register.snapshots))
    return RegisterListed(name=register.name, live=shown[0] if shown else None, snapshots=shown)


def _shown(snapshot: Snapshot, today: date) -> SnapshotShown:
    return SnapshotShown(
        version=snapshot.version,
        extracted_on=snapshot.extracted_on,
        age_days=(today - snapshot.extracted_on).days,
        loaded_at=snapshot.loaded_at,
        by=snapshot.by,
        file_name=snapshot.file_name,
        sha256=snapshot.sha256,
        rows=snapshot.rows,
        unreadable_rows=snapshot.unreadable_rows,
        numbers=snapshot.numbers,
        added=snapshot.added,
        removed=snapshot.removed,
    )
