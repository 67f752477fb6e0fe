"""Possible noes in Redis: the hold on each line and its review in one act, opened once and settled once.

Fits `objections.waiting.Waiting`. A hold that was linked to another line meanwhile is released there too.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from redis import Redis

from dialer.clock import milliseconds
from dialer.consents.approval import Review
from dialer.objections.holding import Holding, Release
from dialer.objections.waiting import OnLine, Standing, review_id_of
from dialer.store import keys
from dialer.store.codec import from_json, to_json
from dialer.store.holds import opened_entry, other_lines_held
from dialer.store.line_record import LineRecord, read_line
from dialer.store.on_disk import PROVEN, Disk
from dialer.store.settlement import settled_place
from dialer.store.standing import lines_of, standing_on
from dialer.store.trouble import kept

_BATCH: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class _Writing:
    """One act of the script. `before` None opens; `seqs` are its lines, None where none was read."""

    kind: str
    fields: Mapping[str, Any]
    before: Review | None
    after: Review
    seqs: Mapping[str, int | None]
    field: str
    body: bytes
    at: datetime


class PossibleNoes:
    """Keeps possible noes."""

    def __init__(self, redis: "Redis", *, disk: Disk = PROVEN) -> None:
        self._redis = redis
        self._disk = disk

    def find(self, review_id: str) -> Review | None:
        """Return one review, None if there is none. One round trip."""
        found = self._reviews([review_id])
        return found[0] if found else None

    def of_line(self, contact_point: str) -> OnLine:
        """Return the possible noes that wait on one line; two round trips where something is held."""
        record = self._record(contact_point)
        holds = [hold for hold in record.holds if hold.kind == "possible_objection"]
        names = [review_id_of(hold.id or "") for hold in holds if hold.released_at is None]
        return OnLine(record.seq, tuple(self._reviews(names)))

    def due(self, at: datetime) -> list[Review]:
        """Return those that come into force by then, the earliest first; at most two hundred."""
        with kept("reading which possible noes come into force"):
            names: Any = self._redis.zrange(
                keys.REVIEWS_DUE, "-inf", milliseconds(at), byscore=True, offset=0, num=_BATCH
            )
        return self._reviews([name.decode() for name in names])

    def open_ones(self) -> Iterator[Review]:
        """Yield every possible no that waits, the earliest due first; two round trips for two hundred."""
        with kept("reading which possible noes wait"):
            names: Any = self._redis.zrange(keys.REVIEWS_DUE, 0, -1)
        for first in range(0, len(names), _BATCH):
            yield from self._reviews([name.decode() for name in names[first : first + _BATCH]])

    def open(self, holding: Holding, review: Review, *, seq: int, at: datetime) -> bool:
        """Hold each line and queue the review, on disk; two round trips. False: the line changed."""
        line = review.contact_point
        record = self._record(line)
        others = [other for other in other_lines_held(holding, record) if other != line]
        seqs: dict[str, int | None] = {line: seq} | dict.fromkeys(others)
        entry = opened_entry(holding, list(seqs), at) | {"review": review.id} | _heard(review)
        name = f"hld:{holding.hold.id}"
        return self._write(
            _Writing(
                kind="hold",
                fields=entry,
                before=None,
                after=review,
                seqs=seqs,
                field=name,
                body=to_json(holding.hold),
                at=at,
            )
        )

    def standing(self, review: Review) -> Standing:
        """Return what stands on a hold's lines; a round trip for each step from line to line, and one."""
        seqs = standing_on(self._redis, f"hld:{review.subject}", [review.contact_point])
        # Read after the seqs: a no that comes in between is either seen here or found by the script.
        return Standing(seqs, tuple(self._record(review.contact_point).objections))

    def settle(self, before: Review, after: Review, release: Release, standing: Standing) -> bool:
        """Release the hold on every line and settle its review, on disk; one round trip. False: changed."""
        fields: dict[str, Any] = json.loads(to_json(release))
        owner = {"contact_point": before.contact_point, "principal": before.principal}
        told = {"recorded_at": fields["released_at"], "lines": list(standing.seqs)}
        return self._write(
            _Writing(
                kind="release",
                fields=fields | owner | told | {"review": json.loads(to_json(after))},
                before=before,
                after=after,
                seqs=standing.seqs,
                field=f"end:{before.subject}",
                body=to_json(release),
                at=release.released_at,
            )
        )

    def _write(self, act: _Writing) -> bool:
        names = [
            keys.LEDGER,
            keys.review(act.after.id),
            keys.REVIEWS_OPEN,
            keys.REVIEWS_DUE,
            keys.REVIEWS_SETTLED,
        ]
        for line in act.seqs:
            names += [keys.line(line), keys.line_entries(line)]
        due = act.after.possible.comes_into_force_at if act.after.possible is not None else act.at
        arguments = [
            milliseconds(act.at),
            act.kind,
            json.dumps(dict(act.fields), separators=(",", ":")),
            act.after.id,
            to_json(act.before) if act.before is not None else "",
            to_json(act.after),
            milliseconds(due),
            settled_place(act.after) if act.before is not None else "",
            act.field,
            act.body,
            *("" if seq is None else seq for seq in act.seqs.values()),
        ]
        with kept("keeping a possible no"):
            reply = self._disk.run(
                self._redis, "possible_no", keys=names, arguments=arguments, what="the possible no"
            )
        return bool(reply[0] != b"CHANGED")

    def _reviews(self, review_ids: Sequence[str]) -> list[Review]:
        if not review_ids:
            return []
        with kept("reading possible noes"):
            bodies: Any = self._redis.mget([keys.review(review_id) for review_id in review_ids])
        return [from_json(Review, body) for body in bodies if body is not None]

    def _record(self, contact_point: str) -> LineRecord:
        return read_line(lines_of(self._redis, [contact_point])[0])


def _heard(review: Review) -> dict[str, Any]:
    """Return with whom it was said, and how it was heard where it was spoken, for the ledger."""
    if review.possible is None:
        return {}
    agent, proof = review.possible.agent, review.possible.proof
    told = {"agent": agent} if agent is not None else {}
    return told | ({"proof": json.loads(to_json(proof))} if proof is not None else {})
