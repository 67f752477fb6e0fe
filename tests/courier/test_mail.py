"""The courier of mails: encrypted, to a checked address only, and in bounded time."""

import socket
import threading
import time
from email.message import EmailMessage
from typing import Any

import pytest

from dialer.courier.mail import MailCourier, read_mail_server
from dialer.delivery.address import LOOPBACK_ALLOWED, Allowance, ForbiddenAddress
from dialer.delivery.reply import Unreachable
from tests.courier.couriers import HERE, trusting
from tests.courier.receivers import Receiver, certified, receiver
from tests.doubles.mail_server import mail_server


def mail() -> EmailMessage:
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = "a@centre.example", "b@partner.example", "one"
    made.set_content("one")
    return made


def courier(allowance: Allowance = LOOPBACK_ALLOWED, **more: Any) -> MailCourier:
    return MailCourier(
        allowance, **{"trust": trusting(), "resolve": lambda _h, _p: HERE, "total_seconds": 5, **more}
    )


def test_what_a_server_offers_to_encrypt_is_encrypted() -> None:
    with mail_server(tls=certified()) as server:
        posted = courier().post(f"smtp://receiver.example:{server.port}", mail(), login=None)
    assert (posted.code, len(server.mails)) == (250, 1)


def test_a_certificate_of_another_name_is_refused() -> None:
    with (
        mail_server(tls=certified()) as server,
        pytest.raises(Unreachable, match="certificate is not trusted"),
    ):
        courier().post(f"smtp://other.example:{server.port}", mail(), login=None)
    assert not server.mails


def test_outside_a_demo_nothing_is_sent_in_the_clear() -> None:
    only_here = Allowance(networks=LOOPBACK_ALLOWED.networks)
    with mail_server() as server, pytest.raises(Unreachable, match="no STARTTLS"):
        courier(only_here).post(f"smtp://receiver.example:{server.port}", mail(), login=None)
    assert not server.mails


def test_an_address_inside_is_refused_before_anything_is_said() -> None:
    with mail_server() as server, pytest.raises(ForbiddenAddress):
        courier(Allowance()).post(f"smtp://receiver.example:{server.port}", mail(), login=None)


@pytest.mark.parametrize("greeting", [b"", b"220 hello\r\n", b"220-slow\r\n"])
def test_a_server_that_drips_is_cut_off_in_time(greeting: bytes) -> None:
    def drip(client: socket.socket, _it: Receiver) -> None:
        client.sendall(greeting)
        while True:
            threading.Event().wait(0.05)
            client.sendall(b"2")

    with receiver(drip) as it:
        before = time.monotonic()
        with pytest.raises(Unreachable, match=r"no whole answer within 0\.6 s"):
            courier(total_seconds=0.6).post(f"smtp://receiver.example:{it.port}", mail(), login=None)
        assert time.monotonic() - before < 3


def test_what_is_no_mail_server_is_said() -> None:
    def web(client: socket.socket, _it: Receiver) -> None:
        client.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")

    with receiver(web) as it, pytest.raises(Unreachable):
        courier().post(f"smtp://receiver.example:{it.port}", mail(), login=None)


@pytest.mark.parametrize(
    "url",
    [
        "https://mail.example",
        "smtp://user:password@mail.example",
        "smtp://mail.example/path",
        "smtp://127.0.0.1",
        "smtp://0x7f.1",
        "smtps://169.254.169.254",
        "smtp://",
        "mail.example:25",
        "smtp://mail.example:99999",
    ],
)
def test_a_url_that_is_no_public_mail_server_is_refused(url: str) -> None:
    with pytest.raises(ForbiddenAddress):
        read_mail_server(url, Allowance())


def test_ports_are_the_usual_ones() -> None:
    found = [read_mail_server(f"{scheme}://mail.example", Allowance()).port for scheme in ("smtp", "smtps")]
    assert found == [587, 465]
