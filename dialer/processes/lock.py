"""One lock a data folder: two servers on one append-only file both start, and diverge.

The lock is `flock` on an open file, and the embedded server inherits that open file. So it stays held until
both supervisor and server are gone, however they ended; a stale lock cannot exist.
"""

import fcntl
import os
from collections.abc import Callable
from pathlib import Path

from dialer.clock import monotonic_seconds
from dialer.errors import Conflict

# A server whose supervisor was killed needs a moment to write its last pages and end.
LAST_SERVER_SECONDS = 15.0
LOOK_AGAIN_SECONDS = 0.1


def lock_folder(folder: Path, *, pause: Callable[[float], object]) -> int:
    """Take the lock and return its descriptor, to be kept open and handed to the server.

    Waits up to 15 s when the supervisor that held it is gone (its server is ending); raises `Conflict` at
    once when it lives.
    """
    descriptor = os.open(folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    until = monotonic_seconds() + LAST_SERVER_SECONDS
    while not _taken(descriptor):
        holder = _holder(descriptor)
        if (holder and _is_alive(holder)) or monotonic_seconds() > until:
            os.close(descriptor)
            who = f"process {holder}" if holder else "another process"
            raise Conflict(
                f"{folder} is in use by {who}: one installation at a time may write there; "
                "stop it, or choose another RINGFENCE_DATA_DIR"
            )
        pause(LOOK_AGAIN_SECONDS)
    os.truncate(descriptor, 0)
    os.pwrite(descriptor, str(os.getpid()).encode(), 0)
    return descriptor


def _taken(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _holder(descriptor: int) -> int | None:
    written = os.pread(descriptor, 20, 0)
    return int(written) if written.isdigit() else None


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
