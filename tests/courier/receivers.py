"""Ill-mannered receivers on loopback: each connection is handed to a function that may do as it likes."""

import contextlib
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

CERTIFICATES = Path(__file__).parent / "certificates"
OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"

Manners = Callable[[socket.socket], None]


@dataclass
class Receiver:
    """Where it listens, what it read, and how often it was connected to."""

    port: int
    requests: list[bytes] = field(default_factory=list)
    connections: int = 0


def whole_request(client: socket.socket) -> bytes:
    """Read one request with its body."""
    read = b""
    while b"\r\n\r\n" not in read:
        piece = client.recv(65536)
        if not piece:
            return read
        read += piece
    head, _, body = read.partition(b"\r\n\r\n")
    length = next(
        (
            int(line.split(b":")[1])
            for line in head.split(b"\r\n")
            if line.lower().startswith(b"content-length")
        ),
        0,
    )
    while len(body) < length:
        body += client.recv(65536)
    return head + b"\r\n\r\n" + body


@contextlib.contextmanager
def receiver(manners: Callable[[socket.socket, Receiver], None]) -> Iterator[Receiver]:
    """Listen on a free loopback port; every connection is dealt with in a thread of its own."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        it = Receiver(port=listening.getsockname()[1])

        def deal(client: socket.socket) -> None:
            with client, contextlib.suppress(OSError):
                manners(client, it)

        def accept() -> None:
            with contextlib.suppress(OSError):
                while True:
                    client, _ = listening.accept()
                    it.connections += 1
                    threading.Thread(target=deal, args=(client,), daemon=True).start()

        threading.Thread(target=accept, daemon=True).start()
        yield it
        listening.shutdown(socket.SHUT_RDWR)


def polite(answer: bytes = OK) -> Callable[[socket.socket, Receiver], None]:
    """Answer every request on the connection with the same bytes."""

    def manners(client: socket.socket, it: Receiver) -> None:
        while request := whole_request(client):
            it.requests.append(request)
            client.sendall(answer)

    return manners


def certified() -> ssl.SSLContext:
    """Return what a server of the name receiver.example speaks TLS with."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATES / "receiver.pem")
    return context


def over_tls(inner: Callable[[socket.socket, Receiver], None]) -> Callable[[socket.socket, Receiver], None]:
    """Speak TLS as receiver.example first."""
    context = certified()

    def manners(client: socket.socket, it: Receiver) -> None:
        with context.wrap_socket(client, server_side=True) as wrapped:
            inner(wrapped, it)

    return manners
