"""What one import added and removed, kept as a file, so that any past day can be asked about.

The file is gzip: a line of JSON that names the snapshot, then per page its number, the lengths of two packed
pages, and the pages themselves: numbers added, numbers removed. It is written beside its final name and
renamed when the import is complete.
"""

import gzip
import json
import os
from collections.abc import Container, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from struct import Struct
from types import TracebackType
from typing import Final, Self

from dialer.errors import CannotKeep
from dialer.registers.page import Difference, contains, page_of

_RECORD: Final = Struct(">QHH")
_ENDING: Final = ".delta.gz"
# A gigabyte of pages packs to a fifth at the lowest level, in a quarter of the highest one's time.
_LEVEL: Final = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What our copies of a register said of one number; `since` is the snapshot that decided it."""

    listed: bool
    since: date | None


class DeltaWriter:
    """Writes one delta; used as a context, and nothing stands under the final name until `keep`."""

    def __init__(self, folder: Path, *, register: str, version: str, extracted_on: date) -> None:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.path = folder / f"{extracted_on:%Y%m%d}-{version.rpartition('-')[2].zfill(8)}{_ENDING}"
        self._unfinished = self.path.with_suffix(".part")
        self._file = gzip.GzipFile(self._unfinished, "wb", compresslevel=_LEVEL)
        head = {"register": register, "version": version, "extracted_on": extracted_on.isoformat()}
        self._file.write(json.dumps(head).encode() + b"\n")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()
        self._unfinished.unlink(missing_ok=True)

    def write(self, page: int, change: Difference) -> None:
        """Add one page's change; pages without any are left out."""
        if change.added or change.removed:
            lengths = _RECORD.pack(page, len(change.added), len(change.removed))
            self._file.write(lengths + change.added + change.removed)

    def finish(self) -> None:
        """Put all of it on disk; it still counts for nothing."""
        self._file.close()
        with self._unfinished.open("rb") as written:
            os.fsync(written.fileno())

    def keep(self) -> None:
        """Give the file its name, once its snapshot is in force."""
        self._unfinished.replace(self.path)


def settle_unfinished(folder: Path, versions_in_force: Container[str]) -> None:
    """Keep or drop what a killed import left; one that died after its swap had finished its delta before.

    Call it only while the right to load this register is held.
    """
    for unfinished in folder.glob("*.part"):
        if _version_of(unfinished) in versions_in_force:
            unfinished.replace(unfinished.with_suffix(".gz"))
        else:
            unfinished.unlink()


def standing_on(folder: Path, e164: str, day: date) -> Standing:
    """Return what the newest snapshot extracted on or before `day` said of a number, by the deltas kept.

    Reads deltas from the newest back to the one that last touched the number: seconds, not milliseconds.
    """
    place = page_of(e164)
    deltas = sorted((path for path in folder.glob(f"*{_ENDING}") if _day_of(path) <= day), reverse=True)
    for path in deltas if place else ():
        page, offset = place or (0, 0)
        for found, added, removed in _records(path):
            if found != page:
                continue
            if contains(added, offset) or contains(removed, offset):
                return Standing(listed=contains(added, offset), since=_day_of(path))
    return Standing(listed=False, since=None)


def _day_of(path: Path) -> date:
    return date.fromisoformat(path.name[:8])


def _version_of(path: Path) -> str | None:
    try:
        with gzip.open(path) as file:
            return str(json.loads(file.readline())["version"])
    except (OSError, EOFError, ValueError, KeyError):
        return None


def _records(path: Path) -> Iterator[tuple[int, bytes, bytes]]:
    try:
        with gzip.open(path, "rb") as file:
            file.readline()
            while head := file.read(_RECORD.size):
                page, added, removed = _RECORD.unpack(head)
                yield page, file.read(added), file.read(removed)
    except (OSError, EOFError) as damage:
        raise CannotKeep(f"register delta {path.name} is damaged; restore it from a backup") from damage
