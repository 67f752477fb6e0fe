"""The servers that other tests lean on are what they say they are."""

import time

import pytest
import redis

from tests.lines import Line
from tests.servers import RunningServer


def client_of(url: str) -> "redis.Redis":
    return redis.Redis.from_url(url, socket_timeout=5, retry=None)


def test_what_was_acknowledged_survives_a_power_cut(own_server: RunningServer) -> None:
    with client_of(own_server.url) as client:
        client.set("k", "v")
        own_server.kill()
    own_server.start()
    with client_of(own_server.url) as client:
        assert client.get("k") == b"v"


def test_a_test_finds_the_shared_server_empty(redis_client: "redis.Redis") -> None:
    assert redis_client.dbsize() == 0
    redis_client.set("left", "behind")


def test_a_replica_refuses_writes(read_only_redis: RunningServer) -> None:
    with client_of(read_only_redis.url) as client, pytest.raises(redis.exceptions.ReadOnlyError):
        client.set("k", "v")


def test_broken_settings_show_in_info(forgetful_redis: RunningServer, evicting_redis: RunningServer) -> None:
    with client_of(forgetful_redis.url) as client:
        assert client.info("persistence")["aof_enabled"] == 0
    with client_of(evicting_redis.url) as client:
        assert client.info("memory")["maxmemory_policy"] == "allkeys-lru"


def test_a_slow_line_is_slow_only_while_told_so(line: Line) -> None:
    with client_of(line.url) as client:
        client.ping()
        line.delay_seconds = 0.3
        before = time.monotonic()
        client.ping()
        assert time.monotonic() - before >= 0.3


def test_a_cut_line_loses_the_answer_and_takes_new_calls(line: Line) -> None:
    with client_of(line.url) as client:
        client.ping()
        line.answers_until_cut = 0
        with pytest.raises(redis.exceptions.ConnectionError):
            client.set("k", "v")
        line.answers_until_cut = None
        assert client.get("k") == b"v"


def test_nobody_listens_on_the_dead_address(dead_redis_url: str) -> None:
    with client_of(dead_redis_url) as client, pytest.raises(redis.exceptions.ConnectionError):
        client.ping()
