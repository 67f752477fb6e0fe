"""A folder that another system collects: one CSV file an attempt, with its checksum beside it.

    20261124T100000Z-3f2a9c41d0b7e655.csv           as `destinations.table` draws it
    20261124T100000Z-3f2a9c41d0b7e655.csv.sha256    as `sha256sum -c` reads it

A file is written under a hidden name, synced and moved in, its checksum after it: who waits for the checksum
never reads half a file. The same notices told again have the same name, so a repeat replaces its like.
"""

import hashlib
import os
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from dialer.clock import monotonic_seconds
from dialer.delivery.answer import Asked, Holding, Outcome, Told
from dialer.delivery.destination import Destination
from dialer.delivery.notice import Notice
from dialer.destinations.table import table_of

MOST_ROWS: Final = 500
_OURS_AND_OUR_GROUPS: Final = 0o640


class CsvDropAdapter:
    """Fits `delivery.deliver.Adapter` for destinations of kind `csv_drop`, a folder each."""

    most_at_once: Final = MOST_ROWS

    def __init__(self, root: Path) -> None:
        self._root = root

    def tell(self, destination: Destination, notices: Sequence[Notice], *, at: datetime) -> Told:  # noqa: ARG002
        """Write one file of all of them, and its checksum; received once both are on disk."""
        started = monotonic_seconds()
        name, table = file_name(notices), table_of(notices)
        digest = hashlib.sha256(table).hexdigest()
        folder = self._root / destination.id
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o750)
            _write(folder / name, table)
            _write(folder / f"{name}.sha256", f"{digest}  {name}\n".encode())
        except OSError as problem:
            reason = f"could not be written ({problem.strerror or type(problem).__name__}); see the folder"
            return Told(outcome=Outcome.UNWELL, reason=reason)
        took = timedelta(seconds=monotonic_seconds() - started)
        return Told(
            outcome=Outcome.RECEIVED, reason=f"stands in {name}", answer=f"sha256 {digest}", took=took
        )

    def confirm(self, destination: Destination, notice: Notice, *, at: datetime) -> Asked:  # noqa: ARG002
        """Return that a folder cannot be asked: who collects a file takes it away."""
        return Asked(holding=Holding.UNKNOWN, reason="a folder says nothing of what was read from it")

    def list(self, destination: Destination) -> Iterator[str] | None:  # noqa: ARG002 - other kinds need it
        """Return None: files go when they were read."""
        return None


def file_name(notices: Sequence[Notice]) -> str:
    """Return the name for these notices: when the first was made, and what tells them from others."""
    ids = hashlib.sha256("\n".join(notice.id for notice in notices).encode()).hexdigest()
    return f"{min(notice.created_at for notice in notices).astimezone(UTC):%Y%m%dT%H%M%SZ}-{ids[:16]}.csv"


def _write(place: Path, content: bytes) -> None:
    hidden = place.with_name(f".{place.name}.{os.getpid()}")
    try:
        with os.fdopen(
            os.open(hidden, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, _OURS_AND_OUR_GROUPS), "wb"
        ) as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        hidden.replace(place)
    finally:
        hidden.unlink(missing_ok=True)
    folder = os.open(place.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
