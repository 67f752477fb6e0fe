"""Objections read back: what each was, where it stands and which notices were promised for it."""

import json
from collections.abc import Sequence
from typing import Any

from redis import Redis

from dialer.errors import CannotKeep
from dialer.law.records import Objection
from dialer.objections.corrected import KeptObjection
from dialer.objections.proof import SpokenProof
from dialer.store import keys
from dialer.store.codec import from_json
from dialer.store.line_record import CORRECTION
from dialer.store.trouble import kept


def correction_field(objection_id: str) -> str:
    """Return the field of an objection's end, on each of its lines."""
    return f"{CORRECTION.decode()}:{objection_id}"


class ObjectionRecords:
    """Reads what `store.objections` has written; writes nothing."""

    def __init__(self, redis: "Redis") -> None:
        self._redis = redis

    def notices_of(self, objection_ids: Sequence[str]) -> list[str]:
        """Return the ids of all notices of these objections, in their order. One round trip."""
        return [notice for found in self._read(objection_ids) for notice in found["recorded"]["notices"]]

    def find(self, objection_id: str) -> KeptObjection | None:
        """Return one objection as it was recorded, None if there is none. One round trip."""
        found = self._read([objection_id])
        if not found:
            return None
        whole = found[0]
        proof = whole.get("proof")
        return KeptObjection(
            objection=from_json(Objection, json.dumps(whole["objection"])),
            lines=tuple(whole["lines"]),
            call_ref=whole["call_ref"],
            reference=whole["recorded"]["reference"],
            decision=whole["decision"],
            campaign=whole["campaign"],
            agent=whole["agent"],
            proof=from_json(SpokenProof, json.dumps(proof)) if proof is not None else None,
        )

    def reference_of(self, objection_id: str) -> str:
        """Return the reference that is read aloud; empty where there is no such objection."""
        found = self._read([objection_id])
        return str(found[0]["recorded"]["reference"]) if found else ""

    def is_corrected(self, contact_point: str, objection_id: str) -> bool:
        """Say whether two people have ended an objection, by a line it stands on. One round trip."""
        with kept("reading whether an objection was corrected"):
            found = self._redis.hexists(keys.line(contact_point), correction_field(objection_id))
        return bool(found)

    def _read(self, objection_ids: Sequence[str]) -> list[dict[str, Any]]:
        if not objection_ids:
            return []
        with kept("reading objections"):
            found = self._redis.mget([keys.objection(objection_id) for objection_id in objection_ids])
        try:
            return [json.loads(body) for body in found if body is not None]
        except ValueError:
            raise CannotKeep("a stored objection cannot be read; nothing rests on it") from None
