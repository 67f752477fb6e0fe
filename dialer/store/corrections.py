"""Corrections in Redis: proposed on the objection's own line, settled on every line it stands on, in one act.

Fits `objections.correction.Corrections`. A line that is linked to the person later gets the objection and its
correction together (`store.person_wide`).
"""

import json
from collections.abc import Mapping
from typing import Any, Final

from redis import Redis

from dialer.consents.approval import Review, ReviewState
from dialer.delivery.notice import Notice
from dialer.errors import Conflict
from dialer.objections.corrected import Correction, KeptObjection, Why
from dialer.store import keys
from dialer.store.codec import to_json
from dialer.store.line_record import read_line
from dialer.store.objection_records import correction_field
from dialer.store.on_disk import PROVEN, Disk
from dialer.store.records import PROPOSED
from dialer.store.reviews import ReviewStore
from dialer.store.settlement import Settlement, settle
from dialer.store.standing import lines_of, standing_on
from dialer.store.trouble import kept as kept_store

_KIND: Final = "cor"


class CorrectionStore:
    """Keeps the corrections of objections."""

    def __init__(self, redis: "Redis", *, disk: Disk = PROVEN) -> None:
        self._redis = redis
        self._disk = disk
        self._reviews = ReviewStore(redis)

    def find(self, review_id: str) -> Review | None:
        """Return one review, None if there is none. One round trip."""
        return self._reviews.find(review_id)

    def waiting(self, kept: KeptObjection) -> Review | None:
        """Return the correction of this objection that waits, None if none does; two round trips.

        Raises Conflict for an objection that is corrected already.
        """
        fields = lines_of(self._redis, [kept.objection.contact_point or ""])[0]
        if correction_field(kept.objection.id or "").encode() in fields:
            raise Conflict("this objection is corrected already; its line's dossier says by whom")
        waits = fields.get(_waiting_field(kept.objection.id).encode())
        return self.find(waits.decode()) if waits is not None else None

    def propose(self, kept: KeptObjection, review: Review) -> bool:
        """Keep a proposal where no judge looks; False if the line changed meanwhile. Two round trips."""
        line = review.contact_point
        fields = lines_of(self._redis, [line])[0]
        if {_waiting_field(review.subject).encode(), correction_field(review.subject).encode()} & set(fields):
            return False
        with kept_store("proposing a correction"):
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
                    _waiting_field(kept.objection.id),
                    review.id,
                    f"proposed-{_KIND}",
                    to_json(review),
                    read_line(fields).seq,
                    review.id,
                    to_json(review),
                ],
            )
        return bool(reply[0] == b"DONE")

    def settle(
        self,
        kept: KeptObjection,
        before: Review,
        after: Review,
        *,
        why: Why,
        notices: tuple[Notice, ...],
        epoch: int,
    ) -> bool:
        """End the objection on every line it stands on, or turn the proposal down; False to try again.

        One round trip for each step from line to line of the person, and one to write.
        """
        is_approved = after.state is ReviewState.APPROVED
        # Where it was written, and wherever it was carried to from there.
        written_to = (kept.objection.contact_point or "", *kept.lines)
        seqs = standing_on(self._redis, f"obj:{kept.objection.id}", written_to)
        correction = Correction(
            id=before.id,
            objection=before.subject,
            why=why,
            corrected_at=after.settled_at or before.proposed_at,
        )
        return settle(
            self._redis,
            Settlement(
                before=before,
                after=after,
                kind=_KIND if is_approved else f"rejected-{_KIND}",
                fields=_entry(after, seqs),
                seqs=seqs,
                waited_in=_waiting_field(before.subject),
                goes_to=correction_field(before.subject) if is_approved else None,
                body=to_json(correction),
                notices=notices,
                epoch=epoch if notices else None,
            ),
            disk=self._disk,
        )


def _waiting_field(objection_id: str | None) -> str:
    return f"{PROPOSED}{correction_field(objection_id or '')}"


def _entry(after: Review, seqs: Mapping[str, int]) -> dict[str, Any]:
    """Return the ledger's line: the review as it was settled, and the lines it ends the objection on."""
    fields: dict[str, Any] = json.loads(to_json(after))
    return fields | {"recorded_at": fields["settled_at"], "lines": list(seqs)}
