"""A line to a server that can be slow or cut: a small relay between two unix sockets, steered by the test."""

import contextlib
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

from tests.servers import RunningServer, short_folder


class Line:
    """A relay in front of a server. `delay_seconds` holds back every answer; `cut` ends all calls."""

    def __init__(self, near: Path, far: Path) -> None:
        self.near = near
        self.far = far
        self.delay_seconds = 0.0
        self.answers_until_cut: int | None = None
        self._over = threading.Event()
        self._open: list[socket.socket] = []
        self._threads: list[threading.Thread] = []
        self._listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._listener.bind(str(near))
        self._listener.listen(64)
        self._run(self._accept)

    @property
    def url(self) -> str:
        """The address as Redis clients read it."""
        return f"unix://{self.near}"

    def cut(self) -> None:
        """End every call in progress; new ones are still taken."""
        for end in self._open:
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """End the relay and everything on it."""
        self._over.set()
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self.cut()
        for thread in self._threads:
            thread.join(5)
        for end in self._open:
            end.close()

    def _accept(self) -> None:
        while not self._over.is_set():
            try:
                caller, _ = self._listener.accept()
            except OSError:
                return
            server = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            self._open += [caller, server]
            try:
                server.connect(str(self.far))
            except OSError:
                caller.shutdown(socket.SHUT_RDWR)
                continue
            self._run(self._carry, caller, server, False)
            self._run(self._carry, server, caller, True)

    def _carry(self, source: socket.socket, target: socket.socket, is_answer: bool) -> None:
        with contextlib.suppress(OSError):
            while piece := source.recv(65536):
                if is_answer:
                    self._over.wait(self.delay_seconds)
                    if self._is_used_up():
                        break
                target.sendall(piece)
        for end in (source, target):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def _is_used_up(self) -> bool:
        """Count answers down; after the last one allowed, the rest are lost on the way."""
        if self.answers_until_cut is None:
            return False
        self.answers_until_cut -= 1
        return self.answers_until_cut < 0

    def _run(self, work: object, *given: object) -> None:
        thread = threading.Thread(target=work, args=given, daemon=True)  # type: ignore[arg-type]
        thread.start()
        self._threads.append(thread)


@contextlib.contextmanager
def line_to(server: RunningServer) -> Iterator[Line]:
    """Yield a relay to `server` that behaves until the test steers it."""
    with short_folder() as folder:
        line = Line(folder / "line", server.socket_path)
        try:
            yield line
        finally:
            line.close()
