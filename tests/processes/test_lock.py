"""One installation a data folder; the lock outlives the supervisor as long as its server lives."""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from dialer.errors import Conflict
from dialer.processes.lock import lock_folder

PAUSE = threading.Event().wait
HOLD = (
    "import sys, threading\nfrom pathlib import Path\nfrom dialer.processes.lock import lock_folder\n"
    "import subprocess\nlock = lock_folder(Path(sys.argv[1]), pause=threading.Event().wait)\n"
    "heir = subprocess.Popen(['sleep', '600'], pass_fds=(lock,))\nprint(heir.pid, flush=True)\nheir.wait()\n"
)


def holder(folder: Path) -> "tuple[subprocess.Popen[str], int]":
    """A process that holds the lock, with a child that inherited it."""
    process = subprocess.Popen([sys.executable, "-c", HOLD, str(folder)], stdout=subprocess.PIPE, text=True)
    assert process.stdout
    return process, int(process.stdout.readline())


def test_a_second_start_is_refused_at_once_and_the_first_is_named(tmp_path: Path) -> None:
    process, heir = holder(tmp_path)
    with process, pytest.raises(Conflict, match=f"in use by process {process.pid}"):
        try:
            lock_folder(tmp_path, pause=PAUSE)
        finally:
            process.kill()
            os.kill(heir, signal.SIGKILL)


def test_a_server_without_its_supervisor_still_holds_the_lock(tmp_path: Path) -> None:
    process, heir = holder(tmp_path)
    with process:
        process.kill()
        process.wait()
        tries: list[float] = []
        os_end = lambda seconds: tries.append(seconds) or (len(tries) == 3 and os.kill(heir, signal.SIGKILL))  # noqa: E731
        os.close(lock_folder(tmp_path, pause=lambda s: (os_end(s), PAUSE(s))))
    assert len(tries) >= 3


def test_a_lock_that_was_given_back_can_be_taken(tmp_path: Path) -> None:
    os.close(lock_folder(tmp_path, pause=PAUSE))
    descriptor = lock_folder(tmp_path, pause=PAUSE)
    assert (tmp_path / "lock").read_text() == str(os.getpid())
    os.close(descriptor)
