"""What is listened to, call by call, in Redis for half a day: paused since when, which session is read."""

import json
from datetime import datetime, timedelta
from typing import Any, Final

from redis import Redis

from dialer.clock import from_milliseconds, milliseconds
from dialer.consents.approval import Person
from dialer.objections.pausing import ListeningState, PausedCall
from dialer.store import keys
from dialer.store.codec import to_json
from dialer.store.on_disk import PROVEN, Disk
from dialer.store.trouble import kept

KEPT_FOR: Final = timedelta(hours=12)
PAUSED, RESUMED = "listening paused", "listening resumed"


class ListeningStates:
    """Fits `objections.pausing.States`."""

    def __init__(self, redis: "Redis", *, disk: Disk = PROVEN) -> None:
        self._redis = redis
        self._disk = disk

    def of(self, decision: str) -> ListeningState:
        """Return the state of one call; one round trip."""
        with kept("reading whether a call is listened to"):
            found: Any = self._redis.hgetall(keys.listening(decision))
        paused_at = found.get(b"paused_at")
        return ListeningState(
            session=int(found.get(b"session", 1)),
            paused_at=from_milliseconds(int(paused_at)) if paused_at else None,
            is_unheard=b"unheard" in found,
        )

    def pause(self, call: PausedCall, *, by: Person, at: datetime) -> None:
        """Keep, on disk and in the ledger, that a call is paused; one round trip."""
        self._turn(call, PAUSED, milliseconds(at), by=by, at=at)

    def resume(self, call: PausedCall, *, by: Person, at: datetime) -> int:
        """Keep that it goes on, and return the session that may be read from now on; one round trip."""
        return self._turn(call, RESUMED, "", by=by, at=at)

    def note_unheard(self, decision: str, *, is_unheard: bool) -> None:
        """Keep that a call should be listened to and is not, or is again; one round trip."""
        name = keys.listening(decision)
        with kept("noting that a call is not heard"), self._redis.pipeline(transaction=True) as pipe:
            if is_unheard:
                pipe.hset(name, "unheard", 1)
                pipe.pexpire(name, KEPT_FOR)
            else:
                pipe.hdel(name, "unheard")
            pipe.execute()

    def _turn(self, call: PausedCall, kind: str, paused_at: int | str, *, by: Person, at: datetime) -> int:
        fields = {
            "decision": call.decision,
            "call_ref": call.call_ref,
            "contact_point": call.contact_point,
            "principal": call.principal,
            "by": by.name,
            "person": json.loads(to_json(by)),
            "recorded_at": at.isoformat(),
        }
        with kept("pausing or resuming a call"):
            reply = self._disk.run(
                self._redis,
                "turn_listening",
                what="the pause",
                keys=[keys.listening(call.decision), keys.LEDGER, keys.line_entries(call.contact_point)],
                arguments=[
                    paused_at,
                    KEPT_FOR // timedelta(milliseconds=1),
                    kind,
                    json.dumps(fields, separators=(",", ":")),
                ],
            )
        return int(reply)
