"""Answers to idempotent requests, kept for a day; while the first is under way its key is locked.

The lock outlives any request (60 s) and carries a random word, so an answer that comes too late cannot
overwrite that of whoever took the key after it.
"""

import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, ClassVar, Final

from redis import Redis

from dialer.calls.shape import STRICT
from dialer.store import keys, scripts
from dialer.store.codec import from_json, to_json
from dialer.store.trouble import kept

LOCKED_FOR: Final = timedelta(seconds=60)
KEPT_FOR: Final = timedelta(hours=24)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One HTTP answer as it was given; `body` is text, since every idempotent door speaks JSON."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    status: int
    content_type: str
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What stands under one key: whose request it was (a digest), and its answer once there is one."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    fingerprint: str
    lock: str | None = None
    answer: Answer | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Lock:
    """The right to answer one request; `held` is the entry as it was written."""

    key: str
    held: bytes
    fingerprint: str


class IdempotencyStore:
    """Locks, keeps and finds answers by API key and idempotency key."""

    def __init__(self, redis: "Redis") -> None:
        self._redis = redis

    def begin(self, key_id: str, digest: str, fingerprint: str) -> Lock | Entry:
        """Return the lock for a first use, or what already stands there. One round trip, two for a repeat."""
        key = keys.idempotency(key_id, digest)
        held = to_json(Entry(fingerprint=fingerprint, lock=secrets.token_hex(16)))
        with kept("locking an idempotency key"):
            # Between SET and GET the other's lock may run out; then the second round takes it.
            for _ in range(2):
                if self._redis.set(key, held, nx=True, ex=LOCKED_FOR):
                    return Lock(key=key, held=held, fingerprint=fingerprint)
                found = self._redis.get(key)
                if found is not None:
                    return from_json(Entry, found)
        return Entry(fingerprint=fingerprint, lock="somebody else's")

    def settle(self, lock: Lock, answer: Answer) -> bool:
        """Keep the answer for a day; False if the lock was lost meanwhile. One round trip."""
        return self._finish(lock, to_json(Entry(fingerprint=lock.fingerprint, answer=answer)))

    def release(self, lock: Lock) -> bool:
        """Take the lock away, so that the same request may be tried again. One round trip."""
        return self._finish(lock, b"")

    def _finish(self, lock: Lock, entry: bytes) -> bool:
        seconds = int(KEPT_FOR.total_seconds())
        with kept("keeping an idempotent answer"):
            arguments: list[scripts.Argument] = [lock.held, entry, seconds]
            return bool(scripts.run(self._redis, "idempotency_settle", keys=[lock.key], arguments=arguments))
