"""Host names to addresses, in bounded time: the system's resolver has no time-out of its own."""

import socket
import threading
from queue import Empty, SimpleQueue
from typing import Final

from dialer.delivery.reply import Unreachable

RESOLVE_SECONDS: Final = 3.0


def addresses_of(host: str, port: int, *, within_seconds: float = RESOLVE_SECONDS) -> tuple[str, ...]:
    """Return all addresses of a host as text, in the system's order; raises Unreachable.

    A resolver that hangs leaves one daemon thread behind until it gives up by itself.
    """
    answers: SimpleQueue[tuple[str, ...] | OSError] = SimpleQueue()

    def ask() -> None:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            answers.put(tuple(dict.fromkeys(str(entry[4][0]) for entry in found)))
        except (OSError, UnicodeError) as problem:
            answers.put(OSError(problem))

    threading.Thread(target=ask, daemon=True, name="resolver").start()
    try:
        answer = answers.get(timeout=within_seconds)
    except Empty:
        raise Unreachable(f"its name did not resolve within {within_seconds:g} s") from None
    if isinstance(answer, OSError):
        raise Unreachable("its name does not resolve; check the destination's URL")
    return answer
