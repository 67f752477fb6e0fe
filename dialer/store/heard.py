"""What a machine heard, read back from the ledger, with how each stands now."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from redis import Redis

from dialer.consents.approval import Review, ReviewState
from dialer.law.records import Scope
from dialer.objections.proof import SpokenProof
from dialer.people.roles import Sight
from dialer.reports.heard import HeardNo, HeardPage, HeardWanted, Judged, Standing, judged_as
from dialer.store import keys
from dialer.store.codec import from_json
from dialer.store.decisions import DecisionsStore
from dialer.store.ledger import Entry
from dialer.store.objection_records import correction_field
from dialer.store.records import PROPOSED
from dialer.store.trouble import kept


@dataclass(frozen=True, slots=True)
class _Ends:
    """What stands beside one objection on its line: its correction, and the review of one that waits."""

    is_corrected: bool = False
    waits: str | None = None


class HeardStore:
    """Reads what a machine heard; writes nothing."""

    def __init__(self, redis: "Redis") -> None:
        self._redis = redis
        self._ledger = DecisionsStore(redis)

    def page(
        self,
        wanted: HeardWanted,
        sight: Sight,
        *,
        since: datetime,
        until: datetime,
        after: str | None,
        at_most: int,
    ) -> HeardPage:
        """Return the newest, heard from `since` until before `until`; two round trips beside the ledger's.

        Raises Unreadable if `after` is no page's `next`.
        """
        page = self._ledger.page(
            lambda entry: sight.sees(entry.fields.get("principal")) and wanted.fits(entry.kind, entry.fields),
            since=since,
            until=until,
            after=after,
            at_most=at_most,
        )
        reviews = self._reviews(page.entries)
        ends = self._ends(page.entries, reviews)
        items = (_told(entry, reviews.get(entry.entry), ends[entry.entry]) for entry in page.entries)
        return HeardPage(tuple(items), page.next)

    def _reviews(self, entries: Sequence[Entry]) -> dict[str, Review]:
        held = [entry for entry in entries if entry.kind == "hold"]
        if not held:
            return {}
        with kept("reading what became of possible noes"):
            bodies: Any = self._redis.mget([keys.review(entry.fields["review"]) for entry in held])
        found = zip(held, bodies, strict=True)
        return {entry.entry: from_json(Review, body) for entry, body in found if body is not None}

    def _ends(self, entries: Sequence[Entry], reviews: Mapping[str, Review]) -> dict[str, _Ends]:
        """Return what stands beside each entry's objection; one round trip."""
        named = {entry.entry: _objection_of(entry, reviews.get(entry.entry)) for entry in entries}
        with kept("reading corrections"), self._redis.pipeline(transaction=False) as pipe:
            for entry in entries:
                field = correction_field(named[entry.entry] or "")
                pipe.hmget(keys.line(entry.fields["contact_point"]), [field, PROPOSED + field])
            found: list[Any] = pipe.execute() if entries else []
        return {
            entry.entry: _Ends(end is not None, waits.decode() if waits is not None else None)
            for entry, (end, waits) in zip(entries, found, strict=True)
        }


def _objection_of(entry: Entry, review: Review | None) -> str | None:
    if entry.kind == "objection":
        return str(entry.fields["id"])
    possible = review.possible if review is not None else None
    return possible.objection if possible is not None else None


def _told(entry: Entry, review: Review | None, ends: _Ends) -> HeardNo:
    fields, objection = entry.fields, _objection_of(entry, review)
    possible = review.possible if review is not None else None
    judged = judged_as(entry.kind)
    scope = fields.get("scope")
    proof = possible.proof if possible is not None else _proof(fields.get("proof"))
    span = possible.span if possible is not None else None
    return HeardNo(
        at=datetime.fromisoformat(fields["recorded_at"]),
        judged=judged,
        standing=_standing(judged, review, ends),
        contact_point=fields["contact_point"],
        principal=fields.get("principal"),
        campaign=fields.get("campaign"),
        agent=possible.agent if possible is not None else fields.get("agent"),
        decision=fields.get("decision"),
        call_ref=fields.get("call_ref"),
        words=fields.get("words"),
        span=proof.span if proof is not None else span,
        scope=from_json(Scope, json.dumps(scope)) if scope is not None else None,
        proof=proof,
        objection=objection,
        review=review.id if review is not None else None,
        correction=ends.waits if not ends.is_corrected else None,
        comes_into_force_at=possible.comes_into_force_at if possible is not None else None,
    )


def _proof(told: Any) -> SpokenProof | None:
    return from_json(SpokenProof, json.dumps(told)) if told is not None else None


def _standing(judged: Judged, review: Review | None, ends: _Ends) -> Standing:
    if ends.is_corrected:
        return Standing.CORRECTED
    if ends.waits is not None:
        return Standing.QUESTIONED
    if judged is Judged.IN_FORCE or review is None:
        return Standing.IN_FORCE
    match review.state:
        case ReviewState.OPEN:
            return Standing.WAITING
        case ReviewState.RELEASED | ReviewState.REJECTED:
            return Standing.RELEASED
        case ReviewState.CONFIRMED | ReviewState.APPROVED:
            return Standing.IN_FORCE
