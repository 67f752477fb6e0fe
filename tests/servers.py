"""Real servers for the tests, on unix sockets in short folders of their own; no port, no client needed.

The broken ones are broken truly: a replica that is read-only, a policy that evicts, no append-only file, a
line that is late or cut. Nothing here pretends to be Redis.
"""

import contextlib
import os
import shutil
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from dialer.processes.embedded import CONFIGURATION, is_ready
from dialer.processes.server_binary import find_server

START_SECONDS = 20.0
STOP_SECONDS = 10.0
ROOM_BYTES = 2 * 1024**3


def wait_for(ready: Callable[[], bool], *, what: str, timeout_seconds: float = 20.0) -> None:
    """Poll until `ready` is true; fail the test, saying `what` never came, when the time is over."""
    until = time.monotonic() + timeout_seconds
    while not ready():
        if time.monotonic() > until:
            raise AssertionError(f"not within {timeout_seconds:g} s: {what}")
        threading.Event().wait(0.02)


def _in_memory() -> Path | None:
    """Return the system's disk in memory where it has a roomy one.

    The servers sync every write there as anywhere, but a disk that others keep busy cannot make them late: a
    screening refuses a store that takes over 300 ms, and a test must not mean something else under load.
    """
    memory = Path("/dev/shm")
    is_roomy = memory.is_dir() and shutil.disk_usage(memory).free > ROOM_BYTES
    return memory if is_roomy and os.access(memory, os.W_OK) else None


@contextlib.contextmanager
def short_folder() -> Iterator[Path]:
    """Yield a temporary folder whose path leaves room for a socket's name (pytest's own can be too long)."""
    folder = Path(tempfile.mkdtemp(prefix="rf-", dir=_in_memory()))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


class RunningServer:
    """One real server process; `stop`, `kill`, `start` in any order; its data stays in its folder."""

    def __init__(self, folder: Path, *options: str) -> None:
        self.folder = folder
        self.socket_path = folder / "s"
        self.options = options
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """The address as Redis clients read it."""
        return f"unix://{self.socket_path}"

    def start(self) -> "RunningServer":
        """Start the server and wait until it answers."""
        place = ("--dir", str(self.folder), "--unixsocket", str(self.socket_path))
        log = (self.folder / "log").open("ab")
        with log:
            self.process = subprocess.Popen(
                [str(find_server()), *CONFIGURATION, *place, *self.options], stdout=log, stderr=log
            )
        wait_for(self._answers, what=f"a server on {self.socket_path}", timeout_seconds=START_SECONDS)
        return self

    def stop(self) -> None:
        """End the server in order; its file is whole."""
        self._end(lambda process: process.terminate())

    def kill(self) -> None:
        """End the server as a power cut would (SIGKILL)."""
        self._end(lambda process: process.kill())

    def _answers(self) -> bool:
        if self.process is None or self.process.poll() is not None:
            raise AssertionError(f"the server ended: {(self.folder / 'log').read_text()[-2000:]}")
        return is_ready(self.socket_path)

    def _end(self, how: Callable[[subprocess.Popen[bytes]], None]) -> None:
        if self.process is None:
            return
        how(self.process)
        try:
            self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process = None
        self.socket_path.unlink(missing_ok=True)


@contextlib.contextmanager
def running_server(*options: str) -> Iterator[RunningServer]:
    """Yield a server as the house runs it; `options` (`--name`, `value` pairs) come last, so they win."""
    with short_folder() as folder:
        server = RunningServer(folder, *options).start()
        try:
            yield server
        finally:
            server.kill()


@contextlib.contextmanager
def forgetful_server() -> Iterator[RunningServer]:
    """Yield a server without an append-only file: what it acknowledges, a power cut takes away."""
    with running_server("--appendonly", "no") as server:
        yield server


@contextlib.contextmanager
def evicting_server() -> Iterator[RunningServer]:
    """Yield a server that may throw any record away when memory is short."""
    with running_server("--maxmemory-policy", "allkeys-lru") as server:
        yield server


@contextlib.contextmanager
def read_only_replica() -> Iterator[RunningServer]:
    """Yield a replica: it answers reads and refuses every write with READONLY.

    Its primary is nobody (a closed port), which changes nothing about the refusal.
    """
    with running_server("--replicaof", "127.0.0.1 1", "--replica-serve-stale-data", "yes") as server:
        yield server


def dead_url(folder: Path) -> str:
    """Return an address in `folder` where nobody listens."""
    return f"unix://{folder / 'nobody'}"
