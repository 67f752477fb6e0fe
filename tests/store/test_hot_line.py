"""The hot line: replies in their order, errors in their place, never an answer to another question."""

from concurrent.futures import ThreadPoolExecutor

import pytest
import redis
from redis.exceptions import ConnectionError, ResponseError, TimeoutError

from dialer.store.clients import hot_client
from dialer.store.hot_line import HotLine, all_well
from tests.lines import Line
from tests.servers import RunningServer


@pytest.fixture
def hot_line(redis_url: str) -> HotLine:
    return HotLine(hot_client(redis_url))


def hang_up(client: "redis.Redis") -> None:
    """End every connection of others from the server's side, as a restart does."""
    client.execute_command("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes")


def test_a_packet_is_answered_in_its_order(hot_line: HotLine) -> None:
    assert hot_line.ask([("SET", "a", 1), ("GET", "a"), ("ECHO", b"x")]) == [b"OK", b"1", b"x"]


def test_an_error_stands_among_the_replies_in_its_place(hot_line: HotLine) -> None:
    first, error, last = hot_line.ask([("ECHO", "1"), ("NO-SUCH-COMMAND",), ("ECHO", "2")])
    assert (first, last) == (b"1", b"2")
    assert isinstance(error, ResponseError)


def test_an_error_inside_a_transaction_is_raised(hot_line: HotLine) -> None:
    *_, told = hot_line.ask([("MULTI",), ("SET", "a", "1"), ("HGETALL", "a"), ("EXEC",)])
    with pytest.raises(ResponseError, match="wrong kind of value"):
        all_well(told)


def test_a_transaction_that_was_not_carried_out_is_an_error(hot_line: HotLine) -> None:
    *_, told = hot_line.ask([("MULTI",), ("NO-SUCH-COMMAND",), ("EXEC",)])
    with pytest.raises(ResponseError):
        all_well(told)


def test_a_read_survives_a_connection_that_was_closed_meanwhile(
    hot_line: HotLine, redis_client: "redis.Redis"
) -> None:
    hot_line.ask([("PING",)])
    hang_up(redis_client)
    assert hot_line.ask([("ECHO", "1")], may_repeat=True) == [b"1"]


def test_a_write_is_never_sent_twice(hot_line: HotLine, redis_client: "redis.Redis") -> None:
    hot_line.ask([("PING",)])
    hang_up(redis_client)
    with pytest.raises(ConnectionError):
        hot_line.ask([("INCR", "n")])
    assert hot_line.ask([("INCR", "n")]) == [1]


def test_a_late_answer_is_never_taken_for_the_next_one(line: Line) -> None:
    hot_line = HotLine(hot_client(line.url))
    hot_line.ask([("ECHO", "before")])
    line.delay_seconds = 0.6
    with pytest.raises(TimeoutError):
        hot_line.ask([("ECHO", "late")], may_repeat=True)
    line.delay_seconds = 0.0
    assert hot_line.ask([("ECHO", "next")]) == [b"next"]


def test_a_line_cut_in_mid_answer_is_no_answer(line: Line) -> None:
    hot_line = HotLine(hot_client(line.url))
    hot_line.ask([("PING",)])
    line.answers_until_cut = 0
    with pytest.raises(ConnectionError):
        hot_line.ask([("ECHO", "1"), ("ECHO", "2")])


def test_threads_never_hear_each_others_answers(hot_line: HotLine) -> None:
    def asks(n: int) -> bool:
        return all(hot_line.ask([("ECHO", f"{n}-{i}")]) == [f"{n}-{i}".encode()] for i in range(200))

    with ThreadPoolExecutor(8) as threads:
        assert all(threads.map(asks, range(8)))


def test_a_server_that_starts_again_is_found_again(own_server: RunningServer) -> None:
    hot_line = HotLine(hot_client(own_server.url))
    hot_line.ask([("PING",)])
    own_server.kill()
    with pytest.raises(ConnectionError):
        hot_line.ask([("PING",)], may_repeat=True)
    own_server.start()
    assert hot_line.ask([("ECHO", "1")], may_repeat=True) == [b"1"]


def test_what_info_says_reads_as_the_client_library_reads_it(hot_line: HotLine) -> None:
    (told,) = hot_line.ask([("INFO", "server")])
    assert hot_line.read("INFO", told)["arch_bits"] == 64
