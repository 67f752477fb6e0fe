"""The ledger: every decision and every objection, in the stream's order; the commit is the point of truth."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from redis import Redis

from dialer.clock import from_milliseconds, milliseconds, monotonic_seconds
from dialer.errors import CannotKeep
from dialer.screening.decision import Decision
from dialer.screening.gathered import AnsweredBefore, Changed, Committed, Done, Gathered, PermitDead, Receipt
from dialer.screening.question import Question
from dialer.store import keys
from dialer.store.commit import commit_arguments, commit_keys
from dialer.store.gather import table_of
from dialer.store.hot_line import HotLine
from dialer.store.trouble import kept

_PAGE: Final = 200


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the ledger. `kind` is `decision` or `objection`; `fields` as they were written."""

    entry: str
    kind: str
    at: datetime
    fields: dict[str, Any]


class LedgerStore:
    """Fits `screening.screen.Ledger`, and reads the ledger back."""

    def __init__(self, redis: "Redis", *, hot_line: HotLine | None = None) -> None:
        """Commit over `hot_line` where the gather has one at hand, else over one of its own."""
        self._redis = redis
        self._hot_line = hot_line or HotLine(redis)

    def commit(
        self, decision: Decision, gathered: Gathered, question: Question, answer: str | None
    ) -> Committed:
        """Keep the decision if nothing it rests on has changed; one round trip, all or nothing."""
        started = monotonic_seconds()
        with kept("writing a decision"):
            reply = self._hot_line.run(
                "commit",
                keys=commit_keys(decision, gathered, question),
                arguments=commit_arguments(decision, gathered, question, answer),
            )
        match reply[0]:
            case b"DONE":
                return Done(reply[1].decode(), monotonic_seconds() - started)
            case b"SEEN":
                return AnsweredBefore(receipt_of(table_of(reply[1])))
            case b"DEAD":
                return PermitDead()
            case _:
                return Changed()

    def find(self, decision_id: str) -> Entry | None:
        """Return one decision's line, None if there is none; two round trips."""
        with kept("reading a decision"):
            entry = self._redis.get(keys.decision(decision_id))
            found: Any = self._redis.xrange(keys.LEDGER, entry, entry) if entry else []
        return read_entry(*found[0]) if found else None

    def decision_of_call(self, call_ref: str) -> str | None:
        """Return the id of the decision a call reference belongs to, None if it is not known."""
        with kept("reading which decision a call belongs to"):
            found: Any = self._redis.get(keys.call(call_ref))
        return found.decode() if found else None

    def entries(self, start: datetime, end: datetime, *, newest_first: bool = True) -> Iterator[Entry]:
        """Yield the lines written from `start` until before `end`, two hundred a round trip."""
        low, high = str(milliseconds(start)), f"({milliseconds(end)}-0"
        batch: Any
        while True:
            with kept("reading the ledger"):
                if newest_first:
                    batch = self._redis.xrevrange(keys.LEDGER, high, low, count=_PAGE)
                else:
                    batch = self._redis.xrange(keys.LEDGER, low, high, count=_PAGE)
            for entry, fields in batch:
                yield read_entry(entry, fields)
            if len(batch) < _PAGE:
                return
            last = f"({batch[-1][0].decode()}"
            low, high = (low, last) if newest_first else (last, high)


def receipt_of(fields: Mapping[bytes, bytes]) -> Receipt:
    """Return a kept receipt; raises CannotKeep if it cannot be read."""
    try:
        return Receipt(
            answer=fields[b"answer"].decode(),
            could_dial=fields[b"dials"] == b"1",
            given_at=from_milliseconds(int(fields[b"at"])),
            seq=int(fields[b"seq"]),
        )
    except (KeyError, ValueError):
        raise CannotKeep("a kept receipt cannot be read; the request is refused") from None


def read_entry(entry: bytes, fields: dict[bytes, bytes]) -> Entry:
    """Return one line of the stream as it was written."""
    at = from_milliseconds(int(entry.partition(b"-")[0]))
    return Entry(entry.decode(), fields[b"k"].decode(), at, json.loads(fields[b"d"]))
