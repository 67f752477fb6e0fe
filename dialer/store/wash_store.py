"""Washes in Redis: pages of results, and the table and version that put them in force.

The version stands among the live registers, so a screening that read before a wash and commits after it
begins again. A page of an import that was killed holds results nobody reads, until the next one rewrites it.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Final

from redis import Redis

from dialer.errors import Conflict
from dialer.registers.page import page_of
from dialer.registers.washed import Answers, LiveWashes, Wash, results_of
from dialer.store import keys, scripts
from dialer.store.codec import from_json, to_json
from dialer.store.registers import WASHES, RegisterReader
from dialer.store.trouble import kept

LEASE: Final = timedelta(seconds=60)


class WashStore:
    """Fits `registers.wash.Store`."""

    def __init__(self, redis: "Redis") -> None:
        self._redis = redis
        self._registers = RegisterReader(redis)

    def live(self) -> LiveWashes | None:
        """Return the washes in force, None if there never was one. One round trip."""
        return self._registers.standing().washes

    def pages(self, pages: Sequence[int]) -> list[bytes | None]:
        """Return pages of results as they lie there, None for none. One round trip."""
        with kept("reading wash results"):
            found: Any = self._redis.mget([keys.wash_page(page) for page in pages])
        return list(found)

    def said_of(self, contact_point: str) -> tuple[tuple[Wash, Answers], ...]:
        """Return what each wash in force said of one line, the oldest first; two round trips, at most."""
        place, live = page_of(contact_point), self.live()
        if place is None or live is None:
            return ()
        (page,) = self.pages([place[0]])
        found = results_of(page, place[1])
        return tuple((live.washes[one.ordinal], one.answers) for one in found if one.ordinal in live.washes)

    def listings(self, pages: Sequence[int]) -> list[dict[str, bytes | None]]:
        """Return these pages of each register in force, by name. Two round trips."""
        names = [(r.name, r.live.held_in) for r in self._registers.registers() if r.live is not None]
        if not names:
            return [{} for _ in pages]
        with kept("reading register pages"):
            found: Any = self._redis.mget(
                [keys.register_page(name, version, page) for page in pages for name, version in names]
            )
        rows = zip(*[iter(found)] * len(names), strict=True)
        return [dict(zip((name for name, _ in names), row, strict=True)) for row in rows]

    def begin(self, lots: int) -> int:
        """Take the right to add washes; raises Conflict while somebody else has it."""
        with kept("beginning to take in a wash"):
            first = scripts.run(
                self._redis,
                "wash_begin",
                keys=[keys.WASH_LEASE, keys.WASH_ORDINAL],
                arguments=[lots, _ms(LEASE)],
            )
        if not first:
            raise Conflict(
                f"another wash is being taken in; wait for it to end, or {LEASE.seconds} s if it was killed"
            )
        return int(first)

    def stage(self, first: int, pages: Sequence[tuple[int, bytes]]) -> None:
        """Write pages; raises Conflict when the right was lost, having written nothing."""
        with kept("writing wash results"):
            done = scripts.run(
                self._redis,
                "wash_stage",
                keys=[keys.WASH_LEASE, *(keys.wash_page(page) for page, _ in pages)],
                arguments=[first, _ms(LEASE), *(content for _, content in pages)],
            )
        if done < 0:
            raise _lost()

    def publish(self, first: int, washes: Sequence[Wash]) -> None:
        """Put washes in force, all in one act; raises Conflict, nothing changed, if it may not."""
        rows = [part for wash in washes for part in (wash.ordinal, to_json(wash))]
        newest = max(wash.ordinal for wash in washes)
        with kept("putting a wash in force"):
            done = scripts.run(
                self._redis,
                "wash_publish",
                keys=[keys.WASH_LEASE, keys.REGISTERS_LIVE, keys.WASHES],
                arguments=[first, WASHES, newest, *rows],
            )
        if not done:
            raise _lost()

    def release(self, first: int) -> None:
        """Give back the right to add washes."""
        with kept("ending a wash"):
            scripts.run(self._redis, "register_release", keys=[keys.WASH_LEASE], arguments=[first])

    def known(self) -> tuple[Wash, ...]:
        """Return every wash ever put in force, newest first. One round trip."""
        with kept("reading the washes"):
            table: Any = self._redis.hgetall(keys.WASHES)
        return tuple(sorted((from_json(Wash, row) for row in table.values()), key=lambda wash: -wash.ordinal))


def _lost() -> Conflict:
    return Conflict("this wash lost its turn to another; nothing changed; begin again")


def _ms(span: timedelta) -> int:
    return int(span.total_seconds() * 1000)
