"""Is the store one to rest on? Read from real servers that are broken truly, and from INFO as a value."""

from datetime import UTC, datetime, timedelta

import pytest
import redis

from dialer.clock import utc_now
from dialer.errors import CannotKeep
from dialer.store.safety import Safety, Standing, standing
from tests.servers import RunningServer

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
GOOD = {"redis_version": "7.2.4", "role": "master", "aof_enabled": 1, "maxmemory_policy": "noeviction"}


def judged(*, trusted: bool = False, skew_seconds: float = 0.0, **info: object) -> Standing:
    return standing({**GOOD, **info}, server_time=NOW.timestamp() + skew_seconds, now=NOW, trusted=trusted)


def look_at(url: str, *, trusted: bool = False) -> Standing:
    with redis.Redis.from_url(url) as client:
        return Safety(clock=utc_now, trusted=trusted).look(client.info(), client.time())


def test_a_good_store_has_no_problem() -> None:
    assert judged().problems == ()


@pytest.mark.parametrize(
    "wrong",
    [
        {"redis_version": "6.0.16"},
        {"cluster_enabled": 1},
        {"role": "slave"},
        {"aof_enabled": 0},
        {"maxmemory_policy": "allkeys-lru"},
        {"loading": 1},
        {"aof_last_write_status": "err"},
    ],
)
def test_each_thing_that_could_lose_a_no_is_a_problem(wrong: dict[str, object]) -> None:
    assert len(judged(**wrong).problems) == 1


@pytest.mark.parametrize(("skew_seconds", "problems"), [(0.5, 0), (-0.5, 0), (0.501, 1), (-0.501, 1)])
def test_a_clock_more_than_half_a_second_off_is_a_problem(skew_seconds: float, problems: int) -> None:
    assert len(judged(skew_seconds=skew_seconds).problems) == problems


def test_a_services_promise_is_taken_only_when_the_setting_says_so_and_is_shown() -> None:
    trusted = judged(trusted=True, aof_enabled=0, maxmemory_policy="allkeys-lru")
    assert trusted.problems == ()
    assert "trust" in trusted.warnings[0]


def test_a_server_too_old_to_prove_a_write_is_shown() -> None:
    assert "WAITAOF" in judged(redis_version="7.0.15").warnings[0]


def test_the_servers_of_the_house_are_safe(redis_url: str) -> None:
    assert look_at(redis_url).problems == ()


def test_a_store_that_forgets_is_refused(forgetful_redis: RunningServer) -> None:
    assert "append-only" in look_at(forgetful_redis.url).problems[0]


def test_a_store_that_evicts_is_refused(evicting_redis: RunningServer) -> None:
    assert "evict" in look_at(evicting_redis.url).problems[0]


def test_a_replica_is_refused(read_only_redis: RunningServer) -> None:
    assert any("replica" in problem for problem in look_at(read_only_redis.url).problems)


def test_nothing_rests_on_a_store_before_it_was_looked_at() -> None:
    safety = Safety(clock=lambda: NOW, trusted=False)
    assert safety.is_due()
    with pytest.raises(CannotKeep):
        safety.insist()


def test_an_unsafe_store_is_looked_at_again_at_once() -> None:
    safety = Safety(clock=lambda: NOW, trusted=False)
    server_time = (int((NOW + timedelta(seconds=0)).timestamp()), 0)
    safety.look({**GOOD, "aof_enabled": 0}, server_time)
    assert safety.is_due()
    with pytest.raises(CannotKeep):
        safety.insist()
    safety.look(GOOD, server_time)
    assert not safety.is_due()
    safety.insist()
