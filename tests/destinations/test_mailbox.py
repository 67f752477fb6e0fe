"""A mailbox, by a real mail server."""

import csv
import io
from collections.abc import Iterator
from dataclasses import replace

import pytest

from dialer.courier.mail import MailCourier
from dialer.delivery.address import LOOPBACK_ALLOWED
from dialer.delivery.answer import Holding, Outcome
from dialer.delivery.destination import Destination, Login
from dialer.delivery.notice import CORRECTED
from dialer.destinations.mailbox import MailboxAdapter
from tests.courier.couriers import HERE, trusting
from tests.courier.receivers import certified
from tests.delivery.notices import LINE, NOW, OTHER_LINE, destination, notice
from tests.doubles.mail_server import PASSWORD, USER, MailServer, mail_server


@pytest.fixture
def server() -> Iterator[MailServer]:
    with mail_server() as served:
        yield served


@pytest.fixture
def adapter() -> MailboxAdapter:
    courier = MailCourier(
        LOOPBACK_ALLOWED, trust=trusting(), resolve=lambda _host, _port: HERE, total_seconds=5
    )
    return MailboxAdapter(lambda _: courier)


def partner(server: MailServer) -> Destination:
    return destination(
        id="dst_mail",
        kind="mailbox",
        url=f"smtp://receiver.example:{server.port}",
        secrets=(),
        mailbox="stops@partner.example",
        sender="ringfence@centre.example",
    )


def test_a_mail_carries_all_of_an_attempt_as_a_table(adapter: MailboxAdapter, server: MailServer) -> None:
    told = adapter.tell(partner(server), [notice(line=LINE), notice(line=OTHER_LINE)], at=NOW)
    assert (told.outcome, told.status) == (Outcome.RECEIVED, 250)
    (mail,) = server.mails
    (attached,) = mail.iter_attachments()
    rows = csv.DictReader(io.StringIO(attached.get_content(), newline=""))
    assert [row["contact_point"] for row in rows] == [LINE, OTHER_LINE]


def test_subject_and_text_count_and_name_no_number(adapter: MailboxAdapter, server: MailServer) -> None:
    taken_back = replace(notice(line=OTHER_LINE), event=CORRECTED)
    adapter.tell(partner(server), [notice(line=LINE), taken_back], at=NOW)
    (mail,) = server.mails
    text = mail.get_body().get_content()  # type: ignore[union-attr]
    assert mail["Subject"] == "Ringfence: 1 withdrawal and 1 correction"
    assert "0123" not in f"{mail['Subject']}{text}"
    assert text.startswith("1 withdrawal and 1 correction attached")


def test_the_same_notices_are_the_same_mail(adapter: MailboxAdapter, server: MailServer) -> None:
    sent = [notice()]
    for _ in range(2):
        adapter.tell(partner(server), sent, at=NOW)
    first, second = server.mails
    assert first["Message-ID"] == second["Message-ID"]
    assert first["Message-ID"].endswith("@centre.example>")


@pytest.mark.parametrize(
    ("at", "reply", "outcome"),
    [
        ("to_mail", "451 try again", Outcome.UNWELL),
        ("to_mail", "552 too large", Outcome.RETRY),
        ("to_recipient", "450 greylisted", Outcome.UNWELL),
        ("to_recipient", "550 no such user", Outcome.RETRY),
    ],
)
def test_a_refusal_is_no_success(
    adapter: MailboxAdapter, server: MailServer, at: str, reply: str, outcome: Outcome
) -> None:
    setattr(server, at, reply)
    told = adapter.tell(partner(server), [notice()], at=NOW)
    assert (told.outcome, told.status) == (outcome, int(reply[:3]))
    assert not server.mails


def test_a_server_that_wants_a_log_in_gets_one(adapter: MailboxAdapter) -> None:
    with mail_server(tls=certified(), needs_login=True) as server:
        known = replace(partner(server), login=Login(user=USER, password=PASSWORD))
        assert adapter.tell(known, [notice()], at=NOW).outcome is Outcome.RECEIVED


@pytest.mark.parametrize("password", ["forgotten", None])
def test_a_log_in_that_fails_rests_the_destination(adapter: MailboxAdapter, password: str | None) -> None:
    with mail_server(tls=certified(), needs_login=True) as server:
        login = Login(user=USER, password=password) if password else None
        told = adapter.tell(replace(partner(server), login=login), [notice()], at=NOW)
        assert told.outcome is not Outcome.RECEIVED
        assert "forgotten" not in f"{told}"
        assert not server.mails


def test_a_server_that_is_away_rests_the_destination(adapter: MailboxAdapter) -> None:
    with mail_server() as server:
        gone = partner(server)
    told = adapter.tell(gone, [notice()], at=NOW)
    assert (told.outcome, told.status) == (Outcome.UNWELL, None)


def test_a_mailbox_cannot_be_asked(adapter: MailboxAdapter, server: MailServer) -> None:
    assert adapter.confirm(partner(server), notice(), at=NOW).holding is Holding.UNKNOWN
    assert adapter.list(partner(server)) is None
