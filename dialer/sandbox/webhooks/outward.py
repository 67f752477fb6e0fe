"""One HTTP request to the application: signed, timed, never to a host other than its own or this machine."""

import base64
import contextlib
import http.client
import ipaddress
import socket
import ssl
import threading
import uuid
from dataclasses import dataclass, field
from urllib.parse import unquote, urlencode, urlsplit

from dialer.clock import monotonic_seconds
from dialer.sandbox.exchange.leg import Fields
from dialer.sandbox.setup import Setup
from dialer.sandbox.webhooks.overrides import Patience
from dialer.sandbox.webhooks.signing import signature, url_to_sign

MOST_BODY_BYTES = 64 * 1024
_USER_AGENT = "TwilioProxy/1.1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One request as it is sent; a retry is the same letter, with the same `token`."""

    url: str
    method: str
    form: Fields
    is_voice: bool = True
    token: str = field(default_factory=lambda: str(uuid.uuid4()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What came back; `body` is cut one byte after 64 kB, which is how too long a one is known."""

    status: int
    content_type: str
    location: str | None
    body: bytes
    took_seconds: float


class Unreached(Exception):
    """No HTTP answer came; `phase` is what Twilio's retry policy calls it, `code` its error."""

    def __init__(self, code: int, phase: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.phase = phase


class Outward:
    """Sends letters; connections in flight are known, so that a stop need not wait for them."""

    def __init__(self, setup: Setup) -> None:
        self._setup = setup
        self._lock = threading.Lock()
        self._open: set[http.client.HTTPConnection] = set()
        self._is_abandoned = False

    def send(self, letter: Letter, patience: Patience) -> Reply:
        """Send one letter once; raises `Unreached` if no answer came in time."""
        target = _with_query(letter)
        connection = self._connection(target, patience)
        with self._lock:
            self._open.add(connection)
        try:
            return self._exchange(connection, letter, target, patience)
        except TimeoutError as error:
            raise Unreached(11200, "rt", "no answer in time") from error
        except (OSError, http.client.HTTPException) as error:
            raise Unreached(11200, "rt", f"the answer broke off ({type(error).__name__})") from error
        finally:
            with self._lock:
                self._open.discard(connection)
            connection.close()

    def abandon(self) -> None:
        """Break off what is in flight: the process is ending."""
        with self._lock:
            self._is_abandoned = True
            for connection in self._open:
                if connection.sock is not None:
                    with contextlib.suppress(OSError):
                        # Closing alone would not wake a thread that reads.
                        connection.sock.shutdown(socket.SHUT_RDWR)

    def _connection(self, url: str, patience: Patience) -> http.client.HTTPConnection:
        parts = urlsplit(self._delivered(url))
        host = parts.hostname or ""
        if not self._may_be_called(host):
            raise Unreached(
                11210,
                "dns",
                f"the stand-in calls only {self._setup.public_url} and this machine, not {host!r}",
            )
        if parts.scheme == "https":
            return http.client.HTTPSConnection(
                host, parts.port, timeout=patience.connect_seconds, context=ssl.create_default_context()
            )
        return http.client.HTTPConnection(host, parts.port, timeout=patience.connect_seconds)

    def _delivered(self, url: str) -> str:
        ours, parts = urlsplit(self._setup.public_url), urlsplit(url)
        if self._setup.deliver_to and (parts.scheme, parts.netloc) == (ours.scheme, ours.netloc):
            return self._setup.deliver_to
        return url

    def _may_be_called(self, host: str) -> bool:
        if host == "localhost" or host == urlsplit(self._setup.deliver_to or self._setup.public_url).hostname:
            return True
        try:
            return ipaddress.ip_address(host).is_loopback
        except ValueError:
            return False

    def _exchange(
        self, connection: http.client.HTTPConnection, letter: Letter, url: str, patience: Patience
    ) -> Reply:
        began = monotonic_seconds()
        try:
            connection.connect()
        except OSError as error:
            raise Unreached(11205, "ct", f"no connection ({type(error).__name__})") from error
        if self._is_abandoned:
            raise Unreached(11205, "stopped", "the stand-in is ending")
        self._write(connection, letter, url)
        limit = min(patience.read_seconds, patience.total_seconds - (monotonic_seconds() - began))
        until = monotonic_seconds() + limit
        connection.sock.settimeout(max(0.01, limit))
        response = connection.getresponse()
        body = _read(connection, response, until)
        return Reply(
            status=response.status,
            content_type=response.headers.get("Content-Type", ""),
            location=response.headers.get("Location"),
            body=body,
            took_seconds=monotonic_seconds() - began,
        )

    def _write(self, connection: http.client.HTTPConnection, letter: Letter, url: str) -> None:
        parts = urlsplit(url)
        form = () if letter.method == "GET" else letter.form
        headers = {
            "Host": parts.netloc.rpartition("@")[2],
            "User-Agent": _USER_AGENT,
            "Accept": "*/*",
            "Connection": "close",
            "I-Twilio-Idempotency-Token": letter.token,
            "X-Home-Region": "us1",
            "X-Twilio-Signature": signature(
                self._setup.account.auth_token, url_to_sign(url, is_voice=letter.is_voice), form
            ),
        }
        if parts.username is not None:
            secret = f"{unquote(parts.username)}:{unquote(parts.password or '')}".encode()
            headers["Authorization"] = "Basic " + base64.b64encode(secret).decode()
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        if letter.method == "GET":
            connection.request("GET", path, headers=headers)
            return
        headers["Content-Type"] = "application/x-www-form-urlencoded; charset=UTF-8"
        connection.request("POST", path, body=urlencode(form).encode(), headers=headers)


def _with_query(letter: Letter) -> str:
    bare = letter.url.partition("#")[0]
    if letter.method != "GET" or not letter.form:
        return bare
    return bare + ("&" if "?" in bare else "?") + urlencode(letter.form)


def _read(connection: http.client.HTTPConnection, response: http.client.HTTPResponse, until: float) -> bytes:
    body = b""
    # Read in pieces against one deadline: a server that drips bytes must not outlast the total time-out.
    while len(body) <= MOST_BODY_BYTES:
        left = until - monotonic_seconds()
        if left <= 0:
            raise TimeoutError
        if connection.sock is not None:
            connection.sock.settimeout(left)
        piece = response.read1(MOST_BODY_BYTES + 1 - len(body))
        if not piece:
            break
        body += piece
    return body
