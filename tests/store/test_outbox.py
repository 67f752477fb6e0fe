"""The outbox on a real server: due, in turn, settled under the lease, and never lost."""

from dataclasses import replace
from datetime import timedelta

import pytest
from redis import Redis

from dialer.clock import milliseconds
from dialer.delivery.deliver import Turn
from dialer.delivery.notice import Notice, NoticeState
from dialer.store import keys
from dialer.store.outbox import Outbox
from tests.delivery.notices import NOW, OTHER_LINE, notice, write

SOON = NOW + timedelta(seconds=1)


@pytest.fixture
def outbox(redis_client: "Redis") -> Outbox:
    return Outbox(redis_client)


def lease(outbox: Outbox) -> int:
    number = outbox.take("dst_crm")
    assert number is not None
    return number


def failed(before: Notice, *, until: timedelta = timedelta(minutes=5)) -> Notice:
    return replace(before, attempts=before.attempts + 1, due_at=NOW + until)


def delivered(before: Notice) -> Notice:
    return replace(before, state=NoticeState.DELIVERED, due_at=None)


def test_what_an_objection_wrote_is_due(outbox: Outbox, redis_client: "Redis") -> None:
    written = notice()
    write(redis_client, written)
    assert outbox.due("dst_crm", at=NOW, limit=10) == (written,)
    assert outbox.is_due("dst_crm", at=NOW)


def test_what_is_due_later_is_not_due(outbox: Outbox, redis_client: "Redis") -> None:
    write(redis_client, notice(due_at=NOW + timedelta(milliseconds=1)))
    assert outbox.due("dst_crm", at=NOW, limit=10) == ()
    assert not outbox.is_due("dst_crm", at=NOW)


def test_the_longest_due_comes_first(outbox: Outbox, redis_client: "Redis") -> None:
    first, second = notice(NOW), notice(SOON)
    write(redis_client, second, first)
    assert outbox.due("dst_crm", at=SOON, limit=10) == (first, second)
    assert outbox.due("dst_crm", at=SOON, limit=1) == (first,)


def test_a_delivered_notice_is_due_no_more(outbox: Outbox, redis_client: "Redis") -> None:
    before = notice()
    write(redis_client, before)
    assert outbox.settle(before, delivered(before), fence=lease(outbox), rest_until=None)
    assert not outbox.is_due("dst_crm", at=NOW + timedelta(days=9))
    assert outbox.find(before.id).state is NoticeState.DELIVERED


def test_a_worker_that_slept_while_another_took_over_settles_nothing(
    outbox: Outbox, redis_client: "Redis"
) -> None:
    before = notice()
    write(redis_client, before)
    stale = lease(outbox)
    redis_client.delete(keys.destination_lease("dst_crm"))
    current = lease(outbox)
    assert current > stale
    assert not outbox.settle(before, failed(before), fence=stale, rest_until=None)
    assert outbox.turn(before, stale) is Turn.STALE
    assert outbox.find(before.id) == before


def test_a_worker_whose_lease_ran_out_unnoticed_may_still_settle(
    outbox: Outbox, redis_client: "Redis"
) -> None:
    before = notice()
    write(redis_client, before)
    number = lease(outbox)
    redis_client.delete(keys.destination_lease("dst_crm"))
    assert outbox.settle(before, delivered(before), fence=number, rest_until=None)
    assert outbox.take("dst_crm") is None


def test_one_worker_at_a_time_holds_a_destination(outbox: Outbox, redis_client: "Redis") -> None:
    number = lease(outbox)
    assert outbox.take("dst_crm") is None
    assert outbox.take("dst_other") is not None
    assert 0 < redis_client.pttl(keys.destination_lease("dst_crm")) <= 20_000
    outbox.release("dst_crm", number)
    assert outbox.take("dst_crm") == number + 1


def test_nobody_gives_back_another_s_lease(outbox: Outbox, redis_client: "Redis") -> None:
    stale = lease(outbox)
    redis_client.delete(keys.destination_lease("dst_crm"))
    lease(outbox)
    outbox.release("dst_crm", stale)
    assert outbox.take("dst_crm") is None


def test_a_resting_destination_has_nothing_due(outbox: Outbox, redis_client: "Redis") -> None:
    first, second = notice(NOW), notice(NOW, line=OTHER_LINE)
    write(redis_client, first, second)
    outbox.settle(first, failed(first), fence=lease(outbox), rest_until=NOW + timedelta(seconds=30))
    assert not outbox.is_due("dst_crm", at=NOW + timedelta(seconds=29))
    assert outbox.due("dst_crm", at=NOW + timedelta(seconds=29), limit=10) == ()
    assert outbox.due("dst_crm", at=NOW + timedelta(seconds=30), limit=10) == (second,)


def test_the_next_settlement_ends_the_rest(outbox: Outbox, redis_client: "Redis") -> None:
    first, second = notice(NOW), notice(NOW, line=OTHER_LINE)
    write(redis_client, first, second)
    number = lease(outbox)
    outbox.settle(first, failed(first), fence=number, rest_until=NOW + timedelta(hours=1))
    outbox.settle(second, delivered(second), fence=number, rest_until=None)
    assert outbox.is_due("dst_crm", at=NOW + timedelta(minutes=5))


def test_a_record_that_cannot_be_read_stops_no_other_and_is_kept(
    outbox: Outbox, redis_client: "Redis"
) -> None:
    broken, whole = notice(NOW), notice(SOON)
    write(redis_client, broken, whole)
    redis_client.hdel(keys.notice(broken.id), "body")
    assert outbox.due("dst_crm", at=SOON, limit=1) == (whole,)
    assert redis_client.hget(keys.notice(broken.id), "state") == b"dead"
    assert {(c.state, c.number) for c in outbox.counts() if c.number} == {("pending", 1), ("dead", 1)}


def test_one_ring_is_enough_until_a_worker_comes(outbox: Outbox, redis_client: "Redis") -> None:
    assert outbox.may_ring("dst_crm")
    assert not outbox.may_ring("dst_crm")
    assert 0 < redis_client.pttl(keys.destination_rung("dst_crm")) <= 10_000
    outbox.heard("dst_crm")
    assert outbox.may_ring("dst_crm")


def test_the_sweep_sees_destinations_that_were_removed_too(outbox: Outbox, redis_client: "Redis") -> None:
    write(redis_client, notice(to="dst_crm"), notice(to="dst_gone"), notice(SOON, to="dst_later"))
    assert outbox.destinations_due(at=NOW) == ("dst_crm", "dst_gone")


def test_a_settled_notice_stands_in_the_index_once(outbox: Outbox, redis_client: "Redis") -> None:
    before = notice()
    write(redis_client, before)
    outbox.settle(before, delivered(before), fence=lease(outbox), rest_until=None)
    assert redis_client.zrange(keys.NOTICES_BY_STATE, 0, -1) == [f"delivered|dst_crm|{before.id}".encode()]
    assert redis_client.zscore(keys.due("dst_crm"), before.id) is None


def test_a_field_that_is_none_again_is_not_left_behind(outbox: Outbox, redis_client: "Redis") -> None:
    before = notice(last_status=500, last_answer="busy")
    write(redis_client, before)
    after = replace(before, last_status=None, last_answer=None, due_at=SOON)
    outbox.settle(before, after, fence=lease(outbox), rest_until=None)
    assert outbox.find(before.id) == after
    assert redis_client.zscore(keys.due("dst_crm"), before.id) == milliseconds(SOON)
