"""The courier against receivers that are slow on purpose."""

import socket
import threading
import time

import pytest

from dialer.delivery.reply import Unreachable
from tests.courier.couriers import courier, post
from tests.courier.receivers import Receiver, receiver, whole_request


@pytest.mark.parametrize(
    "first", [b"", b"H", b"HTTP/1.1 200 OK\r\nX-Slow: ", b"HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n"]
)
def test_a_receiver_that_drips_is_cut_off_in_time(first: bytes) -> None:
    def drip(client: socket.socket, it: Receiver) -> None:
        whole_request(client)
        client.sendall(first)
        while True:
            threading.Event().wait(0.05)
            client.sendall(b"x" if first else b"")

    with receiver(drip) as it:
        before = time.monotonic()
        with pytest.raises(Unreachable, match=r"no whole answer within 0\.6 s"):
            post(courier(total_seconds=0.6), it)
        assert time.monotonic() - before < 3


def test_a_handshake_that_drips_is_cut_off_in_time() -> None:
    def drip(client: socket.socket, it: Receiver) -> None:
        client.recv(65536)
        client.sendall(b"\x16\x03\x03\x40\x00")
        while True:
            threading.Event().wait(0.05)
            client.sendall(b"\x00")

    with receiver(drip) as it:
        before = time.monotonic()
        with pytest.raises(Unreachable, match="within"):
            post(courier(total_seconds=0.6), it, scheme="https")
        assert time.monotonic() - before < 3
