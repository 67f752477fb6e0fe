"""Destinations that take several notices at once, and such as bear only so many attempts a second."""

from datetime import timedelta
from itertools import pairwise

import pytest
from redis import Redis

from dialer.delivery.notice import Notice, NoticeState
from tests.delivery.notices import LINE, NOW, OTHER_LINE, destination, notice, write
from tests.delivery.wires import Desk, received, retry, unwell


@pytest.fixture
def desk(redis_client: "Redis") -> Desk:
    desk = Desk(redis_client)
    desk.adapter.most_at_once = 3
    return desk


def written(desk: Desk, count: int, **changes: str) -> tuple[Notice, ...]:
    lines = (LINE, OTHER_LINE)
    made = tuple(
        notice(NOW + timedelta(milliseconds=n), line=changes.get("line", lines[n % 2])) for n in range(count)
    )
    write(desk.redis, *made)
    desk.hands.move(seconds=1)
    return made


def states(desk: Desk, made: tuple[Notice, ...]) -> list[NoticeState]:
    return [desk.outbox.find(one.id).state for one in made]


def test_one_attempt_carries_as_many_as_it_may_in_their_order(desk: Desk) -> None:
    made = written(desk, 5)
    assert desk.drain() is False
    ids = tuple(one.id for one in made)
    assert desk.adapter.attempts == [ids[:3], ids[3:]]
    assert states(desk, made) == [NoticeState.DELIVERED] * 5


def test_all_of_an_attempt_share_its_fate(desk: Desk) -> None:
    made = written(desk, 3)
    desk.adapter.answers = [retry(), received()]
    desk.drain()
    assert states(desk, made) == [NoticeState.PENDING] * 3
    desk.hands.move(seconds=10)
    desk.drain()
    assert states(desk, made) == [NoticeState.DELIVERED] * 3
    assert {desk.outbox.find(one.id).attempts for one in made} == {2}


def test_a_destination_that_is_unwell_is_left_alone_after_one_attempt(desk: Desk) -> None:
    written(desk, 5)
    desk.adapter.answers = [unwell()]
    desk.drain()
    assert len(desk.adapter.attempts) == 1


def test_what_failed_of_a_line_goes_before_what_came_after_it(desk: Desk) -> None:
    first, *_ = written(desk, 1, line=LINE)
    desk.adapter.answers = [retry(), received()]
    desk.drain()
    later = notice(NOW + timedelta(seconds=2), line=LINE)
    write(desk.redis, later)
    desk.hands.move(seconds=60)
    desk.drain()
    assert desk.adapter.ids == [first.id, first.id, later.id]


def test_a_destination_gets_no_more_attempts_a_second_than_it_bears(desk: Desk) -> None:
    desk.adapter.most_at_once = 1
    desk.known["dst_crm"] = destination(a_second=2.0)
    written(desk, 5)
    desk.drain()
    times = [at for _, at in desk.adapter.told]
    gaps = [later - earlier for earlier, later in pairwise(times)]
    assert len(times) == 5
    assert min(gaps) >= timedelta(seconds=0.5)


def test_one_drain_after_another_keeps_the_pace(desk: Desk) -> None:
    desk.known["dst_crm"] = destination(a_second=1.0)
    desk.adapter.most_at_once = 1
    for _ in range(2):
        written(desk, 1)
        desk.drain()
    first, second = (at for _, at in desk.adapter.told)
    assert second - first >= timedelta(seconds=1)
