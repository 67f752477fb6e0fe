"""The noes of one call, certain and possible, from the ledger: whoever recorded them need not tell us."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, Final

from redis import Redis

from dialer.clock import from_milliseconds
from dialer.objections.proof import SpokenProof
from dialer.objections.recordings import NoOfCall, Recording
from dialer.store import keys
from dialer.store.codec import from_json
from dialer.store.ledger import Entry, read_entry
from dialer.store.trouble import kept

# A call lasts four hours at most (Twilio's own limit), and its line has few entries in that time.
_LONGEST_CALL: Final = timedelta(hours=4)
_MOST: Final = 200


class NoesOfCall:
    """Fits `objections.keep_clips.Noes`."""

    def __init__(self, redis: "Redis") -> None:
        self._redis = redis

    def of(self, recording: Recording) -> tuple[NoOfCall, ...]:
        """Return each no of a recording's call, the newest first; two round trips."""
        since = recording.begins_at - _LONGEST_CALL
        entries = [entry for entry in self._newest(recording.contact_point) if entry.at >= since]
        calls = {recording.call, recording.call_ref}
        return tuple(no for entry in entries for no in _noes_in(entry, calls))

    def _newest(self, contact_point: str) -> list[Entry]:
        with kept("reading what was said in a call"):
            names: Any = self._redis.lrange(keys.line_entries(contact_point), 0, _MOST - 1)
            with self._redis.pipeline(transaction=False) as pipe:
                for name in names:
                    pipe.xrange(keys.LEDGER, name, name)
                found = pipe.execute() if names else []
        return [read_entry(*lines[0]) for lines in found if lines]


def _noes_in(entry: Entry, calls: set[str]) -> Iterator[NoOfCall]:
    fields = entry.fields
    if not calls & {fields.get("decision"), fields.get("call_ref")}:
        return
    subject = {"objection": fields.get("id"), "hold": fields.get("review")}.get(entry.kind)
    if subject is None:
        return
    proof = from_json(SpokenProof, json.dumps(fields["proof"])) if fields.get("proof") else None
    yield NoOfCall(
        subject=subject,
        principal=fields.get("principal"),
        at=_instant(fields) or from_milliseconds(int(entry.entry.partition("-")[0])),
        place=proof.place if proof is not None else None,
    )


def _instant(fields: dict[str, Any]) -> datetime | None:
    found = fields.get("effective_at") or fields.get("since")
    return datetime.fromisoformat(found) if found else None
