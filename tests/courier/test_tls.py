"""The courier and certificates."""

import socket
import ssl

import pytest

from dialer.delivery.reply import Unreachable
from tests.courier.couriers import HERE, courier, post, trusting
from tests.courier.receivers import Receiver, over_tls, polite, receiver


def test_a_trusted_certificate_for_the_name_is_taken() -> None:
    with receiver(over_tls(polite())) as it:
        by = courier(trust=trusting(), resolve=lambda _host, _port: HERE)
        assert [post(by, it, host="receiver.example", scheme="https") for _ in range(3)] == [200] * 3
    assert it.connections == 1


@pytest.mark.parametrize(
    ("host", "why"), [("receiver.example", "self-signed|unable to get"), ("other.example", "mismatch")]
)
def test_a_certificate_nobody_vouches_for_or_of_another_name_is_refused(host: str, why: str) -> None:
    trust = trusting() if host == "other.example" else ssl.create_default_context()
    with receiver(over_tls(polite())) as it:
        by = courier(trust=trust, resolve=lambda _host, _port: HERE)
        with pytest.raises(Unreachable, match=f"(?i)certificate is not trusted.*({why})"):
            post(by, it, host=host, scheme="https")
    assert it.requests == []


def test_plain_http_behind_an_https_address_is_said() -> None:
    def puzzled(client: socket.socket, it: Receiver) -> None:
        client.recv(65536)
        client.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")

    with receiver(puzzled) as it, pytest.raises(Unreachable, match="TLS failed"):
        post(courier(), it, scheme="https")
