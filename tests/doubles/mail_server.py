"""A real mail server (aiosmtpd) for tests, with a certificate of its own where it is to speak TLS."""

import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

USER, PASSWORD = "ringfence", "correct horse"


@dataclass
class MailServer:
    """What it was handed, and what it answers to a recipient and to a mail."""

    port: int = 0
    mails: list[EmailMessage] = field(default_factory=list)
    to_recipient: str = "250 OK"
    to_mail: str = "250 taken"

    async def handle_RCPT(  # noqa: N802 - the library looks for this name
        self, _server: Any, _session: Any, envelope: Any, address: str, _more: Any
    ) -> str:
        """Answer RCPT TO."""
        if self.to_recipient.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.to_recipient

    async def handle_DATA(  # noqa: N802 - the library looks for this name
        self, _server: Any, _session: Any, envelope: Any
    ) -> str:
        """Answer the mail itself, and keep it if that is a yes."""
        if self.to_mail.startswith("250"):
            self.mails.append(message_from_bytes(envelope.content, policy=policy.default))  # type: ignore[arg-type]
        return self.to_mail


@contextmanager
def mail_server(*, tls: ssl.SSLContext | None = None, needs_login: bool = False) -> Iterator[MailServer]:
    """Run one on a free port of this machine; with `tls` it insists on STARTTLS."""
    served = MailServer()
    controller = Controller(
        served,
        hostname="127.0.0.1",
        port=_free_port(),
        tls_context=tls,
        require_starttls=tls is not None,
        authenticator=_authenticates,
        auth_required=needs_login,
    )
    controller.start()
    served.port = controller.port
    try:
        yield served
    finally:
        controller.stop()


def _authenticates(_server: Any, _session: Any, _envelope: Any, _mechanism: str, given: Any) -> AuthResult:
    is_right = isinstance(given, LoginPassword) and given == LoginPassword(USER.encode(), PASSWORD.encode())
    return AuthResult(success=is_right)


def _free_port() -> int:
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        return int(bound.getsockname()[1])
