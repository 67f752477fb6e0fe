"""One request out, one answer back; a few connections are kept open between them."""

import ssl
from collections.abc import Callable, Mapping
from contextlib import closing
from datetime import timedelta
from typing import Final, Literal

from urllib3.response import BaseHTTPResponse

from dialer.courier.connection import CONNECT_SECONDS, Deadline, Guarded, connection_to
from dialer.courier.resolving import addresses_of
from dialer.delivery.address import Allowance, Target, check_address, read_target
from dialer.delivery.reply import Reply, Unreachable

TOTAL_SECONDS: Final = 10.0
LONGEST_ANSWER: Final = 64 * 1024
PIECE_BYTES: Final = 256 * 1024
MOST_KEPT: Final = 8
_MOST_ADDRESSES: Final = 3

Method = Literal["GET", "POST"]
Resolve = Callable[[str, int], tuple[str, ...]]


class Courier:
    """Carries requests for one worker, not for several threads.

    `trust` None means the system's certificates. `resolve` answers host and port with addresses as text.
    """

    def __init__(
        self,
        allowance: Allowance,
        *,
        trust: ssl.SSLContext | None = None,
        resolve: Resolve = addresses_of,
        total_seconds: float = TOTAL_SECONDS,
    ) -> None:
        self._allowance = allowance
        self._trust = trust or ssl.create_default_context()
        self._resolve = resolve
        self._total = total_seconds
        self._kept: dict[tuple[str, str, int], Guarded] = {}

    def send(self, method: Method, url: str, *, headers: Mapping[str, str], body: bytes = b"") -> Reply:
        """Send one request and return the answer, whatever its status; takes at most `total_seconds`.

        Raises ForbiddenAddress (nothing was sent) and Unreachable.
        """
        target = read_target(url, self._allowance)
        deadline = Deadline(self._total)
        kept = self._take_kept(target)
        if kept is not None:
            try:
                return self._exchange(kept, target, method, headers, body, deadline)
            except Unreachable:
                # The server may close a kept connection just as it is used again; then a fresh one, once.
                if not deadline.left_seconds:
                    raise
        return self._exchange(self._connect(target, deadline), target, method, headers, body, deadline)

    def fetch(
        self,
        url: str,
        *,
        headers: Mapping[str, str],
        accept: Callable[[Reply], bool],
        take: Callable[[bytes], bool],
        most_bytes: int,
    ) -> Reply:
        """GET what may be long, piece by piece, on a connection of its own; returns the answer, bodiless.

        `accept` sees status and headers first; if it says no, nothing is read. `take` says whether it needs
        more. Raises ForbiddenAddress, and Unreachable where it broke off, took too long or is too long.
        """
        target = read_target(url, self._allowance)
        deadline = Deadline(self._total)
        connection = self._connect(target, deadline)
        try:
            with deadline.over(connection):
                connection.timeout = self._total
                connection.request(
                    "GET", target.path, headers=_headers(target, headers), preload_content=False
                )
                with closing(connection.getresponse()) as answer:
                    reply = _reply(answer, b"", deadline)
                    if accept(reply):
                        _take_all(answer, take, most_bytes)
        finally:
            # Whoever has enough leaves in the middle: such a connection is good for nothing else.
            connection.end()
        return reply

    def close(self) -> None:
        """Close the connections that are kept."""
        while self._kept:
            self._kept.popitem()[1].end()

    def _take_kept(self, target: Target) -> Guarded | None:
        connection = self._kept.pop(_place(target), None)
        if connection is None or connection.is_connected:
            return connection
        connection.end()
        return None

    def _connect(self, target: Target, deadline: Deadline) -> Guarded:
        # All are checked before any is used: a name that leads inside as well as outside leads inside.
        addresses = [check_address(text, self._allowance) for text in self._resolve(target.host, target.port)]
        failure = Unreachable("its name leads to no address; check the destination's URL")
        for address in addresses[:_MOST_ADDRESSES]:
            left = min(CONNECT_SECONDS, deadline.left_seconds)
            if not left:
                break
            connection = connection_to(target, address, self._trust, connect_seconds=left)
            try:
                with deadline.over(connection):
                    connection.connect()
            except Unreachable as problem:
                connection.end()
                failure = problem
            else:
                return connection
        raise failure

    def _exchange(
        self,
        connection: Guarded,
        target: Target,
        method: Method,
        headers: Mapping[str, str],
        body: bytes,
        deadline: Deadline,
    ) -> Reply:
        is_whole = False
        try:
            with deadline.over(connection):
                connection.timeout = self._total
                sent = _headers(target, headers)
                connection.request(method, target.path, body=body, headers=sent, preload_content=False)
                with closing(connection.getresponse()) as answer:
                    text = answer.read(LONGEST_ANSWER, decode_content=False)
                    is_whole = not answer.read(1, decode_content=False)
        finally:
            self._keep(connection, target) if is_whole and connection.sock else connection.end()
        return _reply(answer, text, deadline)

    def _keep(self, connection: Guarded, target: Target) -> None:
        if len(self._kept) >= MOST_KEPT:
            self.close()
        self._kept[_place(target)] = connection


def _headers(target: Target, headers: Mapping[str, str]) -> dict[str, str]:
    return {"Host": target.host_header, "Accept-Encoding": "identity", **headers}


def _reply(answer: BaseHTTPResponse, body: bytes, deadline: Deadline) -> Reply:
    return Reply(
        status=answer.status,
        headers={name.lower(): value for name, value in answer.headers.items()},
        body=body,
        took=timedelta(seconds=deadline.used_seconds),
    )


def _take_all(answer: BaseHTTPResponse, take: Callable[[bytes], bool], most_bytes: int) -> None:
    seen, promised = 0, answer.headers.get("Content-Length", "")
    while piece := answer.read(PIECE_BYTES, decode_content=False):
        seen += len(piece)
        if seen > most_bytes:
            raise Unreachable(f"what it sends is longer than {most_bytes} bytes; nothing of it was kept")
        if not take(piece):
            return
    if promised.isdecimal() and seen < int(promised):
        raise Unreachable(f"it broke off after {seen} of {promised} bytes")


def _place(target: Target) -> tuple[str, str, int]:
    return target.scheme, target.host, target.port
