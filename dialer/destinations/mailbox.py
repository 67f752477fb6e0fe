"""A mailbox, for partners without an API: one mail an attempt, its withdrawals attached as CSV.

The text of the mail holds no number, since subjects and texts end up in previews and logs. Its Message-ID is
made of the notices' ids: the same mail sent twice is one mail to whoever files by it.
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Final, Protocol

from dialer.delivery.answer import Asked, Holding, Outcome, Told, excerpt
from dialer.delivery.destination import Destination, Login
from dialer.delivery.notice import CORRECTED, Notice
from dialer.delivery.reply import Posted, Unreachable
from dialer.destinations.credentials import Unseal, as_it_is
from dialer.destinations.csv_drop import file_name
from dialer.destinations.table import table_of
from dialer.errors import RingfenceError

MOST_ROWS: Final = 500
_TAKEN: Final = range(200, 300)
_LATER: Final = range(400, 500)
_TEXT: Final = """\
{count} attached, one a row, as CSV (UTF-8).

People in it have said that they want no more marketing, or took a consent back, from the company in
the column "principal" (from all we call for where it is empty). Please stop at once, and keep the file no
longer than you need it (UK GDPR Articles 5(1)(e), 19 and 21(3)). Rows with "withdrawal.corrected" take
back the row of the same "id".
"""


class Post(Protocol):
    """Hands one mail to one server."""

    def post(self, url: str, message: EmailMessage, *, login: tuple[str, str] | None) -> Posted:
        """Return what the server answered to it, or raise Unreachable, or Refused for a forbidden address."""


class MailboxAdapter:
    """Fits `delivery.deliver.Adapter` for destinations of kind `mailbox`."""

    most_at_once: Final = MOST_ROWS

    def __init__(self, courier_for: Callable[[Destination], Post], *, unseal: Unseal = as_it_is) -> None:
        self._courier_for = courier_for
        self._unseal = unseal

    def tell(self, destination: Destination, notices: Sequence[Notice], *, at: datetime) -> Told:
        """Send one mail with all of them; received once the server has taken it (250)."""
        try:
            login = self._login(destination.id, destination.login)
            mail = mail_of(destination, notices, at=at)
            posted = self._courier_for(destination).post(destination.url, mail, login=login)
        except Unreachable as problem:
            return Told(outcome=Outcome.UNWELL, reason=f"no answer: {problem.message}")
        except RingfenceError as problem:
            return Told(outcome=Outcome.RETRY, reason=f"not sent: {problem.message}")
        return Told(
            outcome=outcome_of(posted.code),
            reason="its mail server took it" if posted.code in _TAKEN else f"answered {posted.code}",
            status=posted.code,
            answer=excerpt(posted.said),
            took=posted.took,
        )

    def confirm(self, destination: Destination, notice: Notice, *, at: datetime) -> Asked:  # noqa: ARG002
        """Return that a mailbox cannot be asked."""
        return Asked(holding=Holding.UNKNOWN, reason="a mailbox does not say what was done")

    def list(self, destination: Destination) -> Iterator[str] | None:  # noqa: ARG002 - other kinds need it
        """Return None: nobody lists a mailbox to us."""
        return None

    def _login(self, destination_id: str, login: Login | None) -> tuple[str, str] | None:
        return None if login is None else (login.user, self._unseal(login.password, of=destination_id))


def outcome_of(code: int) -> Outcome:
    """Return what a mail server's reply means: 2xx taken, 4xx not now, 5xx not this (RFC 5321, 4.2.1)."""
    if code in _TAKEN:
        return Outcome.RECEIVED
    return Outcome.UNWELL if code in _LATER else Outcome.RETRY


def mail_of(destination: Destination, notices: Sequence[Notice], *, at: datetime) -> EmailMessage:
    """Return the mail: how many are in it, what to do, and the table."""
    sender = destination.sender or ""
    corrected = sum(notice.event == CORRECTED for notice in notices)
    count = _counted(len(notices) - corrected, corrected)
    mail = EmailMessage()
    mail["From"], mail["To"] = sender, destination.mailbox or ""
    mail["Subject"] = f"Ringfence: {count}"
    mail["Date"] = format_datetime(at)
    ids = hashlib.sha256("\n".join(notice.id for notice in notices).encode()).hexdigest()[:32]
    mail["Message-ID"] = f"<{ids}@{sender.rpartition('@')[2]}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(_TEXT.format(count=count))
    mail.add_attachment(table_of(notices), maintype="text", subtype="csv", filename=file_name(notices))
    return mail


def _counted(recorded: int, corrected: int) -> str:
    parts = [f"{recorded} withdrawal{'s' * (recorded != 1)}"] if recorded or not corrected else []
    if corrected:
        parts.append(f"{corrected} correction{'s' * (corrected != 1)}")
    return " and ".join(parts)
