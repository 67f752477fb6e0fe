"""Permits: one-use tokens of a binding allow, kept by digest, dead when their line changes or time is up."""

import json
from typing import Any

from redis import Redis

from dialer.clock import Clock, from_milliseconds, milliseconds
from dialer.errors import Conflict
from dialer.people.keys import Key, digest_of
from dialer.store import keys
from dialer.store.commit import ATTEMPTS_KEPT, CALL_KEPT, MOST_ATTEMPTS
from dialer.store.on_disk import PROVEN, Disk
from dialer.store.trouble import kept


class PermitStore:
    """Spends permits for dialers on trunks we cannot see."""

    def __init__(self, redis: "Redis", *, clock: Clock, disk: Disk = PROVEN) -> None:
        self._redis = redis
        self._clock = clock
        self._disk = disk

    def redeem(self, token: str, call_ref: str, *, key: Key) -> str:
        """Spend a permit, count its attempt, and return the decision it came with; two round trips.

        Raises Conflict, and nobody may dial, when it is spent, over, given to another key, or when anything
        about the line has changed since: an objection above all.
        """
        name = keys.permit(digest_of(token))
        with kept("reading a permit"):
            held: Any = self._redis.hmget(name, "facts", "ends")
        facts = json.loads(held[0]) if held[0] else None
        now = self._clock()
        over = held[1] is not None and now >= from_milliseconds(int(held[1]))
        if facts is None or over or facts["key"] != key.digest:
            raise _dead()
        spent = {
            "decision": facts["decision"],
            "to": facts["line"],
            "call_ref": call_ref,
            "at": now.isoformat(),
        }
        with kept("spending a permit"):
            reply = self._disk.run(
                self._redis,
                "redeem",
                what="the permit's end",
                keys=[
                    name,
                    keys.line(facts["line"]),
                    keys.attempts(facts["line"]),
                    keys.LEDGER,
                    keys.call(call_ref),
                    keys.line_entries(facts["line"]),
                ],
                arguments=[
                    milliseconds(now),
                    f"{facts['decision']}|{facts['principal'] or ''}",
                    json.dumps(
                        spent | {k: facts[k] for k in ("campaign", "principal")}, separators=(",", ":")
                    ),
                    facts["decision"],
                    int(CALL_KEPT.total_seconds()),
                    milliseconds(now - ATTEMPTS_KEPT),
                    MOST_ATTEMPTS,
                ],
            )
        if reply[0] != b"DONE":
            raise _dead()
        return str(facts["decision"])


def _dead() -> Conflict:
    return Conflict(
        "this permit is spent, over or not yours, or the line has changed: do not dial, screen again"
    )
