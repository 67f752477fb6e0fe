"""Ends the parts' process groups when the supervisor is killed and cannot do so itself.

A tiny process of its own session. It reads `+GROUP` and `-GROUP` lines from the supervisor; at the end of
that input (an ordered stop has taken all groups off, a `kill -9` has not) what is left gets TERM, 10 s, KILL.
"""

import contextlib
import os
import signal
import subprocess
import sys
import time
from typing import BinaryIO

GRACE_SECONDS = 10.0


class Watchdog:
    """The supervisor's end of the line. It starts the process again when that is the one that was killed."""

    def __init__(self) -> None:
        self._groups: set[int] = set()
        self._process = self._start()

    def watch(self, group: int) -> None:
        """Have a process group ended should the supervisor die."""
        self._groups.add(group)
        self._tell(f"+{group}\n")

    def forget(self, group: int) -> None:
        """Take a group off: it has ended."""
        self._groups.discard(group)
        self._tell(f"-{group}\n")

    def close(self) -> None:
        """Let the process go."""
        assert self._process.stdin
        with contextlib.suppress(OSError):
            self._process.stdin.close()
        self._process.wait()

    def _tell(self, line: str) -> None:
        if self._process.poll() is not None:
            self.close()
            self._process = self._start()
            line = "".join(f"+{group}\n" for group in self._groups)
        assert self._process.stdin
        with contextlib.suppress(BrokenPipeError):
            self._process.stdin.write(line.encode())
            self._process.stdin.flush()

    def _start(self) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(
            [sys.executable, "-S", __file__],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={},
            start_new_session=True,
        )


def keep_watch(orders: BinaryIO) -> None:
    """Follow the orders until they end, then end the groups that are left."""
    groups: set[int] = set()
    for order in orders:
        number = int(order[1:])
        groups.add(number) if order[:1] == b"+" else groups.discard(number)
    _signal(groups, signal.SIGTERM)
    until = time.monotonic() + GRACE_SECONDS
    while time.monotonic() < until and any(_exists(group) for group in groups):
        time.sleep(0.05)
    _signal({group for group in groups if _exists(group)}, signal.SIGKILL)


def _exists(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _signal(groups: set[int], number: signal.Signals) -> None:
    for group in groups:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(group, number)


if __name__ == "__main__":
    keep_watch(sys.stdin.buffer)
