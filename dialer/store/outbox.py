"""The outbox: what is to be told to whom and when; the truth that jobs and bells only point at.

Fits `delivery.deliver.Outbox`, `delivery.sweep.Waiting` and the bell's `Wakings`. Looking notices up, paging
and counting them is `store.notices`, which this class carries for the doors.
"""

import logging
from collections.abc import Mapping
from datetime import datetime, timedelta
from itertools import chain
from typing import Final

from redis import Redis

from dialer.clock import milliseconds
from dialer.delivery.deliver import Turn
from dialer.delivery.notice import Notice, NoticeState, index_member, to_fields
from dialer.store import keys, scripts
from dialer.store.lease import Lease
from dialer.store.notices import Notices, read_notice, texts
from dialer.store.trouble import kept

# An attempt takes at most 10 s and every settlement renews the lease, so a living worker never loses it.
LEASE: Final = timedelta(seconds=20)
# An unanswered ring may be repeated after this; with a sweep every 5 s nothing that is lost waits over 15 s.
RING: Final = timedelta(seconds=10)

_log = logging.getLogger(__name__)


class Outbox(Notices):
    """One object a process; holds no state of its own."""

    def __init__(self, redis: "Redis") -> None:
        super().__init__(redis)
        self._redis = redis

    def take(self, destination_id: str) -> int | None:
        """Take the destination's lease for LEASE and return its fencing number, or None."""
        return self._lease(destination_id).take()

    def release(self, destination_id: str, fence: int) -> None:
        """Give the lease back, if it is still ours."""
        self._lease(destination_id).drop(fence)

    def due(self, destination_id: str, *, at: datetime, limit: int) -> tuple[Notice, ...]:
        """Return what is due, the longest due first; two round trips. What cannot be read is buried."""
        if self._rests(destination_id, at):
            return ()
        with kept("reading what is due"):
            ids = self._redis.zrangebyscore(
                keys.due(destination_id), "-inf", milliseconds(at), start=0, num=limit
            )
        found: list[Notice] = []
        for notice_id, row in self._rows(texts(ids)):
            notice = read_notice(row)
            if notice is None:
                self._bury(destination_id, notice_id)
            else:
                found.append(notice)
        # Nothing readable among them: what lies behind them is looked at, now that they are out of the way.
        return tuple(found) if found or not ids else self.due(destination_id, at=at, limit=limit)

    def turn(self, notice: Notice, fence: int) -> Turn:
        """Say whether this notice may be told now. One round trip, atomic."""
        name = notice.destination
        # A question about a delivered notice changes nothing there, so it waits for nobody.
        keeps_its_place = notice.state is NoticeState.PENDING
        with kept("asking a notice's turn"):
            reply = scripts.run(
                self._redis,
                "outbox_turn",
                keys=[
                    keys.destination_fence(name),
                    keys.due(name),
                    keys.destination_line(name, notice.contact_point),
                ],
                arguments=[fence, notice.id, "1" if keeps_its_place else ""],
            )
        return Turn(reply.decode())

    def settle(self, before: Notice, after: Notice, *, fence: int, rest_until: datetime | None) -> bool:
        """Keep the outcome, renew the lease and set the destination's rest. One round trip, atomic."""
        name = after.destination
        is_waited_for = after.state is NoticeState.PENDING
        with kept("settling a notice"):
            reply = scripts.run(
                self._redis,
                "notice_settle",
                keys=[
                    keys.notice(after.id),
                    keys.due(name),
                    keys.NOTICES_BY_STATE,
                    keys.destination_fence(name),
                    keys.destination_lease(name),
                    keys.destination_line(name, after.contact_point),
                    keys.destination_rest(name),
                ],
                arguments=[
                    fence,
                    LEASE // timedelta(milliseconds=1),
                    after.id,
                    index_member(before),
                    index_member(after),
                    _score(after.due_at),
                    "1" if is_waited_for else "",
                    _score(rest_until),
                    *_flat(to_fields(after)),
                ],
            )
        return bool(reply != b"STALE")

    def is_due(self, destination_id: str, *, at: datetime) -> bool:
        """Say whether anything is due, and the destination is not resting."""
        with kept("reading what is due"):
            waiting = self._redis.zcount(keys.due(destination_id), "-inf", milliseconds(at))
        return bool(waiting) and not self._rests(destination_id, at)

    def destinations_due(self, *, at: datetime) -> tuple[str, ...]:
        """Return the destinations with something due, removed ones too; a few round trips each."""
        return tuple(name for name in self.destinations() if self.is_due(name, at=at))

    def may_ring(self, destination_id: str) -> bool:
        """Say whether nobody has rung for it within RING, and note that somebody does now."""
        with kept("ringing for a destination"):
            first = self._redis.set(keys.destination_rung(destination_id), b"1", nx=True, px=RING)
        return bool(first)

    def heard(self, destination_id: str) -> None:
        """Note that a worker has come, before it looks: whoever writes from now on rings again."""
        with kept("answering a ring"):
            self._redis.delete(keys.destination_rung(destination_id))

    def _rests(self, destination_id: str, at: datetime) -> bool:
        with kept("reading a destination's rest"):
            until = self._redis.get(keys.destination_rest(destination_id))
        return until is not None and int(until) > milliseconds(at)

    def _bury(self, destination_id: str, notice_id: str) -> None:
        _log.error("notice %s to %s cannot be read; it is kept among the dead", notice_id, destination_id)
        place = f"|{destination_id}|{notice_id}"
        with kept("burying a notice"):
            scripts.run(
                self._redis,
                "notice_bury",
                keys=[keys.notice(notice_id), keys.due(destination_id), keys.NOTICES_BY_STATE],
                arguments=[
                    notice_id,
                    NoticeState.DEAD + place,
                    "its record cannot be read",
                    *(state + place for state in NoticeState if state is not NoticeState.DEAD),
                ],
            )

    def _lease(self, name: str) -> Lease:
        return Lease(
            self._redis, lease=keys.destination_lease(name), fence=keys.destination_fence(name), lasts=LEASE
        )


def _score(at: datetime | None) -> str:
    return "" if at is None else str(milliseconds(at))


def _flat(fields: Mapping[str, str]) -> list[str]:
    return list(chain.from_iterable(fields.items()))
