"""The courier against receivers with good and bad manners, all on loopback."""

import socket
import ssl
import threading
import time
from collections.abc import Iterator

import pytest

from dialer.courier import Courier
from dialer.courier.carrying import LONGEST_ANSWER, MOST_KEPT
from dialer.delivery.address import LOOPBACK_ALLOWED, Allowance, ForbiddenAddress
from dialer.delivery.reply import Unreachable
from tests.courier.receivers import CERTIFICATES, OK, Receiver, over_tls, polite, receiver, whole_request

HERE = ("127.0.0.1",)


made: list[Courier] = []


@pytest.fixture(autouse=True)
def closed_couriers() -> Iterator[None]:
    yield
    while made:
        made.pop().close()


def courier(allowance: Allowance = LOOPBACK_ALLOWED, **more: object) -> Courier:
    made.append(Courier(allowance, **{"total_seconds": 5.0, **more}))
    return made[-1]


def trusting() -> ssl.SSLContext:
    return ssl.create_default_context(cafile=str(CERTIFICATES / "ca.pem"))


def post(by: Courier, it: Receiver, *, host: str = "127.0.0.1", scheme: str = "http") -> int:
    return by.send("POST", f"{scheme}://{host}:{it.port}/hook?a=1", headers={"X-A": "b"}, body=b"{}").status


def test_a_request_arrives_whole_under_the_host_s_own_name() -> None:
    with receiver(polite()) as it:
        by = courier(resolve=lambda _host, _port: HERE)
        assert post(by, it, host="receiver.example") == 200
    head, _, body = it.requests[0].partition(b"\r\n\r\n")
    lines = head.split(b"\r\n")
    assert lines[0] == b"POST /hook?a=1 HTTP/1.1"
    assert f"Host: receiver.example:{it.port}".encode() in lines
    assert {b"X-A: b", b"Content-Length: 2", b"Accept-Encoding: identity"} <= set(lines)
    assert body == b"{}"


def test_the_answer_comes_back_with_its_headers() -> None:
    answer = b"HTTP/1.1 503 Busy\r\nRetry-After: 7\r\nContent-Length: 4\r\n\r\nlate"
    with receiver(polite(answer)) as it:
        reply = courier().send("GET", f"http://127.0.0.1:{it.port}/", headers={})
    assert (reply.status, reply.headers["retry-after"], reply.body) == (503, "7", b"late")


def test_a_connection_is_used_again() -> None:
    with receiver(polite()) as it:
        by = courier()
        assert [post(by, it) for _ in range(5)] == [200] * 5
        assert it.connections == 1


def test_a_kept_connection_that_the_server_closed_is_replaced() -> None:
    def once(client: socket.socket, it: Receiver) -> None:
        it.requests.append(whole_request(client))
        client.sendall(OK)

    with receiver(once) as it:
        by = courier()
        assert [post(by, it) for _ in range(3)] == [200] * 3
    assert it.connections == 3


def test_a_redirect_is_an_answer_and_is_not_followed() -> None:
    with receiver(polite()) as target:
        moved = (
            f"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:{target.port}/\r\nContent-Length: 0\r\n\r\n"
        )
        with receiver(polite(moved.encode())) as it:
            assert post(courier(), it) == 302
    assert target.connections == 0


def test_a_proxy_in_the_environment_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    with receiver(polite()) as it:
        assert post(courier(), it) == 200


def test_an_endless_answer_is_cut_at_the_limit() -> None:
    def endless(client: socket.socket, it: Receiver) -> None:
        whole_request(client)
        client.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 10000000000\r\n\r\n")
        while True:
            client.sendall(b"x" * 65536)

    with receiver(endless) as it:
        reply = courier().send("POST", f"http://127.0.0.1:{it.port}/", headers={}, body=b"{}")
    assert (reply.status, len(reply.body)) == (200, LONGEST_ANSWER)


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


def test_nobody_listening_is_said() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
    with pytest.raises(Unreachable, match="refused the connection"):
        courier().send("GET", f"http://127.0.0.1:{port}/", headers={})


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


def test_an_answer_that_is_no_http_is_said() -> None:
    with receiver(polite(b"220 mail.example ESMTP\r\n")) as it, pytest.raises(Unreachable, match="broke"):
        post(courier(), it)


def test_nothing_is_sent_to_loopback_unless_it_is_allowed() -> None:
    with receiver(polite()) as it:
        by = courier(Allowance(plain_http=True), resolve=lambda _host, _port: HERE)
        with pytest.raises(ForbiddenAddress, match=r"127\.0\.0\.1, which is not a public address"):
            post(by, it, host="receiver.example")
    assert it.connections == 0


def test_a_name_that_leads_outside_and_inside_is_refused() -> None:
    by = courier(Allowance(), resolve=lambda _host, _port: ("93.184.216.34", "10.0.0.1"))
    with pytest.raises(ForbiddenAddress, match=r"10\.0\.0\.1"):
        by.send("GET", "https://receiver.example/", headers={})


def test_the_connection_goes_to_the_address_that_was_checked() -> None:
    answers = iter([HERE, ("169.254.169.254",)])
    with receiver(polite()) as it:
        by = courier(resolve=lambda _host, _port: next(answers))
        assert post(by, it, host="receiver.example") == 200
        by.close()
        with pytest.raises(ForbiddenAddress, match=r"169\.254\.169\.254"):
            post(by, it, host="receiver.example")
    assert it.connections == 1


def test_the_next_address_is_tried_when_nobody_listens_at_the_first() -> None:
    with receiver(polite()) as it:
        by = courier(resolve=lambda _host, _port: ("127.0.0.9", "127.0.0.1"))
        assert post(by, it, host="receiver.example") == 200


def test_a_name_without_an_address_is_said() -> None:
    with pytest.raises(Unreachable, match="no address"):
        courier(resolve=lambda _host, _port: ()).send("GET", "https://receiver.example/", headers={})


def test_only_a_few_connections_are_kept() -> None:
    with receiver(polite()) as it:
        by = courier(resolve=lambda _host, _port: HERE)
        for n in range(3 * MOST_KEPT):
            post(by, it, host=f"r{n}.example")
        assert len(by._kept) <= MOST_KEPT
