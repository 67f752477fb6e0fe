"""An import in a process of its own, killed at a step of our choice; and what a register says of a number."""

import signal
import subprocess
import sys
from pathlib import Path

from dialer.registers.page import contains, page_of
from dialer.store import keys
from dialer.store.register_store import RegisterStore
from dialer.store.registers import live_registers
from tests.servers import RunningServer

# An import in a process of its own that stops for good before or after one step, to be killed there.
STUCK = """
import sys, threading
from pathlib import Path
import redis
from dialer.store.register_store import RegisterStore
from tests.registers.files import SUNDAY, load_file

step, socket, path = sys.argv[1:]

class Stuck(RegisterStore):
    calls = 0
    def reached(self, here):
        if here == step:
            print("here", flush=True)
            threading.Event().wait()
    def stage(self, *given):
        super().stage(*given)
        self.calls += 1
        if self.calls == 2:
            self.reached("staging")
    def pages(self, name, version, pages):
        if version.endswith("-2"):
            self.reached("verifying")
        return super().pages(name, version, pages)
    def swap(self, *given):
        self.reached("before the swap")
        super().swap(*given)
        self.reached("after the swap")
    def apply(self, *given):
        self.reached("before the change")
        super().apply(*given)
        self.reached("after the change")

load_file(Stuck(redis.Redis(unix_socket_path=socket)), Path(path), extracted_on=SUNDAY, accept_change=True)
"""


def kill_import(server: RunningServer, path: Path, step: str) -> None:
    command = [sys.executable, "-c", STUCK, step, str(server.socket_path), str(path)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2])
    assert process.stdout is not None
    with process, process.stdout:
        assert process.stdout.readline() == "here\n"
        process.send_signal(signal.SIGKILL)


def is_listed(store: RegisterStore, number: int) -> bool:
    (live,) = live_registers(store.redis)
    page, offset = page_of(f"+44{number}") or (0, 0)
    return contains(store.redis.get(keys.register_page("tps", live.held_in, page)), offset)


def spread(first: int) -> range:
    """Return numbers on 600 pages: three scripts' worth."""
    return range(first, first + 6_000_000, 2_500)
