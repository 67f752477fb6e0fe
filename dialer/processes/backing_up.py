"""A backup: the store as of one moment and the data folder, sealed in one file that is whole or not there.

    manifest.json   what it is, when it was made, by which version
    store.rdb       the store
    data/…          the data folder, but for the server's own files and what belongs to one run

The store is taken first: a file that a record names is written before the record, so it is there later too.
"""

import io
import json
import os
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, Final

from dialer.archive.sealed_stream import SealedWriter
from dialer.archive.sealing import Sealer

FORMAT: Final = 1
MANIFEST: Final = "manifest.json"
STORE: Final = "store.rdb"
FILES: Final = "data"
LEFT_OUT: Final = frozenset({"valkey", "running.json", "lock"})

Told = Callable[[str, int, int], None]
# Writes the store as of one moment, tells how far it is, and returns the bytes.
Snapshot = Callable[[BinaryIO, Callable[[int], None]], int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Backed:
    """What a backup holds; sizes in bytes, before sealing."""

    made_at: datetime
    store_bytes: int
    files: int
    file_bytes: int


def back_up(
    snapshot: Snapshot, folder: Path, out: Path, sealer: Sealer, *, at: datetime, told: Told
) -> Backed:
    """Write a backup to `out`; what is there is replaced only once the new one is on disk.

    Raises Misconfigured and CannotKeep, and OSError for a place that cannot be written.
    """
    partial = out.with_name(f".{out.name}.{os.getpid()}")
    try:
        opened = os.open(partial, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(opened, "wb") as file:
            sealed = SealedWriter(file, sealer)
            backed = _write(snapshot, folder, sealed, at=at, told=told)
            sealed.close()
            file.flush()
            os.fsync(file.fileno())
        partial.replace(out)
    finally:
        partial.unlink(missing_ok=True)
    _sync_folder(out.absolute().parent)
    return backed


def _write(snapshot: Snapshot, folder: Path, sealed: SealedWriter, *, at: datetime, told: Told) -> Backed:
    # Spooled first, in the folder that holds the same data anyway: a tar wants a length before the bytes.
    with tempfile.TemporaryFile(dir=folder) as spool:
        length = snapshot(spool, lambda done: told("store", done, done))
        spool.seek(0)
        with tarfile.open(fileobj=sealed, mode="w|", format=tarfile.PAX_FORMAT) as tar:  # type: ignore[call-overload]
            manifest = {"format": FORMAT, "made_at": at.isoformat(), "store_bytes": length}
            _add(tar, MANIFEST, io.BytesIO(json.dumps(manifest).encode()), at=at)
            _add(tar, STORE, spool, at=at)
            sizes = [_add_file(tar, folder, path) for path in _files(folder)]
    return Backed(made_at=at, store_bytes=length, files=len(sizes), file_bytes=sum(sizes))


def _files(folder: Path) -> Iterator[Path]:
    for top in sorted(folder.iterdir()):
        if top.name in LEFT_OUT or top.name.startswith("."):
            continue
        found = sorted(top.rglob("*")) if top.is_dir() and not top.is_symlink() else [top]
        yield from (path for path in found if path.is_file() and not path.is_symlink())


def _add_file(tar: tarfile.TarFile, folder: Path, path: Path) -> int:
    try:
        with path.open("rb") as file:
            name = f"{FILES}/{path.relative_to(folder).as_posix()}"
            changed_at = datetime.fromtimestamp(os.fstat(file.fileno()).st_mtime, UTC)
            return _add(tar, name, file, at=changed_at)
    except FileNotFoundError:
        # Deleted by its policy since we looked; a record that still named it says so by itself.
        return 0


def _add(tar: tarfile.TarFile, name: str, file: BinaryIO, *, at: datetime) -> int:
    entry = tarfile.TarInfo(name)
    entry.size = file.seek(0, os.SEEK_END)
    entry.mtime, entry.mode = int(at.timestamp()), 0o600
    file.seek(0)
    tar.addfile(entry, file)
    return entry.size


def _sync_folder(folder: Path) -> None:
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
