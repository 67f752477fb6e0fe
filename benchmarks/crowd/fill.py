"""Copies of the template lines, key by key, with the number in them changed: what the writers would write."""

import random
from collections.abc import Iterator
from typing import Any

from redis import Redis

from benchmarks.crowd.templates import TEMPLATES, write_templates
from dialer.store import keys
from tests.doubles.house import House

LINES_A_TRIP = 200


def fill(house: House, lines: int) -> None:
    """Fill a house's store with `lines` lines of ten events, some 300,000 commands a minute."""
    write_templates(house)
    redis = house.parts.redis
    copies = [_kept(redis, line) for line in TEMPLATES]
    for first in range(0, lines, LINES_A_TRIP):
        with redis.pipeline(transaction=False) as pipe:
            for n in range(first, min(first + LINES_A_TRIP, lines)):
                _copy(pipe, copies[n % len(copies)], number(n))
            pipe.execute()


def number(n: int) -> str:
    """Return one of the lines; plain E.164, 0113 xxx xxxx."""
    return f"+44113{n:07d}"


def drawn(lines: int, count: int, *, seed: int) -> Iterator[str]:
    """Yield lines at random, the same for the same seed."""
    yield from (number(n) for n in random.Random(seed).choices(range(lines), k=count))


def _kept(redis: "Redis", line: str) -> "dict[str, Any]":
    stream: Any = redis.lrange(keys.line_entries(line), 0, -1)
    found: Any = [redis.xrange(keys.LEDGER, entry, entry)[0][1] for entry in stream]  # type: ignore[index]
    return {
        "number": line.encode(),
        "fields": redis.hgetall(keys.line(line)),
        "attempts": redis.zrange(keys.attempts(line), 0, -1, withscores=True),
        "entries": found[::-1],
    }


def _copy(pipe: Any, kept: dict[str, Any], line: str) -> None:
    old, new = kept["number"], line.encode()
    pipe.hset(
        keys.line(line),
        mapping={name: body.replace(old, new) for name, body in kept["fields"].items()},
    )
    if kept["attempts"]:
        pipe.zadd(keys.attempts(line), dict(kept["attempts"]))
    for entry in kept["entries"]:
        pipe.xadd(keys.LEDGER, {name: body.replace(old, new) for name, body in entry.items()})
