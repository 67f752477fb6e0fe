"""Everything in the store as of one moment, as the server itself writes it (RDB), without stopping anybody.

We ask as a replica does (SYNC) and go away after the snapshot. The server forks, so writes go on meanwhile.
Source: Redis replication, "PSYNC and SYNC" and "diskless replication": `$<length>` and the bytes, or `$EOF:`
and forty characters that end it.
"""

import socket
from collections.abc import Callable
from typing import Any, BinaryIO, Final

from redis import Redis
from redis.exceptions import RedisError

from dialer.errors import CannotKeep, Misconfigured
from dialer.store.trouble import kept

_PIECE_BYTES: Final = 256 * 1024
_MARK_BYTES: Final = 40
# A server waits some seconds for further replicas before it forks (`repl-diskless-sync-delay`, 5 s).
_PATIENCE_SECONDS: Final = 120.0
_NO_REPLICA: Final = "the server refuses a replica; take the snapshot its own service offers"
_OVER: Final = "the server broke off its snapshot; look at its log, then back up again"


def write_snapshot(redis: "Redis", file: BinaryIO, told: Callable[[int], None]) -> int:
    """Write the store as of now and return the bytes; `told` hears how many are written as they come.

    Raises Misconfigured where the server allows no replica (managed services: take their own snapshot), and
    CannotKeep where it breaks off.
    """
    with kept("asking for a snapshot"):
        connection: Any = redis.connection_pool.get_connection()
    try:
        with kept("asking for a snapshot"):
            connection.send_command("REPLCONF", "capa", "eof")
            connection.read_response()
            connection.send_command("SYNC")
        line: Any = connection._sock
        line.settimeout(_PATIENCE_SECONDS)
        return _Snapshot(line, file, told).take()
    except RedisError as problem:
        raise Misconfigured(_NO_REPLICA) from problem
    except OSError as problem:
        raise CannotKeep(_OVER) from problem
    finally:
        # What the server would send from now on, as to a replica, is nobody's answer.
        connection.disconnect()
        redis.connection_pool.release(connection)


class _Snapshot:
    def __init__(self, line: socket.socket, file: BinaryIO, told: Callable[[int], None]) -> None:
        self._line, self._file, self._told = line, file, told
        self._written, self._held = 0, b""

    def take(self) -> int:
        head = self._head()
        if head.startswith(b"-"):
            raise Misconfigured(_NO_REPLICA)
        if head.startswith(b"$EOF:"):
            self._until(head[len(b"$EOF:") :])
        elif head.startswith(b"$") and head[1:].isdigit():
            self._exactly(int(head[1:]))
        else:
            raise CannotKeep(_OVER)
        return self._written

    def _head(self) -> bytes:
        # Bare newlines keep the connection alive while the server prepares.
        while True:
            self._held = self._held.lstrip(b"\n")
            line, end, rest = self._held.partition(b"\r\n")
            if end:
                self._held = rest
                return line
            self._held += self._piece()

    def _exactly(self, length: int) -> None:
        while self._written + len(self._held) < length:
            self._put(self._held)
            self._held = self._piece()
        self._put(self._held[: length - self._written])

    def _until(self, mark: bytes) -> None:
        if len(mark) != _MARK_BYTES:
            raise CannotKeep(_OVER)
        while not self._held.endswith(mark):
            # The mark may lie across two pieces, so what could be its beginning is held back.
            ready, self._held = self._held[:-_MARK_BYTES], self._held[-_MARK_BYTES:]
            self._put(ready)
            self._held += self._piece()
        self._put(self._held[:-_MARK_BYTES])

    def _put(self, piece: bytes) -> None:
        self._file.write(piece)
        self._written += len(piece)
        self._told(self._written)

    def _piece(self) -> bytes:
        piece = self._line.recv(_PIECE_BYTES)
        if not piece:
            raise CannotKeep(_OVER)
        return piece
