"""Draining one destination, on a real server, with time as a value."""

from dataclasses import replace
from datetime import timedelta

import pytest
from redis import Redis

from dialer.delivery.answer import Asked, Holding
from dialer.delivery.deliver import DRAIN_SECONDS
from dialer.delivery.notice import Notice, NoticeState
from dialer.store import keys
from tests.delivery.notices import NOW, OTHER_LINE, destination, notice, write
from tests.delivery.wires import Desk, received, retry, unwell

SOON = NOW + timedelta(milliseconds=1)


@pytest.fixture
def desk(redis_client: "Redis") -> Desk:
    return Desk(redis_client)


def written(desk: Desk, *notices: Notice) -> None:
    write(desk.redis, *notices)
    desk.hands.move(seconds=0.01)


def test_what_is_due_is_told_in_order_and_settled(desk: Desk) -> None:
    first, second = notice(NOW), notice(SOON)
    written(desk, second, first)
    assert desk.drain() is False
    assert desk.adapter.ids == [first.id, second.id]
    assert desk.outbox.find(first.id).state is NoticeState.DELIVERED


def test_a_failed_attempt_is_repeated_when_the_schedule_says_so(desk: Desk) -> None:
    written(desk, sent := notice())
    desk.adapter.answers = [retry(), received()]
    desk.drain()
    desk.hands.move(seconds=4.9)
    desk.drain()
    assert desk.adapter.ids == [sent.id]
    desk.hands.move(seconds=1)
    desk.drain()
    assert desk.adapter.ids == [sent.id, sent.id]
    assert (desk.outbox.find(sent.id).state, desk.outbox.find(sent.id).attempts) == ("delivered", 2)


def test_every_attempt_says_the_same(desk: Desk) -> None:
    written(desk, sent := notice())
    desk.adapter.answers = [retry(), unwell(), received()]
    for _ in range(3):
        desk.drain()
        desk.hands.move(minutes=2)
    assert desk.adapter.ids == [sent.id] * 3
    assert desk.adapter.bodies[sent.id] == {sent.body}


def test_a_week_of_failures_makes_a_notice_dead_and_keeps_it(desk: Desk) -> None:
    written(desk, sent := notice())
    desk.adapter.answers = [unwell()]
    while (waiting := desk.outbox.find(sent.id)).due_at is not None:
        desk.hands.now = max(desk.hands.now, waiting.due_at)
        desk.drain()
    assert waiting.state is NoticeState.DEAD
    assert desk.hands.now - NOW == timedelta(days=7)
    assert desk.outbox.page(NoticeState.DEAD).notices == (waiting,)
    desk.hands.move(days=1)
    assert desk.drain() is False


def test_a_later_notice_never_overtakes_a_failing_one_of_its_line(desk: Desk) -> None:
    first, second, elsewhere = notice(NOW), notice(SOON), notice(SOON, line=OTHER_LINE)
    written(desk, first, second, elsewhere)
    desk.adapter.answers = [retry(), received()]
    desk.drain()
    assert desk.adapter.ids == [first.id, elsewhere.id]
    desk.hands.move(seconds=6)
    desk.drain()
    assert desk.adapter.ids == [first.id, elsewhere.id, first.id, second.id]


def test_a_destination_that_lets_nothing_through_is_left_alone_for_a_while(desk: Desk) -> None:
    written(desk, *(notice(NOW, line=f"+4420794601{n:02}") for n in range(10)))
    desk.adapter.answers = [unwell(), received()]
    assert desk.drain() is False
    assert len(desk.adapter.told) == 1
    desk.drain()
    assert len(desk.adapter.told) == 1
    desk.hands.move(seconds=6)
    desk.drain()
    assert len(desk.adapter.told) == 11


def test_a_wish_for_patience_holds_for_the_whole_destination(desk: Desk) -> None:
    written(desk, notice(NOW), notice(NOW, line=OTHER_LINE))
    desk.adapter.answers = [unwell(retry_after=timedelta(minutes=10)), received()]
    desk.drain()
    desk.hands.move(minutes=9)
    desk.drain()
    assert len(desk.adapter.told) == 1
    desk.hands.move(minutes=2)
    desk.drain()
    assert len(desk.adapter.told) == 3


