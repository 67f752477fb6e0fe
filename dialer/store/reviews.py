"""What waits for a second person and what became of it, in Redis; records are settled here.

Fits `consents.approval.Reviews`. A correction is settled by `store.corrections`, which knows its lines.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from redis import Redis

from dialer.clock import milliseconds
from dialer.consents.approval import Review, ReviewKind, ReviewState
from dialer.consents.proposal import noes_in_the_way
from dialer.errors import CannotKeep, Conflict
from dialer.law.records import Consent, Relationship, Solicitation
from dialer.store import keys
from dialer.store.codec import from_json, to_json
from dialer.store.line_record import LineRecord, read_line
from dialer.store.on_disk import PROVEN, Disk
from dialer.store.records import FIELDS, PROPOSED, TURNED_DOWN
from dialer.store.settlement import Settlement, settle
from dialer.store.trouble import kept

_BATCH: Final = 200
MOST_LOOKED_AT: Final = 10_000
_SHAPES: Final[dict[ReviewKind, type[Consent | Solicitation | Relationship]]] = {
    ReviewKind.CONSENT: Consent,
    ReviewKind.SOLICITATION: Solicitation,
    ReviewKind.RELATIONSHIP: Relationship,
}


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """Some reviews; `next` goes on after the last one looked at, None at the end."""

    reviews: tuple[Review, ...]
    next: str | None


class ReviewStore:
    """Reads reviews, and settles those of records."""

    def __init__(self, redis: "Redis", *, disk: Disk = PROVEN) -> None:
        self._redis = redis
        self._disk = disk

    def find(self, review_id: str) -> Review | None:
        """Return one review, None if there is none. One round trip."""
        with kept("reading what waits for a second person"):
            found: Any = self._redis.get(keys.review(review_id))
        return from_json(Review, found) if found is not None else None

    def settle(self, before: Review, after: Review) -> bool:
        """Move a proposed record to where the judge sees it, or to where it never will; two round trips.

        Its `recorded_at` becomes the moment of approval: before, nobody could rest on it. Raises Conflict
        where a no came since it was proposed.
        """
        shape = _SHAPES[before.kind]
        name = f"{FIELDS[shape]}:{before.subject}"
        fields, waited_in = self._line(before.contact_point), PROPOSED + name
        body = fields.get(waited_in.encode())
        if body is None:
            return False  # Settled by somebody else since it was read; the next reading says so.
        record, line = from_json(shape, body), read_line(fields)
        is_approved = after.state is ReviewState.APPROVED
        if is_approved:
            _insist_on_no_newer_no(before, record, line)
            record = replace(record, recorded_at=after.settled_at)
        return settle(
            self._redis,
            Settlement(
                before=before,
                after=after,
                kind=FIELDS[shape] if is_approved else f"rejected-{FIELDS[shape]}",
                fields=_entry(record, after),
                seqs={before.contact_point: line.seq},
                waited_in=waited_in,
                goes_to=name if is_approved else TURNED_DOWN + name,
                body=to_json(record),
            ),
            disk=self._disk,
        )

    def open_page(
        self, is_wanted: Callable[[Review], bool], *, after: str | None, at_most: int
    ) -> ReviewPage:
        """Return what waits, the longest waiting first."""
        low = f"({after}" if after is not None else "-"
        return _page(self._walk(keys.REVIEWS_OPEN, low, "+"), is_wanted, at_most)

    def settled_page(
        self,
        is_wanted: Callable[[Review], bool],
        *,
        since: datetime,
        until: datetime,
        after: str | None,
        at_most: int,
    ) -> ReviewPage:
        """Return what was settled from `since` until before `until`, the earliest first."""
        low = f"({after}" if after is not None else f"[{milliseconds(since):013d}"
        return _page(
            self._walk(keys.REVIEWS_SETTLED, low, f"({milliseconds(until):013d}"), is_wanted, at_most
        )

    def _walk(self, index: str, low: str, high: str) -> Iterator[tuple[str, Review]]:
        """Yield each place of an index with its review, in order; two round trips for two hundred."""
        while True:
            with kept("reading what waits for a second person"):
                places: Any = self._redis.zrangebylex(index, low, high, start=0, num=_BATCH)
                names = [keys.review(place.decode().rpartition("|")[2]) for place in places]
                bodies: Any = self._redis.mget(names) if names else []
            for place, body in zip(places, bodies, strict=True):
                if body is None:
                    raise CannotKeep("a review that is listed is not there; restore a backup")
                yield place.decode(), from_json(Review, body)
            if len(places) < _BATCH:
                return
            low = f"({places[-1].decode()}"

    def _line(self, contact_point: str) -> dict[bytes, bytes]:
        with kept("reading a line"):
            found: Any = self._redis.hgetall(keys.line(contact_point))
        return dict(found)


def _page(
    found: Iterator[tuple[str, Review]], is_wanted: Callable[[Review], bool], at_most: int
) -> ReviewPage:
    reviews: list[Review] = []
    last: str | None = None
    for looked, (place, review) in enumerate(found, start=1):
        if len(reviews) == at_most or looked > MOST_LOOKED_AT:
            return ReviewPage(tuple(reviews), last)
        if is_wanted(review):
            reviews.append(review)
        last = place
    return ReviewPage(tuple(reviews), None)


def _insist_on_no_newer_no(
    review: Review, record: Consent | Solicitation | Relationship, line: LineRecord
) -> None:
    noes = noes_in_the_way(record, objections=line.objections, holds=line.holds, consents=line.consents)
    newer = sorted(set(noes) - set(review.over))
    if newer:
        raise Conflict(
            f"somebody said no on this line since it was proposed ({', '.join(newer)}): reject it; what they "
            "say after that no can be proposed again"
        )


def _entry(record: Consent | Solicitation | Relationship, after: Review) -> dict[str, Any]:
    """Return the ledger's line: the record itself, and who let it count or turned it down."""
    fields: dict[str, Any] = json.loads(to_json(record))
    return fields | {"review": json.loads(to_json(after))}
