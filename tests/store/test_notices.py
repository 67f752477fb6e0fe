"""Notices for people: found, paged, counted, retried."""

from dataclasses import replace
from datetime import timedelta

import pytest
from redis import Redis

from dialer.delivery.notice import Notice, NoticeState
from dialer.errors import CannotKeep, Conflict, NotFound
from dialer.store import keys
from dialer.store.outbox import Outbox
from tests.delivery.notices import NOW, notice, write


@pytest.fixture
def outbox(redis_client: "Redis") -> Outbox:
    return Outbox(redis_client)


def settled(outbox: Outbox, before: Notice, state: NoticeState) -> Notice:
    fence = outbox.take(before.destination)
    assert fence is not None
    after = replace(before, state=state, due_at=None, last_reason="answered 410")
    outbox.settle(before, after, fence=fence, rest_until=None)
    outbox.release(before.destination, fence)
    return after


def written(redis_client: "Redis", number: int, to: str = "dst_crm") -> list[Notice]:
    made = [notice(NOW + timedelta(seconds=n), to=to) for n in range(number)]
    write(redis_client, *made)
    return made


def test_an_unknown_notice_is_not_found(outbox: Outbox) -> None:
    with pytest.raises(NotFound, match="ntc_NOBODY"):
        outbox.find("ntc_NOBODY")


def test_a_broken_notice_is_said_to_be_broken(outbox: Outbox, redis_client: "Redis") -> None:
    (made,) = written(redis_client, 1)
    redis_client.hset(keys.notice(made.id), "attempts", "many")
    with pytest.raises(CannotKeep, match="cannot be read"):
        outbox.find(made.id)


def test_pages_run_from_the_newest_to_the_oldest_without_gap_or_repeat(
    outbox: Outbox, redis_client: "Redis"
) -> None:
    made = written(redis_client, 4) + written(redis_client, 3, to="dst_other")
    settled(outbox, made[1], NoticeState.DEAD)
    seen: list[str] = []
    cursor = None
    while True:
        page = outbox.page(limit=2, cursor=cursor)
        seen += [n.id for n in page.notices]
        cursor = page.cursor
        if cursor is None:
            break
    assert seen == sorted((n.id for n in made), reverse=True)


def test_a_page_shows_one_state_and_one_destination(outbox: Outbox, redis_client: "Redis") -> None:
    mine, other = written(redis_client, 3), written(redis_client, 2, to="dst_other")
    dead = settled(outbox, mine[0], NoticeState.DEAD)
    settled(outbox, other[0], NoticeState.DEAD)
    assert outbox.page(NoticeState.DEAD, "dst_crm").notices == (dead,)
    assert len(outbox.page(NoticeState.PENDING).notices) == 3
    assert len(outbox.page(None, "dst_other").notices) == 2


def test_the_last_page_has_no_cursor(outbox: Outbox, redis_client: "Redis") -> None:
    written(redis_client, 2)
    assert outbox.page(limit=2).cursor is None
    assert outbox.page(limit=1).cursor is not None


def test_a_destination_whose_name_begins_like_another_s_is_kept_apart(
    outbox: Outbox, redis_client: "Redis"
) -> None:
    written(redis_client, 1, to="crm")
    written(redis_client, 2, to="crm|2")
    written(redis_client, 3, to="crm2")
    counted = {c.destination: c.number for c in outbox.counts() if c.state is NoticeState.PENDING}
    assert counted == {"crm": 1, "crm|2": 2, "crm2": 3}


def test_a_dead_notice_is_sent_off_again(outbox: Outbox, redis_client: "Redis") -> None:
    (made,) = written(redis_client, 1)
    settled(outbox, replace(made, attempts=15, tries=15), NoticeState.DEAD)
    again = outbox.retry(made.id, at=NOW + timedelta(days=9))
    assert (again.state, again.tries, again.attempts) == (NoticeState.PENDING, 0, 15)
    assert outbox.due("dst_crm", at=NOW + timedelta(days=9), limit=1) == (again,)
    assert outbox.page(NoticeState.DEAD).notices == ()


def test_a_waiting_notice_is_brought_forward(outbox: Outbox, redis_client: "Redis") -> None:
    write(redis_client, waiting := notice(due_at=NOW + timedelta(hours=14)))
    outbox.retry(waiting.id, at=NOW)
    assert outbox.is_due("dst_crm", at=NOW)


@pytest.mark.parametrize("state", [NoticeState.DELIVERED, NoticeState.CONFIRMED])
def test_what_the_destination_has_is_not_sent_again(
    outbox: Outbox, redis_client: "Redis", state: NoticeState
) -> None:
    (made,) = written(redis_client, 1)
    settled(outbox, made, state)
    with pytest.raises(Conflict, match=f"is {state}"):
        outbox.retry(made.id, at=NOW)


def test_the_most_overdue_of_all_is_known(outbox: Outbox, redis_client: "Redis") -> None:
    assert outbox.oldest_overdue(at=NOW) is None
    write(redis_client, notice(NOW), notice(NOW - timedelta(minutes=3), to="dst_other"))
    assert outbox.oldest_overdue(at=NOW) == timedelta(minutes=3)
    assert outbox.oldest_overdue(at=NOW - timedelta(hours=1)) is None


def test_several_are_found_in_the_order_asked_for(outbox: Outbox, redis_client: "Redis") -> None:
    one, two = written(redis_client, 2)
    assert outbox.find_all([two.id, "ntc_NOBODY", one.id]) == (two, one)
