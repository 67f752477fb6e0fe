"""A small application that answers Twilio's webhooks as it is told to, and remembers what it was asked."""

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

from dialer.clock import monotonic_seconds


@dataclass(frozen=True)
class Asked:
    """One webhook as it arrived."""

    method: str
    path: str
    query: str
    form: dict[str, str]
    headers: Mapping[str, str]


@dataclass(frozen=True)
class Given:
    """One answer to give; `wait_seconds` first."""

    body: str = "<Response/>"
    status: int = 200
    content_type: str = "text/xml"
    headers: Mapping[str, str] = field(default_factory=dict)
    wait_seconds: float = 0.0
    breaks_off: bool = False


class Application:
    """Answers by path: the given answers in turn, the last one for ever; an empty document elsewhere."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.asked: list[Asked] = []
        self._given: dict[str, list[Given]] = {}
        self._changed = threading.Condition()

    def gives(self, path: str, *answers: Given | str) -> None:
        """Answer a path with these, in turn."""
        self._given[path] = [Given(each) if isinstance(each, str) else each for each in answers]

    def take(self, asked: Asked) -> Given:
        """Remember one request and return its answer."""
        with self._changed:
            self.asked.append(asked)
            self._changed.notify_all()
            waiting = self._given.get(asked.path, [Given()])
            return waiting.pop(0) if len(waiting) > 1 else waiting[0]

    def at(self, path: str) -> list[Asked]:
        """Return what a path was asked, in order."""
        with self._changed:
            return [each for each in self.asked if each.path == path]

    def wait_for(self, path: str, count: int = 1, *, within_seconds: float = 10) -> list[Asked]:
        """Wait until a path was asked `count` times."""
        until = monotonic_seconds() + within_seconds
        with self._changed:
            while len(self.at(path)) < count:
                left = until - monotonic_seconds()
                assert left > 0, f"{path} was asked {len(self.at(path))} times, not {count}"
                self._changed.wait(left)
            return self.at(path)


@contextmanager
def running_application() -> Iterator[Application]:
    """Serve an application on a free port of this machine."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.daemon_threads = True
    application = Application(f"http://127.0.0.1:{server.server_address[1]}")
    server.application = application  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield application
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self._answer()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def _answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        parts = urlsplit(self.path)
        form = dict(parse_qsl(body, keep_blank_values=True, strict_parsing=bool(body)))
        asked = Asked(self.command, parts.path, parts.query, form, dict(self.headers.items()))
        given = self.server.application.take(asked)  # type: ignore[attr-defined]
        threading.Event().wait(given.wait_seconds)
        if given.breaks_off:
            return
        try:
            self.send_response(given.status)
            self.send_header("Content-Type", given.content_type)
            for name, value in given.headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(given.body.encode())
        except (BrokenPipeError, ConnectionResetError):
            pass
