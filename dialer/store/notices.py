"""Notices for people: look one up, page through them, count them, send one off again."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from heapq import merge
from itertools import chain, islice, product
from typing import Final

from redis import Redis

from dialer.clock import from_milliseconds, milliseconds
from dialer.delivery.fate import revived
from dialer.delivery.notice import RECORDED, Notice, NoticeState, from_fields, index_member, to_fields
from dialer.errors import CannotKeep, Conflict, NotFound
from dialer.ids import Kind
from dialer.store import keys, scripts
from dialer.store.objection_records import ObjectionRecords
from dialer.store.trouble import kept

LONGEST_PAGE: Final = 500
# Higher than any character of an id, so that a prefix and this bound everything that begins with it.
_LAST: Final = b"\xff"


@dataclass(frozen=True, slots=True)
class NoticePage:
    """One page, newest first; `cursor` asks for the next, None is the end."""

    notices: tuple[Notice, ...]
    cursor: str | None


@dataclass(frozen=True, slots=True)
class NoticeCount:
    """How many notices to one destination stand in one state."""

    destination: str
    state: NoticeState
    number: int


class Notices:
    """Reads the index by state and the rows; nothing here needs a lease."""

    def __init__(self, redis: "Redis") -> None:
        self._redis = redis

    def find(self, notice_id: str) -> Notice:
        """Return one notice; raises NotFound, or CannotKeep if its record cannot be read."""
        ((_, row),) = self._rows([notice_id])
        if not row:
            raise NotFound(f"no notice {notice_id}; GET /v1/notices lists them")
        notice = read_notice(row)
        if notice is None:
            raise CannotKeep(f"the record of notice {notice_id} cannot be read; restore it from a backup")
        return notice

    def find_all(self, notice_ids: Sequence[str]) -> tuple[Notice, ...]:
        """Return those that exist and can be read, in the order asked for; one round trip."""
        found = (read_notice(row) for _, row in self._rows(notice_ids) if row)
        return tuple(notice for notice in found if notice is not None)

    def page(
        self,
        state: NoticeState | None = None,
        destination: str | None = None,
        limit: int = 50,
        cursor: str | None = None,
    ) -> NoticePage:
        """Return the newest notices in a state, to a destination; None is any. `limit` is at most 500."""
        wanted = max(1, min(limit, LONGEST_PAGE))
        names = self.destinations() if destination is None else (destination,)
        states = tuple(NoticeState) if state is None else (state,)
        lists = [self._ids(s, name, wanted + 1, cursor) for s, name in product(states, names)]
        # A notice that changes its state between two reads would be seen twice; one id, one line.
        ids = list(islice(dict.fromkeys(merge(*lists, reverse=True)), wanted + 1))
        following = ids[wanted - 1] if len(ids) > wanted else None
        return NoticePage(self.find_all(ids[:wanted]), following)

    def retry(self, notice_id: str, *, at: datetime) -> Notice:
        """Send a dead or waiting notice off again, due at once, with a new week; ring for it afterwards.

        Raises NotFound, and Conflict for one that its destination has already taken, or whose withdrawal was
        corrected since: told after its correction it would undo it there.
        """
        notice = self.find(notice_id)
        if self.is_corrected(notice):
            raise Conflict(f"what notice {notice_id} tells of was corrected since; there is nothing to retry")
        if notice.state not in {NoticeState.PENDING, NoticeState.DEAD}:
            raise Conflict(f"notice {notice_id} is {notice.state}: its destination has it; nothing to retry")
        again = revived(notice, at=at)
        with kept("retrying a notice"):
            reply = scripts.run(
                self._redis,
                "notice_revive",
                keys=[keys.notice(again.id), keys.due(again.destination), keys.NOTICES_BY_STATE],
                arguments=[
                    again.id,
                    index_member(notice),
                    index_member(again),
                    milliseconds(at),
                    *chain.from_iterable(to_fields(again).items()),
                ],
            )
        if reply != b"DONE":
            raise Conflict(f"notice {notice_id} was settled just now; look at it again")
        return again

    def is_corrected(self, notice: Notice) -> bool:
        """Say whether the withdrawal that a notice tells of was corrected; at most one round trip."""
        if notice.event != RECORDED:
            return False
        return ObjectionRecords(self._redis).is_corrected(notice.contact_point, notice.objection)

    def counts(self) -> tuple[NoticeCount, ...]:
        """Return how many notices stand where, for every destination that has any."""
        pairs = list(product(self.destinations(), NoticeState))
        with kept("counting notices"), self._redis.pipeline(transaction=False) as pipe:
            for name, state in pairs:
                prefix = _prefix(state, name)
                pipe.zlexcount(keys.NOTICES_BY_STATE, b"[" + prefix, b"(" + prefix + _LAST)
            numbers = pipe.execute()
        return tuple(NoticeCount(name, state, n) for (name, state), n in zip(pairs, numbers, strict=True))

    def oldest_overdue(self, *, at: datetime) -> timedelta | None:
        """Return for how long the most overdue notice of all has been due; None if nothing is."""
        names = self.destinations()
        with kept("reading what is overdue"), self._redis.pipeline(transaction=False) as pipe:
            for name in names:
                pipe.zrange(keys.due(name), 0, 0, withscores=True)
            firsts = pipe.execute()
        late = [at - from_milliseconds(int(score)) for first in firsts for _, score in first]
        return max((age for age in late if age >= timedelta(0)), default=None)

    def destinations(self) -> tuple[str, ...]:
        """Return every destination that has notices, configured or not; two round trips for each."""
        found: set[str] = set()
        for state in NoticeState:
            found.update(self._destinations_in(state))
        return tuple(sorted(found))

    def _destinations_in(self, state: NoticeState) -> Iterator[str]:
        # Steps from one destination's first entry to the next's: the cost is in destinations, not in notices.
        start, end = b"[" + f"{state}|".encode(), b"(" + f"{state}|".encode() + _LAST
        while True:
            with kept("listing destinations"):
                first = self._redis.zrangebylex(keys.NOTICES_BY_STATE, start, end, start=0, num=1)
            if not first:
                return
            (member,) = texts(first)
            name = member.split("|", 1)[1].rsplit("|", 1)[0]
            yield name
            start = b"(" + max(_prefix(state, name) + _LAST, member.encode())

    def _ids(self, state: NoticeState, name: str, limit: int, cursor: str | None) -> list[str]:
        prefix = _prefix(state, name)
        end = b"(" + (f"{state}|{name}|{cursor}".encode() if cursor else prefix + _LAST)
        with kept("listing notices"):
            found = self._redis.zrevrangebylex(keys.NOTICES_BY_STATE, end, b"[" + prefix, start=0, num=limit)
        return [member.rsplit("|", 1)[1] for member in texts(found)]

    def _rows(self, notice_ids: Sequence[str]) -> list[tuple[str, Mapping[bytes, bytes]]]:
        with kept("reading notices"), self._redis.pipeline(transaction=False) as pipe:
            for notice_id in notice_ids:
                pipe.hgetall(keys.notice(notice_id))
            return list(zip(notice_ids, pipe.execute(), strict=True))


def read_notice(row: Mapping[bytes, bytes]) -> Notice | None:
    """Return the notice of a HASH, or None if it does not fit."""
    try:
        return from_fields({name.decode(): value.decode() for name, value in row.items()})
    except (TypeError, ValueError):
        return None


def texts(replies: Iterable[object]) -> list[str]:
    """Return what the server sent as text; the client's types allow more than it ever sends."""
    return [reply.decode() if isinstance(reply, bytes) else str(reply) for reply in replies]


def _prefix(state: NoticeState, name: str) -> bytes:
    # With the beginning of every id, so that a destination "a" does not take in one that is called "a|b".
    return f"{state}|{name}|{Kind.NOTICE}_".encode()
