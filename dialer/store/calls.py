"""What became of each call: its status events, kept once each, for thirty days."""

import json
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, Final

from redis import Redis

from dialer.store import keys
from dialer.store.trouble import kept

KEPT: Final = timedelta(days=30)


class CallEvents:
    """Notes events of a decision's call and reads them back."""

    def __init__(self, redis: "Redis") -> None:
        self._redis = redis

    def note(self, decision_id: str, digest: str, event: Mapping[str, str]) -> None:
        """Keep one event, by the digest of the request that brought it; one round trip."""
        name = keys.call_events(decision_id)
        with kept("noting what became of a call"), self._redis.pipeline(transaction=True) as pipe:
            pipe.hsetnx(name, digest, json.dumps(dict(event), separators=(",", ":")))
            pipe.expire(name, KEPT)
            pipe.execute()

    def of(self, decision_id: str) -> list[dict[str, Any]]:
        """Return the events of one decision's call, by time and then by Twilio's own sequence."""
        return self.of_many((decision_id,)).get(decision_id, [])

    def of_many(self, decision_ids: Sequence[str]) -> dict[str, list[dict[str, Any]]]:
        """Return the events of many decisions' calls, without those that have none. One round trip."""
        with kept("reading what became of calls"), self._redis.pipeline(transaction=False) as pipe:
            for decision_id in decision_ids:
                pipe.hvals(keys.call_events(decision_id))
            found = pipe.execute() if decision_ids else []
        return {name: _in_order(events) for name, events in zip(decision_ids, found, strict=True) if events}


def _in_order(found: Sequence[bytes]) -> list[dict[str, Any]]:
    events: list[dict[str, Any]] = [json.loads(event) for event in found]
    return sorted(events, key=_order)


def _order(event: Mapping[str, Any]) -> tuple[str, int]:
    """Return an event's place: its time as ISO 8601 in UTC, then the number Twilio gave it, where it did."""
    sequence = str(event.get("SequenceNumber", ""))
    return event.get("Timestamp", ""), int(sequence) if sequence.isdigit() else 0
