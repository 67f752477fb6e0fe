"""Objections read back: what each was, where it stands and which notices were promised for it."""

import json
from collections.abc import Sequence
from typing import Any

from redis import Redis

from dialer.errors import CannotKeep
from dialer.store import keys
from dialer.store.trouble import kept


class ObjectionRecords:
    """Reads what `store.objections` has written; writes nothing."""

    def __init__(self, redis: "Redis") -> None:
        self._redis = redis

    def notices_of(self, objection_ids: Sequence[str]) -> list[str]:
        """Return the ids of all notices of these objections, in their order. One round trip."""
        return [notice for found in self._read(objection_ids) for notice in found["recorded"]["notices"]]

    def _read(self, objection_ids: Sequence[str]) -> list[dict[str, Any]]:
        if not objection_ids:
            return []
        with kept("reading objections"):
            found = self._redis.mget([keys.objection(objection_id) for objection_id in objection_ids])
        try:
            return [json.loads(body) for body in found if body is not None]
        except ValueError:
            raise CannotKeep("a stored objection cannot be read; nothing rests on it") from None
