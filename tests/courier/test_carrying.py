"""The courier against receivers with good and bad manners, all on loopback."""

import socket

import pytest

from dialer.courier.carrying import LONGEST_ANSWER, MOST_KEPT
from dialer.delivery.address import Allowance, ForbiddenAddress
from dialer.delivery.reply import Unreachable
from tests.courier.couriers import HERE, courier, post
from tests.courier.receivers import OK, Receiver, polite, receiver, whole_request


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


def test_a_request_lost_on_a_kept_connection_is_sent_once_more_on_a_fresh_one() -> None:
    def hang_up_on_the_second(client: socket.socket, it: Receiver) -> None:
        it.requests.append(whole_request(client))
        client.sendall(OK)
        it.requests.append(whole_request(client))

    with receiver(hang_up_on_the_second) as it:
        by = courier()
        assert [post(by, it), post(by, it)] == [200, 200]
        assert (it.connections, len(it.requests)) == (2, 3)


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


def test_nobody_listening_is_said() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
    with pytest.raises(Unreachable, match="refused the connection"):
        courier().send("GET", f"http://127.0.0.1:{port}/", headers={})


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
