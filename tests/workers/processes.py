"""Real worker and timetable processes for tests, on a demo folder and a server of the test."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from dialer.data_folder import DataFolder, DataKind
from tests.servers import short_folder

ENDS_WITHIN_SECONDS = 10.0


@contextmanager
def running(
    part: str, redis_url: str, *, kind: DataKind = DataKind.DEMO, **settings: str
) -> Iterator["subprocess.Popen[bytes]"]:
    """Start `python -m workers PART`; whatever is left of it afterwards is killed.

    `settings` are variables of its environment, which a live folder needs.
    """
    with short_folder() as folder:
        data = folder / "data"
        DataFolder(data).stamp(kind, at=datetime(2026, 11, 23, tzinfo=UTC))
        with (folder / "log").open("wb") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "workers", part],
                env=environment(data, redis_url) | settings,
                cwd=folder,
                stdout=log,
                stderr=log,
            )
        try:
            yield process
        finally:
            process.kill()
            process.wait()
            print((folder / "log").read_text())


def environment(data: Path, redis_url: str) -> dict[str, str]:
    """Return only what the process needs; nothing of the developer's own settings."""
    kept = {name: os.environ[name] for name in ("PATH", "PYTHONPATH", "HOME", "LANG") if name in os.environ}
    return kept | {"RINGFENCE_DATA_DIR": str(data), "RINGFENCE_REDIS_URL": redis_url}


def ended(process: "subprocess.Popen[bytes]", by: signal.Signals = signal.SIGTERM) -> int:
    """Ask the process to stop and return its exit status; it has ten seconds."""
    process.send_signal(by)
    return process.wait(ENDS_WITHIN_SECONDS)
