"""The embedded server: its command line, its socket, and whether it answers.

The record lives in it, so every write is on disk before its answer (`appendfsync always`: 0.7–0.9 ms a write
measured on this server, where everysec with WAITAOF took 50–190 ms), nothing is evicted, and no port is open.
"""

import os
import shutil
import socket
import tempfile
from dataclasses import dataclass
from pathlib import Path

from dialer.errors import Misconfigured
from dialer.processes.server_binary import find_server

# sun_path holds 108 bytes on Linux and 104 on macOS, the closing zero among them.
LONGEST_SOCKET_PATH = 103
RUN_FOLDER = "ringfence-"
SOCKET_NAME = "redis"
CONFIGURATION = (
    *("--port", "0"),
    *("--unixsocketperm", "700"),
    *("--appendonly", "yes"),
    *("--appendfsync", "always"),
    *("--save", ""),
    *("--maxmemory-policy", "noeviction"),
    *("--daemonize", "no"),
    *("--logfile", ""),
    *("--loglevel", "warning"),
)


@dataclass(frozen=True, slots=True)
class EmbeddedServer:
    """One server on one folder; the caller holds the folder's lock and starts the command."""

    folder: Path
    socket_path: Path

    @property
    def url(self) -> str:
        """Return the address as Redis clients read it."""
        return f"unix://{self.socket_path}"

    def command(self) -> list[str]:
        """Return the command line; raises `Misconfigured` when no server can be found."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        place = ("--dir", str(self.folder), "--unixsocket", str(self.socket_path))
        return [str(find_server()), *CONFIGURATION, *place]


def run_folder() -> Path:
    """Make a folder for one run's socket, short enough for a socket's path and open to this user alone."""
    preferred = os.environ.get("XDG_RUNTIME_DIR", "")
    for parent in (preferred, tempfile.gettempdir(), "/tmp"):  # noqa: S108 - mkdtemp makes it 0700 and unique
        if (
            parent
            and Path(parent).is_dir()
            and os.access(parent, os.W_OK)
            and len(parent) < LONGEST_SOCKET_PATH - 30
        ):
            return Path(tempfile.mkdtemp(prefix=RUN_FOLDER, dir=parent))
    raise Misconfigured(
        "no folder short enough for a unix socket: set TMPDIR to a short path such as one in /var"
    )


def remove_run_folder(url: str) -> None:
    """Remove the run folder of a server that is gone; addresses of anything else are left alone."""
    socket_path = Path(url.removeprefix("unix://"))
    if socket_path.name == SOCKET_NAME and socket_path.parent.name.startswith(RUN_FOLDER):
        shutil.rmtree(socket_path.parent, ignore_errors=True)


def ping(socket_path: Path, *, timeout_seconds: float = 1.0) -> str:
    """Return the server's first line to PING: `+PONG` when ready, `-LOADING …` while it reads its file.

    Spoken by hand so that the supervisor needs no client. Raises `OSError` when nobody answers in time.
    """
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
        line.settimeout(timeout_seconds)
        line.connect(str(socket_path))
        line.sendall(b"*1\r\n$4\r\nPING\r\n")
        answer = line.recv(512)
    return answer.split(b"\r\n", 1)[0].decode("utf-8", "replace")


def is_ready(socket_path: Path) -> bool:
    """Whether the server answers and has read all its data. Never raises; at most one second."""
    try:
        return ping(socket_path) == "+PONG"
    except OSError:
        return False
