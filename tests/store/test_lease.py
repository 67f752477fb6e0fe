"""Leases with fencing numbers, on a real server."""

from datetime import timedelta

import pytest
from redis import Redis

from dialer.errors import CannotKeep
from dialer.store import keys
from dialer.store.lease import Lease, leadership


@pytest.fixture
def lease(redis_client: "Redis") -> Lease:
    return leadership(redis_client, lasts=timedelta(seconds=8))


def test_every_holder_has_a_higher_number(lease: Lease) -> None:
    first = lease.take()
    assert first is not None
    lease.drop(first)
    assert lease.take() == first + 1


def test_a_lease_that_is_held_is_not_given(lease: Lease) -> None:
    assert lease.take()
    assert lease.take() is None


def test_keeping_it_makes_it_last_longer(lease: Lease, redis_client: "Redis") -> None:
    number = lease.take()
    assert number
    redis_client.pexpire(keys.LEADER, 100)
    assert lease.keep(number)
    assert redis_client.pttl(keys.LEADER) > 7_000


def test_an_overtaken_holder_can_neither_keep_nor_drop_it(lease: Lease, redis_client: "Redis") -> None:
    former = lease.take()
    assert former
    redis_client.delete(keys.LEADER)
    assert lease.take() == former + 1
    assert not lease.keep(former)
    lease.drop(former)
    assert redis_client.get(keys.LEADER) == str(former + 1).encode()


def test_with_the_store_away_nobody_holds_it(dead_redis_url: str) -> None:
    away = leadership(Redis.from_url(dead_redis_url, retry=None), lasts=timedelta(seconds=8))
    for ask in (away.take, lambda: away.keep(1), lambda: away.drop(1)):
        with pytest.raises(CannotKeep, match="lease"):
            ask()
