"""Long answers, piece by piece: no longer than allowed, no further than needed, whole or not at all."""

import socket

import pytest

from dialer.courier.carrying import PIECE_BYTES
from dialer.delivery.address import Allowance, ForbiddenAddress
from dialer.delivery.reply import Reply, Unreachable
from tests.courier.couriers import courier
from tests.courier.receivers import Receiver, polite, receiver, whole_request

LONG = bytes(range(256)) * 4_096


def answer(body: bytes, *, status: str = "200 OK", length: int | None = None) -> bytes:
    promised = len(body) if length is None else length
    head = f"HTTP/1.1 {status}\r\nContent-Type: audio/wav\r\nContent-Length: {promised}\r\n\r\n"
    return head.encode() + body


def fetch(it: Receiver, taken: bytearray, *, enough: int = 1 << 30, most: int = 1 << 30) -> Reply:
    def take(piece: bytes) -> bool:
        taken.extend(piece)
        return len(taken) < enough

    return courier().fetch(
        f"http://127.0.0.1:{it.port}/a.wav?b=1",
        headers={"Authorization": "Basic x"},
        accept=lambda reply: reply.status == 200,
        take=take,
        most_bytes=most,
    )


def test_a_long_answer_comes_whole_with_its_headers_and_no_body() -> None:
    taken = bytearray()
    with receiver(polite(answer(LONG))) as it:
        reply = fetch(it, taken)
    assert (bytes(taken), reply.body, reply.headers["content-type"]) == (LONG, b"", "audio/wav")
    head = it.requests[0].split(b"\r\n")
    assert head[0] == b"GET /a.wav?b=1 HTTP/1.1"
    assert b"Authorization: Basic x" in head


def test_whoever_has_enough_reads_no_further() -> None:
    taken = bytearray()
    with receiver(polite(answer(LONG))) as it:
        assert fetch(it, taken, enough=1_000).status == 200
    assert 1_000 <= len(taken) <= PIECE_BYTES


def test_an_answer_that_is_not_wanted_is_not_read() -> None:
    taken = bytearray()
    with receiver(polite(answer(LONG, status="404 Not Found"))) as it:
        assert fetch(it, taken).status == 404
    assert taken == b""


def test_more_than_is_allowed_is_refused() -> None:
    with receiver(polite(answer(LONG))) as it, pytest.raises(Unreachable, match="longer than 1000 bytes"):
        fetch(it, bytearray(), most=1_000)


def test_an_answer_that_breaks_off_is_none() -> None:
    def breaks_off(client: socket.socket, it: Receiver) -> None:
        it.requests.append(whole_request(client))
        client.sendall(answer(LONG[:10_000], length=len(LONG)))

    with receiver(breaks_off) as it, pytest.raises(Unreachable):
        fetch(it, bytearray())


def test_a_redirect_is_an_answer_like_any_other_and_is_not_followed() -> None:
    elsewhere = b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n"
    with receiver(polite(elsewhere)) as it:
        assert fetch(it, bytearray()).status == 302
    assert len(it.requests) == 1


def test_a_place_that_is_not_allowed_is_never_asked() -> None:
    with receiver(polite(answer(LONG))) as it, pytest.raises(ForbiddenAddress):
        courier(Allowance(plain_http=True)).fetch(
            f"http://127.0.0.1:{it.port}/", headers={}, accept=bool, take=bool, most_bytes=1
        )
    assert it.connections == 0
