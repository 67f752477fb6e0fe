"""One lock a request, one answer a day, and no answer from whoever lost the lock."""

import pytest
import redis

from dialer.store import keys
from dialer.store.idempotency import Answer, Entry, IdempotencyStore, Lock

ANSWER = Answer(status=201, content_type="application/json", body='{"id":"obj_1"}')


@pytest.fixture
def store(redis_client: "redis.Redis") -> IdempotencyStore:
    return IdempotencyStore(redis_client)


def locked(found: Lock | Entry) -> Lock:
    assert isinstance(found, Lock)
    return found


def test_the_first_use_locks_and_the_second_finds_no_answer_yet(store: IdempotencyStore) -> None:
    locked(store.begin("key_1", "d", "f"))
    found = store.begin("key_1", "d", "f")
    assert isinstance(found, Entry)
    assert (found.fingerprint, found.answer) == ("f", None)


def test_a_settled_request_is_answered_as_it_was_for_a_day(
    store: IdempotencyStore, redis_client: "redis.Redis"
) -> None:
    assert store.settle(locked(store.begin("key_1", "d", "f")), ANSWER)
    assert store.begin("key_1", "d", "other") == Entry(fingerprint="f", answer=ANSWER)
    assert 86_000 < redis_client.ttl(keys.idempotency("key_1", "d")) <= 86_400


def test_a_released_key_may_be_tried_again(store: IdempotencyStore) -> None:
    assert store.release(locked(store.begin("key_1", "d", "f")))
    locked(store.begin("key_1", "d", "f"))


def test_another_api_key_has_its_own_idempotency_keys(store: IdempotencyStore) -> None:
    locked(store.begin("key_1", "d", "f"))
    locked(store.begin("key_2", "d", "f"))


def test_whoever_lost_the_lock_cannot_write_over_the_next(
    store: IdempotencyStore, redis_client: "redis.Redis"
) -> None:
    late = locked(store.begin("key_1", "d", "f"))
    redis_client.delete(keys.idempotency("key_1", "d"))
    next_one = locked(store.begin("key_1", "d", "f"))
    assert not store.settle(late, ANSWER)
    assert not store.release(late)
    assert store.settle(next_one, ANSWER)


def test_a_lock_dies_by_itself(store: IdempotencyStore, redis_client: "redis.Redis") -> None:
    locked(store.begin("key_1", "d", "f"))
    assert 0 < redis_client.ttl(keys.idempotency("key_1", "d")) <= 60
