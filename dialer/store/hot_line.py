"""The hot line to Redis: packed commands out, raw replies in, on connections that are kept at hand.

The client library's own way costs 20 µs of bookkeeping a call (a pool's lock, a poll of the socket, metrics
nobody reads) and 3 µs more for each further reply of a packet; a screening has 24 replies. So the library
still connects, logs in and parses, and the way in between is this. Measured by `benchmarks.gather`.
"""

import os
from collections.abc import Callable, Sequence
from typing import Any, Final

from hiredis import pack_command
from redis import Redis
from redis.exceptions import ConnectionError, NoScriptError

from dialer.store.scripts import Argument, source

Command = tuple[Argument, ...]
# Its stub takes one argument where the function takes any number.
_packed: Final[Callable[[Command], bytes]] = pack_command  # type: ignore[assignment]


class HotLine:
    """Speaks to the server of one client, by its addresses, time-outs and credentials; safe for threads."""

    def __init__(self, redis: "Redis") -> None:
        self._pool = redis.connection_pool
        self._callbacks: Any = redis.response_callbacks
        self._idle: list[Any] = []

    def ask(self, commands: Sequence[Command], *, may_repeat: bool = False) -> list[Any]:
        """Send all commands in one packet and return their replies, an error among them as its exception.

        With `may_repeat` (reads only) a connection that was closed while nobody used it is made anew and the
        packet sent again. Raises redis-py's ConnectionError or TimeoutError: then nothing is known.
        """
        packet = b"".join([_packed(command) for command in commands])
        connection = self._take()
        was_kept = connection.is_connected
        try:
            return self._exchange(connection, packet, len(commands))
        except ConnectionError:
            if not (was_kept and may_repeat):
                raise
        return self._exchange(connection, packet, len(commands))

    def run(self, name: str, *, keys: Sequence[str], arguments: Sequence[Argument]) -> Any:
        """Run `lua/{name}.lua` in one round trip, two after the server lost its scripts; never sent again."""
        text, digest = source(name)
        (reply,) = self.ask([("EVALSHA", digest, len(keys), *keys, *arguments)])
        if isinstance(reply, NoScriptError):
            (reply,) = self.ask([("EVAL", text, len(keys), *keys, *arguments)])
        return all_well(reply)

    def read(self, name: str, reply: Any) -> Any:
        """Return a plain command's raw reply as the client library would: INFO as a dict."""
        reading = self._callbacks.get(name)
        return reply if reading is None or isinstance(reply, Exception) else reading(reply)

    def _take(self) -> Any:
        """Return an idle connection of this process, or one that is new."""
        while self._idle:
            try:
                connection = self._idle.pop()
            except IndexError:
                break
            # A process that was forked off must not speak on its parent's connections.
            if connection.pid == os.getpid():
                return connection
        return self._pool.get_connection()

    def _exchange(self, connection: Any, packet: bytes, replies: int) -> list[Any]:
        try:
            connection.send_packed_command([packet], check_health=False)
            read = connection._parser.read_response
            return [read() for _ in range(replies)]
        except BaseException:
            # What is still under way on it would be taken for the next packet's answer.
            connection.disconnect()
            raise
        finally:
            self._idle.append(connection)


def all_well(reply: Any) -> Any:
    """Return a reply, or raise the error it is, or the first that a transaction's replies have among them."""
    errors = [reply] if isinstance(reply, Exception) else []
    if isinstance(reply, list):
        errors = [part for part in reply if isinstance(part, Exception)]
    if errors:
        raise errors[0]
    return reply
