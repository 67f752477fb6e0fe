"""Pausing a destination, and sending off again what died there."""

from dataclasses import replace
from datetime import timedelta

import pytest
from redis import Redis

from dialer.clock import milliseconds
from dialer.delivery.notice import Notice, NoticeState, index_member, to_fields
from dialer.delivery.retrying import retry_dead
from dialer.store import keys
from tests.delivery.notices import NOW, destination, notice, write
from tests.delivery.wires import Desk


def died(redis: "Redis", *notices: Notice) -> tuple[Notice, ...]:
    """Write notices that died, as their destination left them."""
    dead = tuple(
        replace(one, state=NoticeState.DEAD, due_at=None, attempts=1, last_reason="answered 410")
        for one in notices
    )
    for one in dead:
        redis.hset(keys.notice(one.id), mapping=to_fields(one))
        redis.zadd(keys.NOTICES_BY_STATE, {index_member(one): 0})
    return dead


@pytest.fixture
def desk(redis_client: "Redis") -> Desk:
    return Desk(redis_client)


def test_a_paused_destination_is_told_nothing_and_does_not_ring_again(desk: Desk) -> None:
    write(desk.redis, sent := notice())
    desk.known["dst_crm"] = destination(paused_at=NOW)
    desk.hands.move(seconds=1)
    assert desk.drain() is False
    assert desk.adapter.ids == []
    assert desk.redis.zscore(keys.due("dst_crm"), sent.id) == milliseconds(NOW)


def test_a_destination_that_goes_on_is_told_what_waited(desk: Desk) -> None:
    write(desk.redis, sent := notice())
    desk.known["dst_crm"] = destination(paused_at=NOW)
    desk.hands.move(days=2)
    desk.drain()
    desk.known["dst_crm"] = destination()
    desk.drain()
    assert desk.adapter.ids == [sent.id]


def test_all_that_died_since_a_time_goes_off_again_and_nothing_older(desk: Desk) -> None:
    old, new = notice(NOW - timedelta(days=9)), notice(NOW)
    died(desk.redis, old, new)
    again = list(retry_dead(desk.outbox, "dst_crm", since=NOW - timedelta(days=1), at=NOW))
    assert [one.id for one in again] == [new.id]
    assert desk.outbox.find(old.id).state is NoticeState.DEAD
    assert [one.id for one in retry_dead(desk.outbox, "dst_crm", since=None, at=NOW)] == [old.id]


def test_more_than_a_page_goes_off_again(desk: Desk) -> None:
    died(desk.redis, *(notice(NOW + timedelta(milliseconds=n)) for n in range(450)))
    assert len(list(retry_dead(desk.outbox, "dst_crm", since=None, at=NOW))) == 450
    assert not desk.outbox.page(NoticeState.DEAD).notices


def test_another_destinations_dead_are_left_alone(desk: Desk) -> None:
    died(desk.redis, notice(to="dst_other"))
    assert list(retry_dead(desk.outbox, "dst_crm", since=None, at=NOW)) == []
