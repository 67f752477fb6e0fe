"""The ledger read back newest first: every line once, however the pages fall."""

from datetime import UTC, datetime

import pytest
import redis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dialer.clock import milliseconds
from dialer.errors import Unreadable
from dialer.store import keys
from dialer.store.decisions import DecisionsStore
from dialer.store.ledger import Entry

AT = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


def write(redis_client: "redis.Redis", number: int, *, a_millisecond: int = 3) -> list[str]:
    """Write so many lines, a few in each millisecond, and return their ids, oldest first."""
    start = milliseconds(AT)
    ids = [f"{start + n // a_millisecond}-{n % a_millisecond}" for n in range(number)]
    for n, entry in enumerate(ids):
        redis_client.xadd(keys.LEDGER, {"k": "decision", "d": f'{{"n": {n}}}'}, id=entry)
    return ids


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(number=st.integers(0, 25), at_most=st.integers(1, 7))
def test_every_line_is_on_exactly_one_page(redis_client: "redis.Redis", number: int, at_most: int) -> None:
    redis_client.delete(keys.LEDGER)
    ids = write(redis_client, number)
    store, found, after = DecisionsStore(redis_client), [], None
    while True:
        page = store.page(lambda _: True, since=None, until=None, after=after, at_most=at_most)
        found += [entry.entry for entry in page.entries]
        if page.next is None:
            break
        after = page.next
    assert found == ids[::-1]


def is_first(entry: Entry) -> bool:
    return bool(entry.fields["n"] == 0)


def test_a_search_for_something_rare_gives_up_its_page_and_goes_on(redis_client: "redis.Redis") -> None:
    ids = write(redis_client, 25)
    store, pages, after, found = DecisionsStore(redis_client), 0, None, []
    while True:
        page = store.page(is_first, since=None, until=None, after=after, at_most=5, look_at=10)
        pages, after = pages + 1, page.next
        found += [entry.entry for entry in page.entries]
        if after is None:
            break
    assert (pages, found) == (3, [ids[0]])


def test_bounds_hold_to_the_millisecond(redis_client: "redis.Redis") -> None:
    write(redis_client, 9)
    store = DecisionsStore(redis_client)
    later = datetime.fromtimestamp((milliseconds(AT) + 1) / 1000, UTC)
    page = store.page(lambda _: True, since=later, until=None, after=None, at_most=50)
    before = store.page(lambda _: True, since=None, until=later, after=None, at_most=50)
    assert (len(page.entries), len(before.entries)) == (6, 3)


def test_a_time_before_all_times_is_the_beginning(redis_client: "redis.Redis") -> None:
    write(redis_client, 3)
    ancient = datetime(3, 1, 1, tzinfo=UTC)
    store = DecisionsStore(redis_client)
    everything = store.page(lambda _: True, since=ancient, until=None, after=None, at_most=9)
    nothing = store.page(lambda _: True, since=None, until=ancient, after=None, at_most=9)
    assert (len(everything.entries), len(nothing.entries)) == (3, 0)


@pytest.mark.parametrize(
    "after", ["", "x", "1", "1-", "-1", "1-1-1", "9" * 20 + "-0", "0-0", "1-" + "9" * 20]
)
def test_a_place_we_never_gave_is_refused(redis_client: "redis.Redis", after: str) -> None:
    with pytest.raises(Unreadable):
        DecisionsStore(redis_client).page(lambda _: True, since=None, until=None, after=after, at_most=1)