def test_a_long_drain_ends_and_asks_for_another(desk: Desk) -> None:
    written(desk, *(notice(NOW, line=f"+4420794601{n:02}") for n in range(20)))
    desk.adapter.meanwhile = lambda _notice: desk.hands.move(seconds=1)
    assert desk.drain() is True
    assert len(desk.adapter.told) == DRAIN_SECONDS
    assert desk.drain() is False
    assert len(desk.adapter.told) == 20


def test_a_stop_ends_the_drain_after_the_attempt_at_hand(desk: Desk) -> None:
    written(desk, sent := notice(NOW), notice(NOW, line=OTHER_LINE))
    desk.adapter.meanwhile = lambda _notice: setattr(desk, "is_stopping", True)
    assert desk.drain() is True
    assert len(desk.adapter.told) == 1
    assert desk.outbox.find(desk.adapter.ids[0]).state is NoticeState.DELIVERED
    assert desk.redis.exists(keys.destination_lease(sent.destination)) == 0


def test_a_busy_destination_is_left_to_the_worker_that_has_it(desk: Desk) -> None:
    written(desk, notice())
    assert desk.outbox.take("dst_crm")
    assert desk.drain() is False
    assert desk.adapter.told == []


def test_a_worker_that_was_overtaken_settles_nothing_and_stops(desk: Desk) -> None:
    written(desk, first := notice(NOW), notice(NOW, line=OTHER_LINE))

    def overtake(_notice: Notice) -> None:
        desk.redis.delete(keys.destination_lease("dst_crm"))
        desk.outbox.take("dst_crm")

    desk.adapter.meanwhile = overtake
    desk.drain()
    assert len(desk.adapter.told) == 1
    told = desk.outbox.find(desk.adapter.ids[0])
    assert (told.state, told.attempts) == (NoticeState.PENDING, 0)
    assert first.id in {n.id for n in desk.outbox.due("dst_crm", at=desk.hands.now, limit=9)}


def test_what_was_written_while_the_drain_ended_is_not_forgotten(desk: Desk) -> None:
    written(desk, notice(NOW))
    late = notice(NOW, line=OTHER_LINE)

    class LateOutbox(type(desk.outbox)):  # type: ignore[misc]
        def release(self, destination_id: str, fence: int) -> None:
            write(desk.redis, late)
            super().release(destination_id, fence)

    delivery = replace(desk.delivery, outbox=LateOutbox(desk.redis))
    assert delivery.drain("dst_crm") is True


def test_notices_to_a_removed_destination_die_with_their_reason(desk: Desk) -> None:
    written(desk, sent := notice())
    del desk.known["dst_crm"]
    desk.drain()
    dead = desk.outbox.find(sent.id)
    assert (dead.state, desk.adapter.told) == (NoticeState.DEAD, [])
    assert dead.last_reason == "its destination was removed; add it again and retry"


def test_a_destination_is_asked_whether_it_holds_what_it_took(desk: Desk) -> None:
    desk.known["dst_crm"] = destination(confirm_url="https://crm.example/held")
    written(desk, sent := notice())
    desk.drain()
    assert desk.adapter.questions == []
    desk.hands.move(seconds=61)
    desk.drain()
    assert desk.adapter.questions == [sent.id]
    assert desk.outbox.find(sent.id).state is NoticeState.CONFIRMED


def test_a_destination_that_lost_the_entry_is_told_again_under_the_same_id(desk: Desk) -> None:
    desk.known["dst_crm"] = destination(confirm_url="https://crm.example/held")
    missing = Asked(holding=Holding.MISSING, reason="answered 404", status=404)
    desk.adapter.asked = [missing, Asked(holding=Holding.HOLDS, reason="answered 200")]
    written(desk, sent := notice())
    for _ in range(4):
        desk.drain()
        desk.hands.move(minutes=11)
    assert desk.adapter.ids == [sent.id, sent.id]
    assert desk.outbox.find(sent.id).state is NoticeState.CONFIRMED
