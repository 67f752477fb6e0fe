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
_UNFINISHED: Final = ".part"
# A gigabyte of pages packs to a fifth at the lowest level, in a quarter of the highest one's time.
_LEVEL: Final = 1
# Before and behind all pages of a delta: no E.164 number has more than fifteen digits.
_NO_PAGE: Final = -1
_LAST_PAGE: Final = 10**12


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What our copies of a register said of one number; `since` is the snapshot that decided it."""

    listed: bool
    since: date | None


def delta_path(folder: Path, *, version: str, extracted_on: date) -> Path:
    """Return where the delta of one version lies, or will lie."""
    return folder / f"{extracted_on:%Y%m%d}-{version.rpartition('-')[2].zfill(8)}{_ENDING}"


class DeltaWriter:
    """Writes one delta; used as a context, and nothing stands under the final name until `keep`."""

    def __init__(self, folder: Path, *, register: str, version: str, extracted_on: date) -> None:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.path = delta_path(folder, version=version, extracted_on=extracted_on)
        self._unfinished = self.path.with_suffix(_UNFINISHED)
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
        """Give the file its name, once its snapshot is in force; raises CannotKeep, and that stays so."""
        try:
            self._unfinished.replace(self.path)
        except OSError as trouble:
            raise CannotKeep(
                f"the register is in force, but what it changed could not be kept as {self.path.name}: "
                f"{trouble.strerror}; past days are told from the other deltas, so keep their backups"
            ) from trouble


def settle_unfinished(folder: Path, versions_in_force: Container[str]) -> None:
    """Keep or drop what a killed import left; one that died after its swap had finished its delta before.

    Call it only while the right to load this register is held.
    """
    for unfinished in folder.glob("*.part"):
        if _version_of(unfinished) in versions_in_force:
            unfinished.replace(unfinished.with_suffix(".gz"))
        else:
            unfinished.unlink()


def added_pages(path: Path) -> dict[int, bytes]:
    """Return what an import added, by page; raises CannotKeep for a delta that is lost or damaged."""
    if not path.exists():
        raise CannotKeep(f"register delta {path.name} is not there; restore it from a backup")
    return {page: added for page, added, _ in _records(path) if added}


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


class DeltaReader:
    """One delta, asked page by page. Going up the pages reads the file once; going back begins anew."""

    def __init__(self, path: Path) -> None:
        # An import killed after its swap left its delta finished, but under its first name.
        unfinished = path.with_suffix(_UNFINISHED)
        self._path = path if path.exists() or not unfinished.exists() else unfinished
        self._records: Iterator[tuple[int, bytes, bytes]] = iter(())
        self._found = (_NO_PAGE, b"", b"")
        self._asked = _LAST_PAGE

    @property
    def is_there(self) -> bool:
        """Whether the file is there at all."""
        return self._path.exists()

    def at(self, page: int) -> Difference:
        """Return what changed on a page; raises CannotKeep for a damaged file."""
        if page < self._asked:
            self._records, self._found = _records(self._path), (_NO_PAGE, b"", b"")
        self._asked = page
        while self._found[0] < page:
            found = next(self._records, (_LAST_PAGE, b"", b""))
            if found[0] <= self._found[0]:
                raise CannotKeep(f"register delta {self._path.name} is out of order; restore a backup")
            self._found = found
        return Difference(*self._found[1:]) if self._found[0] == page else Difference(b"", b"")


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
