"""The order of one line at one destination, on a real server."""

from dataclasses import replace
from datetime import timedelta

import pytest
from redis import Redis

from dialer.delivery.deliver import Turn
from dialer.delivery.notice import Notice, NoticeState
from dialer.store import keys
from dialer.store.outbox import Outbox
from tests.delivery.notices import LINE, NOW, OTHER_LINE, notice, write

SOON = NOW + timedelta(seconds=1)


@pytest.fixture
def outbox(redis_client: "Redis") -> Outbox:
    return Outbox(redis_client)


def lease(outbox: Outbox) -> int:
    number = outbox.take("dst_crm")
    assert number is not None
    return number


def failed(before: Notice) -> Notice:
    return replace(before, attempts=before.attempts + 1, due_at=NOW + timedelta(minutes=5))


def delivered(before: Notice) -> Notice:
    return replace(before, state=NoticeState.DELIVERED, due_at=None)


def test_a_later_notice_waits_behind_a_failing_one_of_its_line(outbox: Outbox, redis_client: "Redis") -> None:
    first, second, elsewhere = notice(NOW), notice(SOON), notice(SOON, line=OTHER_LINE)
    write(redis_client, first, second, elsewhere)
    number = lease(outbox)
    outbox.settle(first, failed(first), fence=number, rest_until=None)
    assert outbox.turn(second, number) is Turn.WAIT
    assert outbox.turn(elsewhere, number) is Turn.GO
    due = outbox.due("dst_crm", at=NOW + timedelta(minutes=6), limit=10)
    assert [n.id for n in due] == [elsewhere.id, first.id, second.id]


def test_the_line_is_free_once_the_failing_notice_is_delivered(outbox: Outbox, redis_client: "Redis") -> None:
    first, second = notice(NOW), notice(SOON)
    write(redis_client, first, second)
    number = lease(outbox)
    outbox.settle(first, failed(first), fence=number, rest_until=None)
    assert outbox.turn(second, number) is Turn.WAIT
    outbox.settle(failed(first), delivered(first), fence=number, rest_until=None)
    assert outbox.turn(second, number) is Turn.GO


def test_a_line_that_waits_for_a_notice_that_vanished_is_free(outbox: Outbox, redis_client: "Redis") -> None:
    later = notice()
    write(redis_client, later)
    redis_client.zadd(keys.destination_line("dst_crm", LINE), {"ntc_00000000000000000000000000": 0})
    assert outbox.turn(later, lease(outbox)) is Turn.GO


def test_a_third_notice_waits_behind_the_second_when_the_first_is_through(
    outbox: Outbox, redis_client: "Redis"
) -> None:
    first, second, third = (notice(NOW + timedelta(seconds=n)) for n in range(3))
    write(redis_client, first, second, third)
    number = lease(outbox)
    outbox.settle(first, failed(first), fence=number, rest_until=None)
    assert outbox.turn(second, number) is Turn.WAIT
    outbox.settle(failed(first), delivered(first), fence=number, rest_until=None)
    assert outbox.turn(third, number) is Turn.WAIT
    assert outbox.turn(second, number) is Turn.GO


def test_a_question_about_a_delivered_notice_waits_for_nobody(outbox: Outbox, redis_client: "Redis") -> None:
    first, asked = notice(NOW), notice(SOON, state=NoticeState.DELIVERED)
    write(redis_client, first, asked)
    number = lease(outbox)
    outbox.settle(first, failed(first), fence=number, rest_until=None)
    assert outbox.turn(asked, number) is Turn.GO
