"""Connections to one checked address, which can be ended from outside when their time is over."""

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPException
from typing import Final, Protocol

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import ConnectTimeoutError, HTTPError, NewConnectionError, ReadTimeoutError, SSLError

from dialer.clock import monotonic_seconds
from dialer.delivery.address import Address, Target
from dialer.delivery.reply import Unreachable

CONNECT_SECONDS: Final = 3.0


class Guarded(HTTPConnection):
    """Keeps a second hold on its socket: no time-out of a socket bounds one that drips byte by byte."""

    hold: socket.socket | None = None

    def _new_conn(self) -> socket.socket:
        # Taken before TLS begins, since a handshake can be dripped too; a duplicate outlives the wrapping.
        made = super()._new_conn()
        self.hold = made.dup()
        return made

    def cut(self) -> None:
        """End it while another thread reads; that thread then sees the connection close."""
        if self.hold is not None:
            with suppress(OSError):
                self.hold.shutdown(socket.SHUT_RDWR)

    def end(self) -> None:
        """Close everything; `close` alone is also called by the library while an answer is still read."""
        self.close()
        if self.hold is not None:
            self.hold.close()
            self.hold = None


class GuardedTls(Guarded, HTTPSConnection):
    """The same over TLS, with the certificate checked for the host's name, not for the address."""


def connection_to(
    target: Target, address: Address, trust: ssl.SSLContext, *, connect_seconds: float = CONNECT_SECONDS
) -> Guarded:
    """Return a connection, not yet made, to this very address."""
    if target.scheme == "http":
        return Guarded(str(address), target.port, timeout=connect_seconds)
    return GuardedTls(
        str(address),
        target.port,
        timeout=connect_seconds,
        ssl_context=trust,
        server_hostname=target.host,
    )


class Cuttable(Protocol):
    """What can be ended from another thread."""

    def cut(self) -> None:
        """End it while another thread reads."""


class Deadline:
    """One request's time: counted from its beginning over resolving, connecting, asking and reading."""

    def __init__(self, total_seconds: float) -> None:
        self._total = total_seconds
        self._until = monotonic_seconds() + total_seconds

    @property
    def left_seconds(self) -> float:
        """Return what is left of it, at least 0."""
        return max(0.0, self._until - monotonic_seconds())

    @property
    def used_seconds(self) -> float:
        """Return what has been used of it."""
        return self._total - (self._until - monotonic_seconds())

    @contextmanager
    def over(self, connection: Cuttable) -> Iterator[None]:
        """Cut the connection when the time is over; whatever goes wrong inside becomes Unreachable."""
        watch = threading.Timer(self.left_seconds, connection.cut)
        watch.daemon = True
        watch.start()
        try:
            yield
            if not self.left_seconds:
                # A cut in the middle of the headers looks like their end: what was read then is no answer.
                raise TimeoutError
        except (HTTPError, HTTPException, OSError, ValueError) as problem:
            if not self.left_seconds:
                raise Unreachable(f"no whole answer within {self._total:g} s") from None
            raise Unreachable(_said(problem)) from None
        finally:
            watch.cancel()


def _said(problem: Exception) -> str:
    """Return the reason in our words; the library's own may repeat the URL."""
    match problem:
        case ssl.SSLCertVerificationError() | SSLError(args=[ssl.SSLCertVerificationError(), *_]):
            cause = problem if isinstance(problem, ssl.SSLError) else problem.args[0]
            return f"its certificate is not trusted ({cause.verify_message}); nothing was sent"
        case ssl.SSLError() | SSLError():
            return "TLS failed; check that the port speaks https"
        case NewConnectionError():
            return "it refused the connection, or nobody listens there"
        case ConnectTimeoutError():
            return "it took too long to connect"
        case ReadTimeoutError() | TimeoutError():
            return "it did not answer in time"
        case _:
            return f"the connection broke ({type(problem).__name__})"
