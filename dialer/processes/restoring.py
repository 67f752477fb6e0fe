"""Restoring a backup into an empty data folder, and wiping one; nothing half-restored is ever started.

Everything is unpacked and checked beside its place. The snapshot is read once by a server of our own, which
writes it out as the append-only file that every later start reads; only then are the parts moved in.
"""

import json
import shutil
import subprocess
import tarfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from dialer.archive.sealed_stream import SealedReader
from dialer.archive.sealing import Sealer
from dialer.clock import monotonic_seconds
from dialer.errors import CannotKeep, Conflict, Damaged
from dialer.processes.backing_up import FILES, FORMAT, MANIFEST, STORE
from dialer.processes.embedded import SOCKET_NAME, EmbeddedServer, remove_run_folder, run_folder
from dialer.store.rewriting import Rewriting

ASIDE: Final = ".restoring"
_KEPT_BESIDE: Final = frozenset({"lock", ASIDE})
_LONGEST_READING_SECONDS: Final = 900.0
_LOOK_AGAIN_SECONDS: Final = 0.1


def restore(backup: Path, folder: Path, sealer: Sealer) -> dict[str, Any]:
    """Put a backup into an empty folder and return its manifest; the caller holds the folder's lock.

    Raises Conflict for a folder that holds anything, Damaged for a backup that is not whole or not ours.
    """
    if any(path.name not in _KEPT_BESIDE for path in folder.iterdir()):
        raise Conflict(f"{folder} is not empty: wipe it first (`ringfence wipe`), or name another folder")
    aside = folder / ASIDE
    shutil.rmtree(aside, ignore_errors=True)
    try:
        manifest = _unpack(backup, aside, sealer)
        _make_append_only(aside / "valkey")
        for path in sorted((aside / FILES).iterdir()) if (aside / FILES).exists() else ():
            path.rename(folder / path.name)
        # The server's files go last: without them a start finds nothing that it could take for the whole.
        (aside / "valkey").rename(folder / "valkey")
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return manifest


def wipe(folder: Path) -> int:
    """Delete all that a folder holds but its lock, which the caller has; returns how many entries went."""
    found = [path for path in folder.iterdir() if path.name != "lock"]
    for path in found:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()
    return len(found)


def _unpack(backup: Path, aside: Path, sealer: Sealer) -> dict[str, Any]:
    aside.mkdir(mode=0o700)
    with backup.open("rb") as file:
        sealed = SealedReader(file, sealer, what=backup.name)
        with tarfile.open(fileobj=sealed, mode="r|") as tar:  # type: ignore[call-overload]
            tar.extractall(aside, filter="data")
        # A tar ends before its file does; only the last piece proves that nothing was cut.
        while sealed.read(1024 * 1024):
            continue
    try:
        manifest: dict[str, Any] = json.loads((aside / MANIFEST).read_bytes())
        is_ours = manifest["format"] == FORMAT
    except (OSError, ValueError, KeyError):
        is_ours = False
    if not is_ours or not (aside / STORE).exists():
        raise Damaged(f"{backup.name} is no backup that this version reads")
    return manifest


def _make_append_only(place: Path) -> None:
    place.mkdir(mode=0o700)
    (place.parent / STORE).rename(place / "dump.rdb")
    with _reading(place) as server:
        server.begin()
        _wait(server.is_written)
    (place / "dump.rdb").unlink(missing_ok=True)


@contextmanager
def _reading(place: Path) -> Iterator[Rewriting]:
    server = EmbeddedServer(place, run_folder() / SOCKET_NAME)
    command = [*server.command(), "--appendonly", "no", "--dbfilename", "dump.rdb"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    held = Rewriting(server.url)
    try:
        _wait(lambda: _has_read(held, process))
        yield held
        held.end()
        process.wait(60)
    finally:
        if process.poll() is None:
            process.kill()
            process.wait(10)
        remove_run_folder(server.url)


def _has_read(held: Rewriting, process: "subprocess.Popen[bytes]") -> bool:
    if process.poll() is not None:
        raise Damaged("the server cannot read the snapshot in this backup; is it of a newer server?")
    return held.is_read()


def _wait(is_done: Callable[[], bool]) -> None:
    until = monotonic_seconds() + _LONGEST_READING_SECONDS
    while not is_done():
        if monotonic_seconds() > until:
            raise CannotKeep("the server took too long to read the snapshot; see its log, then try again")
        time.sleep(_LOOK_AGAIN_SECONDS)
