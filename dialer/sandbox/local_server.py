"""A small HTTP server on 127.0.0.1 only: bounded connections and bodies, no thread left at the end."""

import socket
import sys
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from dialer.sandbox.routing import MOST_BODY_BYTES, Answer, Request, json_answer

HOST = "127.0.0.1"
MOST_CONNECTIONS = 128
MOST_DISCARDED_BYTES = 16_000_000
_IDLE_SECONDS = 30.0
_STOP_WITHIN_SECONDS = 5.0


class LocalServer:
    """Answers requests in threads from its making until `close()`."""

    def __init__(self, answer: Callable[[Request], Answer], port: int) -> None:
        self._server = _Server(answer, port)
        self.port = int(self._server.server_address[1])
        self.url = f"http://{HOST}:{self.port}"
        self._thread = threading.Thread(
            target=self._server.serve_forever,
            kwargs={"poll_interval": 0.05},
            name="sandbox-server",
            daemon=True,
        )
        self._thread.start()

    def stop_taking(self) -> None:
        """Take no more connections; those there are go on."""
        self._server.shutdown()

    def close(self) -> bool:
        """Close every connection and the socket; tell whether the server's thread ended."""
        self._server.shutdown()
        self._server.close_connections()
        self._server.server_close()
        self._thread.join(_STOP_WITHIN_SECONDS)
        return not self._thread.is_alive()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = MOST_CONNECTIONS

    def __init__(self, answer: Callable[[Request], Answer], port: int) -> None:
        self.answer = answer
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
        """End what clients keep open, so that no thread outlives the server."""
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
    server_version = "RingfenceSandbox/1"
    sys_version = ""
    timeout = _IDLE_SECONDS
    server: _Server

    def do_GET(self) -> None:
        """Answer a GET."""
        self._answer()

    def do_POST(self) -> None:
        """Answer a POST."""
        self._answer()

    def do_DELETE(self) -> None:
        """Answer a DELETE."""
        self._answer()

    def do_PUT(self) -> None:
        """Answer a PUT."""
        self._answer()

    def log_message(self, format: str, *args: object) -> None:
        """Log nothing: paths and forms hold telephone numbers."""

    def _answer(self) -> None:
        length = self.headers.get("Content-Length", "0")
        if not length.isdecimal() or int(length) > MOST_BODY_BYTES or "Transfer-Encoding" in self.headers:
            self.close_connection = True
            self._discard(int(length) if length.isdecimal() else 0)
            refusal = {"error": f"send a Content-Length of at most {MOST_BODY_BYTES} bytes", "status": 413}
            self._send(json_answer(refusal, status=413))
            return
        if not self._is_from_this_machine():
            self.close_connection = True
            self._send(
                json_answer(
                    {"error": "only this machine's own pages may call here", "status": 403}, status=403
                )
            )
            return
        parts = urlsplit(self.path)
        request = Request(
            method=self.command,
            path=parts.path,
            query=parse_qs(parts.query, keep_blank_values=True),
            headers={name.lower(): value for name, value in self.headers.items()},
            body=self.rfile.read(int(length)),
        )
        self._send(self.server.answer(request))

    def _is_from_this_machine(self) -> bool:
        """Refuse other names for this machine, and pages of other sites: a browser here may visit either."""
        names = [f"//{self.headers.get('Host', '')}"]
        if origin := self.headers.get("Origin"):
            names.append(origin)
        return all(urlsplit(name).hostname in {HOST, "localhost"} for name in names)

    def _discard(self, length: int) -> None:
        """Read what is too long, within reason: a client that still sends does not read a refusal."""
        left = min(length, MOST_DISCARDED_BYTES)
        while left > 0 and (piece := self.rfile.read(min(left, 65_536))):
            left -= len(piece)

    def _send(self, answer: Answer) -> None:
        self.send_response(answer.status)
        if answer.status != 204:
            self.send_header("Content-Type", answer.content_type)
            self.send_header("Content-Length", str(len(answer.body)))
        for name, value in answer.headers:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(answer.body)
