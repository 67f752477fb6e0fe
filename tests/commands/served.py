"""The server of a data folder, started as `ringfence up` starts it."""

import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from redis import Redis
from redis.exceptions import RedisError

from dialer.processes.embedded import EmbeddedServer, run_folder


@pytest.fixture
def served() -> "Iterator[Callable[[Path], Redis]]":
    """Start the server of a data folder as `ringfence up` does."""
    running: list[subprocess.Popen[bytes]] = []

    def start(folder: Path) -> "Redis":
        server = EmbeddedServer(folder / "valkey", run_folder() / "redis")
        running.append(subprocess.Popen(server.command(), stdout=subprocess.DEVNULL))
        redis = Redis(unix_socket_path=str(server.socket_path))
        until = time.monotonic() + 30
        while time.monotonic() < until:
            try:
                redis.ping()
            except (RedisError, OSError):  # it is not there yet, or still reads its file
                threading.Event().wait(0.05)
            else:
                return redis
        raise AssertionError("the server did not start")

    yield start
    for process in running:
        process.send_signal(signal.SIGTERM)
        process.wait(20)
