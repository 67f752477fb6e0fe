"""A snapshot: one file's state of a register as it was loaded, with its evidence; and the one in force."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """One version of a register that went live.

    `extracted_on` is the operator's day of extraction, never the file's own date. `replaced_extracted_on` is
    that of the snapshot it replaced, None for the first ever. `rows` counts the file's readable rows,
    `numbers` what is listed after it; `added` and `removed` are against the snapshot before. `base` is the
    version whose pages a change file changed in place, None for one that was staged whole.
    """

    ordinal: int
    version: str
    extracted_on: date
    replaced_extracted_on: date | None = None
    loaded_at: datetime
    by: str
    file_name: str
    sha256: str
    rows: int
    unreadable_rows: int
    numbers: int
    added: int
    removed: int
    base: str | None = None

    @property
    def held_in(self) -> str:
        """The version whose keys hold the pages."""
        return self.base or self.version


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """A register's name and every snapshot that was ever live, oldest first; the last one is in force."""

    name: str
    snapshots: tuple[Snapshot, ...]

    @property
    def live(self) -> Snapshot | None:
        """The snapshot in force, None for a register never loaded."""
        return self.snapshots[-1] if self.snapshots else None
