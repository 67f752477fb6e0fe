"""Runs `ringfence up` as a process of its own, as a person in a terminal does."""

import contextlib
import json
import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

from tests.servers import wait_for

START_SECONDS = 120.0
LIVE = {
    "RINGFENCE_PUBLIC_URL": "http://127.0.0.1:8000",
    "RINGFENCE_SECRET_KEY": "k" * 32,
    "TWILIO_ACCOUNT_SID": "AC" + "0" * 16 + "1" * 16,
    "TWILIO_AUTH_TOKEN": "a-token-of-nobody",
    "TWILIO_API_BASE_URL": "http://127.0.0.1:1",
}


class Installation:
    """One running `ringfence up`: its lines so far, its processes, where it answers."""

    def __init__(self, data: Path, *options: str, **settings: str) -> None:
        plain = {k: v for k, v in os.environ.items() if not k.startswith(("RINGFENCE_", "TWILIO_"))}
        self.data = data
        self.lines: list[str] = []
        self.process = subprocess.Popen(
            [sys.executable, "-m", "dialer.commands", "up", "--port", "0", "--data", str(data), *options],
            env={**plain, **settings},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            process_group=0,
        )
        self._ended: queue.Queue[bool] = queue.Queue()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout
        with self.process.stdout as stream:
            self.lines.extend(iter(stream.readline, ""))

    @property
    def text(self) -> str:
        """All it has said."""
        return "".join(self.lines)

    @property
    def running(self) -> dict[str, object]:
        """What it wrote down for other terminals."""
        return dict(json.loads((self.data / "running.json").read_text()))

    def wait_until_ready(self, times: int = 1) -> "Installation":
        """Wait for the line that says that all is ready."""

        def is_ready() -> bool:
            if self.process.poll() is not None:
                raise AssertionError(f"it ended with {self.process.returncode}:\n{self.text}")
            return self.text.count("ready in ") >= times

        wait_for(is_ready, what="ready", timeout_seconds=START_SECONDS)
        return self

    def children(self) -> dict[int, str]:
        """All processes it has started, and those they have: pid and command line."""
        return {pid: command_of(pid) for pid in descendants(self.process.pid)}

    def child(self, word: str) -> int:
        """The oldest of its processes with `word` in the command line."""
        return min(pid for pid, command in self.children().items() if word in command)

    def stop(self, number: signal.Signals = signal.SIGINT) -> int:
        """Ask it to stop and return its exit code."""
        if self.process.poll() is None:
            self.process.send_signal(number)
        code = self.process.wait(40)
        self._reader.join(10)
        return code


@contextlib.contextmanager
def installation(data: Path, *options: str, **settings: str) -> Iterator[Installation]:
    """Yield an installation on `data` that may not be ready yet; it is ended in any case."""
    started = Installation(data, *options, **settings)
    try:
        yield started
    finally:
        started.stop(signal.SIGTERM)


def descendants(pid: int) -> set[int]:
    """Processes started by `pid`, at any remove."""
    parents = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            parents[int(stat.parent.name)] = int(stat.read_text().rpartition(")")[2].split()[1])
    found, size = {pid}, 0
    while len(found) != size:
        size = len(found)
        found |= {child for child, parent in parents.items() if parent in found}
    return found - {pid}


def command_of(pid: int) -> str:
    """The command line of a process, empty when it is gone."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
    except OSError:
        return ""
