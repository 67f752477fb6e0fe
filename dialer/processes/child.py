"""One running part: its process, its group, its output, and when to try again after it fell."""

import contextlib
import os
import signal
import subprocess
from dataclasses import dataclass, field

from dialer.processes.log_lines import LineCutter
from dialer.processes.orphans import ends_with
from dialer.processes.part import Part

FIRST_PAUSE_SECONDS = 0.5
LONGEST_PAUSE_SECONDS = 30.0
# A part that ran this long was well: the next fall counts as its first.
WELL_AFTER_SECONDS = 60.0
# Long enough for an import error or a missing setting to show.
SETTLED_AFTER_SECONDS = 1.0
PIECE_BYTES = 65_536


@dataclass(slots=True)
class Child:
    """A part with its process. It leads a group of its own, so that all it starts can be ended with it."""

    part: Part
    falls: int = 0
    was_ready: bool = False
    restart_at: float | None = None
    exit_code: int | None = None
    process: "subprocess.Popen[bytes] | None" = None
    _started_at: float = 0.0
    _cutter: LineCutter = field(default_factory=LineCutter)

    @property
    def runs(self) -> bool:
        """Whether there is a process that has not been buried."""
        return self.process is not None

    @property
    def output(self) -> int | None:
        """The descriptor that its output is read from; None when it does not run."""
        return self.process.stdout.fileno() if self.process and self.process.stdout else None

    def is_ready(self, *, now: float) -> bool:
        """Whether the part works, or has run if it is one that runs once. Asking may take a second."""
        if self.part.ends:
            return self.exit_code is not None
        if self.part.is_ready is None:
            return self.runs and now - self._started_at >= SETTLED_AFTER_SECONDS
        return self.runs and self.part.is_ready()

    def start(self, *, now: float) -> int:
        """Start the process; return its pid, which is its group's number too. `now` is monotonic seconds."""
        self.restart_at, self.exit_code, self._started_at = None, None, now
        self._cutter = LineCutter()
        self.process = subprocess.Popen(
            self.part.command,
            env=dict(self.part.environment),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            pass_fds=self.part.inherits,
            process_group=0,
            # The supervisor has one thread, which is what makes code between fork and exec safe.
            preexec_fn=ends_with(os.getpid()),
        )
        assert self.output is not None
        os.set_blocking(self.output, False)
        return self.process.pid

    def has_ended(self) -> bool:
        """Whether the process is over; it stays unburied, so that its group's number cannot be given away."""
        if self.process is None:
            return False
        if not hasattr(os, "waitid"):  # macOS before Python 3.13, where it is buried here
            return self.process.poll() is not None
        state = os.waitid(os.P_PID, self.process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT)
        return state is not None

    def bury(self, *, now: float) -> int:
        """End what is left of the group; return the exit code (negative: a signal's); plan the next start."""
        assert self.process
        self.signal_group(signal.SIGKILL)
        self.exit_code = self.process.wait()
        if self.process.stdout:
            self.process.stdout.close()
        self.process = None
        self.falls = 1 if now - self._started_at > WELL_AFTER_SECONDS else self.falls + 1
        self.restart_at = now + min(FIRST_PAUSE_SECONDS * 2 ** (self.falls - 1), LONGEST_PAUSE_SECONDS)
        return self.exit_code

    def signal_group(self, number: signal.Signals) -> None:
        """Send a signal to the process and all it started; no effect when they are gone."""
        if self.process is not None:
            # macOS answers EPERM for a group of which only the unburied leader is left.
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, number)

    def read_lines(self) -> list[str] | None:
        """Return the lines written since the last call; None when the output has ended."""
        if self.output is None:
            return None
        try:
            piece = os.read(self.output, PIECE_BYTES)
        except BlockingIOError:
            return []
        lines = self._cutter.feed(piece)
        return lines if piece or lines else None
