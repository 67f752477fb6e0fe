"""One mail to one mail server, by the courier's rules: resolved once, checked, encrypted, bounded in time.

    smtps://host[:465]    TLS from the first byte
    smtp://host[:587]     STARTTLS, and nothing is said before it; plain only where a demo allows it

Source: RFC 5321 (replies), RFC 3207 (STARTTLS), RFC 8314 section 3 (ports 465 and 587).
"""

import smtplib
import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from email.message import EmailMessage
from typing import Final
from urllib.parse import urlsplit

from dialer.courier.connection import CONNECT_SECONDS, Deadline
from dialer.courier.resolving import addresses_of
from dialer.delivery.address import Allowance, ForbiddenAddress, check_address, check_host
from dialer.delivery.reply import Posted, Unreachable

TOTAL_SECONDS: Final = 10.0
_PORTS: Final = {"smtps": 465, "smtp": 587}
_READY: Final = 220
_DONE: Final = 250
_EXPECTED: Final = "a mail server must be smtps://host[:port] or smtp://host[:port], with no log-in in it"
_HELO: Final = "ringfence.invalid"

Resolve = Callable[[str, int], tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class MailServer:
    """A mail server as its URL names it."""

    scheme: str
    host: str
    port: int


def read_mail_server(url: str, allowance: Allowance) -> MailServer:
    """Take `smtp(s)://host[:port]` apart, or raise ForbiddenAddress; touches no wire."""
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        raise ForbiddenAddress(_EXPECTED) from None
    if parts.scheme not in _PORTS or not url.isascii() or parts.path.strip("/") or parts.query or "@" in url:
        raise ForbiddenAddress(_EXPECTED)
    check_host(host, allowance)
    return MailServer(scheme=parts.scheme, host=host, port=port or _PORTS[parts.scheme])


class MailCourier:
    """Posts mails for one worker; `trust` None means the system's certificates."""

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

    def post(self, url: str, message: EmailMessage, *, login: tuple[str, str] | None) -> Posted:
        """Hand one mail over and return what the server answered to it.

        Raises ForbiddenAddress (nothing was sent) and Unreachable.
        """
        server = read_mail_server(url, self._allowance)
        deadline = Deadline(self._total)
        session = self._session_with(server)
        with deadline.over(session), _in_words(deadline), _ended(session):
            session.begin(server.port)
            self._encrypt(server, session)
            if login is not None:
                session.login(*login)
            code, said = _handed_over(session, message)
        return Posted(code=code, said=said, took=timedelta(seconds=deadline.used_seconds))

    def _session_with(self, server: MailServer) -> "_ToAddress":
        addresses = [check_address(text, self._allowance) for text in self._resolve(server.host, server.port)]
        if not addresses:
            raise Unreachable("its name leads to no address; check the destination's URL")
        kind = _TlsToAddress if server.scheme == "smtps" else _ToAddress
        return kind(server.host, str(addresses[0]), timeout=self._total, trust=self._trust)

    def _encrypt(self, server: MailServer, session: "_ToAddress") -> None:
        if server.scheme == "smtps":
            return
        session.ehlo_or_helo_if_needed()
        if session.has_extn("starttls"):
            session.starttls(context=self._trust)
        elif not self._allowance.plain_http:
            raise Unreachable("it offers no STARTTLS: callees' numbers are not sent in the clear")


class _ToAddress(smtplib.SMTP):
    """Speaks to one checked address under the server's own name, which its certificate must bear."""

    def __init__(self, host: str, address: str, *, timeout: float, trust: ssl.SSLContext) -> None:
        self._address, self._trust = address, trust
        self._hold: socket.socket | None = None
        # Without a host the library does not connect yet: there must be something to cut when it does.
        super().__init__(local_hostname=_HELO, timeout=timeout)
        self._host = host

    def begin(self, port: int) -> None:
        """Connect, and read the server's greeting."""
        code, said = self.connect(self._host, port)
        if code != _READY:
            raise smtplib.SMTPConnectError(code, said)

    def cut(self) -> None:
        """End it while another thread reads."""
        if self._hold is not None:
            with suppress(OSError):
                self._hold.shutdown(socket.SHUT_RDWR)

    def end(self) -> None:
        """Close everything, politely where there is still somebody to be polite to."""
        with suppress(smtplib.SMTPException, OSError):
            self.quit()
        self.close()
        if self._hold is not None:
            self._hold.close()
            self._hold = None

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:  # noqa: ARG002
        made = socket.create_connection((self._address, port), min(timeout, CONNECT_SECONDS))
        made.settimeout(timeout)
        self._hold = made.dup()
        return made


class _TlsToAddress(_ToAddress):
    """The same with TLS from the first byte."""

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        plain = super()._get_socket(host, port, timeout)
        return self._trust.wrap_socket(plain, server_hostname=self._host)


def _handed_over(session: smtplib.SMTP, message: EmailMessage) -> tuple[int, bytes]:
    """Hand the mail over; a refusal of it, or of its one recipient, is an answer and no fault."""
    try:
        session.send_message(message)
    except smtplib.SMTPRecipientsRefused as problem:
        return next(iter(problem.recipients.values()))
    except smtplib.SMTPResponseException as problem:
        said = problem.smtp_error
        return problem.smtp_code, said if isinstance(said, bytes) else said.encode()
    return _DONE, b""


@contextmanager
def _ended(session: _ToAddress) -> Iterator[None]:
    try:
        yield
    finally:
        session.end()


@contextmanager
def _in_words(deadline: Deadline) -> Iterator[None]:
    """Say what the library raises without its words, which may repeat addresses; the rest goes on."""
    try:
        yield
    except smtplib.SMTPException as problem:
        if not deadline.left_seconds:
            raise TimeoutError from None
        if isinstance(problem, smtplib.SMTPAuthenticationError):
            said = f"it refuses our log-in ({problem.smtp_code}); give the destination a new one"
        elif isinstance(problem, smtplib.SMTPResponseException):
            said = f"it answered {problem.smtp_code} before any mail was handed over"
        else:
            said = f"it does not speak SMTP as it should ({type(problem).__name__})"
        raise Unreachable(said) from None
