"""Liftings of marks in Redis: proposed on the line where the mark is seen, settled wherever it stands.

Fits `consents.mark_lifting.Liftings`. A line that is linked to the person later gets the mark and its lifting
together (`store.person_wide`).
"""

import json
from collections.abc import Mapping
from typing import Any, Final

from redis import Redis

from dialer.consents.approval import Review, ReviewState
from dialer.consents.line_facts import Mark
from dialer.consents.mark_lifting import Lifting, Why
from dialer.store import keys
from dialer.store.codec import to_json
from dialer.store.line_record import read_line
from dialer.store.on_disk import PROVEN, Disk
from dialer.store.records import PROPOSED
from dialer.store.reviews import ReviewStore
from dialer.store.settlement import Settlement, settle
from dialer.store.standing import lines_of, standing_on
from dialer.store.trouble import kept

_KIND: Final = "lft"


class LiftingStore:
    """Keeps the liftings of marks."""

    def __init__(self, redis: "Redis", *, disk: Disk = PROVEN) -> None:
        self._redis = redis
        self._disk = disk
        self._reviews = ReviewStore(redis, disk=disk)

    def find(self, review_id: str) -> Review | None:
        """Return one review, None if there is none. One round trip."""
        return self._reviews.find(review_id)

    def mark(self, line: str, mark_id: str) -> Mark | None:
        """Return a mark of this line, with its end where it has one; one round trip."""
        marks = read_line(self._fields(line)).marks
        return next((mark for mark in marks if mark.id == mark_id), None)

    def waiting(self, line: str, mark_id: str) -> Review | None:
        """Return the proposal that waits on this line, None if none does; two round trips."""
        waits = self._fields(line).get(_waiting_field(mark_id).encode())
        return self.find(waits.decode()) if waits is not None else None

    def propose(self, review: Review) -> bool:
        """Keep a proposal where no judge looks; False if the line changed meanwhile. Two round trips."""
        line, fields = review.contact_point, self._fields(review.contact_point)
        if {_waiting_field(review.subject).encode(), _field(review.subject).encode()} & set(fields):
            return False
        body = to_json(review)
        with kept("proposing to lift a mark"):
            reply = self._disk.run(
                self._redis,
                "keep_record",
                what="the proposal",
                keys=[
                    keys.line(line),
                    keys.LEDGER,
                    keys.line_entries(line),
                    keys.review(review.id),
                    keys.REVIEWS_OPEN,
                ],
                arguments=[
                    _waiting_field(review.subject),
                    review.id,
                    f"proposed-{_KIND}",
                    body,
                    read_line(fields).seq,
                    review.id,
                    body,
                ],
            )
        return bool(reply[0] == b"DONE")

    def settle(self, mark: Mark, before: Review, after: Review, *, why: Why) -> bool:
        """End the mark on every line it stands on, or turn the proposal down; False to try again.

        One round trip for each step from line to line of the person, and one to write.
        """
        is_approved = after.state is ReviewState.APPROVED
        seqs = standing_on(self._redis, f"mrk:{mark.id}", (before.contact_point, mark.contact_point))
        lifting = Lifting(
            id=before.id, mark=mark.id, why=why, lifted_at=after.settled_at or before.proposed_at
        )
        return settle(
            self._redis,
            Settlement(
                before=before,
                after=after,
                kind=_KIND if is_approved else f"rejected-{_KIND}",
                fields=_entry(after, seqs),
                seqs=seqs,
                waited_in=_waiting_field(mark.id),
                goes_to=_field(mark.id) if is_approved else None,
                body=to_json(lifting),
            ),
            disk=self._disk,
        )

    def _fields(self, line: str) -> dict[bytes, bytes]:
        return lines_of(self._redis, (line,))[0]


def _field(mark_id: str) -> str:
    return f"{_KIND}:{mark_id}"


def _waiting_field(mark_id: str) -> str:
    return f"{PROPOSED}{_field(mark_id)}"


def _entry(after: Review, seqs: Mapping[str, int]) -> dict[str, Any]:
    """Return the ledger's line: the review as it was settled, and the lines it ends the mark on."""
    fields: dict[str, Any] = json.loads(to_json(after))
    return fields | {"recorded_at": fields["settled_at"], "lines": list(seqs)}
