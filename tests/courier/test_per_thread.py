"""Each thread has a courier of its own; what a courier may take in all bounds every step of it."""

import socket
import threading
from functools import partial

import pytest

from dialer.courier.per_thread import CourierPerThread
from dialer.courier.resolving import addresses_of
from dialer.delivery.reply import Unreachable
from tests.courier.couriers import HERE, courier
from tests.courier.receivers import polite, receiver


def test_threads_share_no_connection_and_each_keeps_its_own() -> None:
    statuses: list[int] = []
    with receiver(polite()) as it:
        by = CourierPerThread(partial(courier, resolve=lambda _host, _port: HERE))

        def ask() -> None:
            url = f"http://receiver.example:{it.port}/hook"
            statuses.extend(by.send("POST", url, headers={}, body=b"{}").status for _ in range(2))

        for _ in range(3):
            thread = threading.Thread(target=ask)
            thread.start()
            thread.join(20)
    assert (statuses, it.connections) == ([200] * 6, 3)


def test_a_resolver_that_hangs_takes_no_longer_than_it_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    let_go = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_more: (let_go.wait(20), [])[1])
    with pytest.raises(Unreachable, match=r"did not resolve within 0\.1 s"):
        addresses_of("receiver.example", 443, within_seconds=0.1)
    let_go.set()
