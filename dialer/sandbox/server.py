"""The stand-in's HTTP server, on 127.0.0.1 only, and `serve`, which starts and ends it."""

import socket
import sys
import threading
from collections.abc import Mapping
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from urllib.parse import parse_qs, urlsplit

from dialer.errors import RingfenceError
from dialer.sandbox.account import refuse_real_credentials
from dialer.sandbox.doors import control
from dialer.sandbox.rest import doors as rest
from dialer.sandbox.routing import MOST_BODY_BYTES, Answer, Request, Route, find, json_answer
from dialer.sandbox.setup import Setup
from dialer.sandbox.world import World

HOST = "127.0.0.1"
MOST_CONNECTIONS = 128
_IDLE_SECONDS = 30.0


def serve(setup: Setup, *, port: int = 0, environment: Mapping[str, str]) -> "Sandbox":
    """Start a stand-in in this process and return it; port 0 takes a free one.

    Raises `Misconfigured`, naming the setting, if `environment` holds real credentials.
    """
    refuse_real_credentials(environment, setup.account)
    return Sandbox(World(setup), port)


class Sandbox:
    """A running stand-in; a context manager, or `close()` it."""

    def __init__(self, world: World, port: int) -> None:
        self.world = world
        self._server = _Server(world, port)
        self.port = int(self._server.server_address[1])
        self.url = world.base_url = f"http://{HOST}:{self.port}"
        self._thread = threading.Thread(
            target=self._server.serve_forever,
            kwargs={"poll_interval": 0.05},
            name="sandbox-server",
            daemon=True,
        )
        self._thread.start()

    def close(self) -> bool:
        """End all calls and stop; tell whether every thread ended."""
        self._server.shutdown()
        has_ended = self.world.close()
        self._server.close_connections()
        self._server.server_close()
        self._thread.join(timeout=5)
        return has_ended and not self._thread.is_alive()

    def __enter__(self) -> "Sandbox":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = MOST_CONNECTIONS

    def __init__(self, world: World, port: int) -> None:
        self.world = world
        self.routes = (*rest.routes(world), *control.routes(world))
        self._places = threading.BoundedSemaphore(MOST_CONNECTIONS)
        self._connections: set[socket.socket] = set()
        self._guard = threading.Lock()
        super().__init__((HOST, port), _Handler)

    def process_request(self, request: object, client_address: object) -> None:
        """Serve one connection in a thread, if there is room; else close it."""
        assert isinstance(request, socket.socket)
        if not self._places.acquire(blocking=False):
            self.shutdown_request(request)
            return
        with self._guard:
            self._connections.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: object) -> None:
        """Close one connection and free its place."""
        assert isinstance(request, socket.socket)
        with self._guard:
            had_place = request in self._connections
            self._connections.discard(request)
        if had_place:
            self._places.release()
        super().shutdown_request(request)

    def close_connections(self) -> None:
        """Close what clients keep open, so that no thread outlives the server."""
        with self._guard:
            open_now = tuple(self._connections)
        for connection in open_now:
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue

    def handle_error(self, request: object, client_address: object) -> None:
        """Keep quiet about clients that went away; anything else is printed by the base class."""
        if not isinstance(sys.exc_info()[1], ConnectionError | TimeoutError | ValueError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "TwilioStandIn/1"
    sys_version = ""
    timeout = _IDLE_SECONDS
    server: _Server

    def do_GET(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self._answer()

    def do_DELETE(self) -> None:
        self._answer()

    def do_PUT(self) -> None:
        self._answer()

    def log_message(self, format: str, *args: object) -> None:
        """Log nothing: paths and forms hold telephone numbers."""

    def _answer(self) -> None:
        length = self.headers.get("Content-Length", "0")
        if not length.isdecimal() or int(length) > MOST_BODY_BYTES:
            self.close_connection = True
            self._send(json_answer({"error": f"a body is at most {MOST_BODY_BYTES} bytes"}, status=413))
            return
        parts = urlsplit(self.path)
        request = Request(
            method=self.command,
            path=parts.path,
            query=parse_qs(parts.query, keep_blank_values=True),
            headers={name.lower(): value for name, value in self.headers.items()},
            body=self.rfile.read(int(length)),
        )
        self._send(dispatch(self.server.world, self.server.routes, request))

    def _send(self, answer: Answer) -> None:
        self.send_response(answer.status)
        if answer.status != 204:
            self.send_header("Content-Type", answer.content_type)
            self.send_header("Content-Length", str(len(answer.body)))
        for name, value in answer.headers:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(answer.body)


def dispatch(world: World, routes: tuple[Route, ...], request: Request) -> Answer:
    """Return the answer to one request; every error of ours becomes the door's own shape."""
    is_rest = request.path.startswith(rest.PREFIX)
    handler, parts, exists = find(routes, request.method, request.path)
    try:
        if is_rest:
            rest.check(world, request, parts.get("account", world.setup.account.sid))
        if handler is None:
            return rest.missing(request, path_exists=exists) if is_rest else _missing(exists)
        return handler(replace(request, parts=parts))
    except RingfenceError as error:
        if is_rest:
            return rest.refused(request, error)
        return json_answer({"error": error.message, "status": error.status}, status=error.status)


def _missing(exists: bool) -> Answer:
    status, text = (405, "not with this method") if exists else (404, "no such door; see docs/sandbox.md")
    return json_answer({"error": text, "status": status}, status=status)
