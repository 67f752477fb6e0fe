"""Corrections that wait, many at once, and how to tell a whole one from a half one."""

import json
from dataclasses import dataclass, field
from typing import Any

from dialer.consents.approval import Ruling
from dialer.delivery.notice import CORRECTED
from dialer.objections.correction import Wish, propose, settle_correction
from dialer.store import keys
from tests.doubles.house import House
from tests.simulation.second_thoughts import ONE, OTHER

NOTHING = ("open", 0, True, False, 0, 0)
ALL = ("approved", 2, False, True, 1, 1)


@dataclass
class Waiting:
    """Corrections proposed, each of a no on two lines of one person; `approved` were acknowledged."""

    house: House
    reviews: list[str] = field(default_factory=list)
    approved: list[str] = field(default_factory=list)

    def propose(self, number: int) -> "Waiting":
        """Put so many in the queue for a second person."""
        parts, at = self.house.parts, self.house.clock()
        for n in range(number):
            lines = (f"+44207946{n:04d}", f"+44113496{n:04d}")
            for line in lines:
                parts.lines.link(line, "alder", f"P{n}", by="test", at=at)
            no = self.house.object(lines[0], person=f"P{n}")
            kept = parts.objections.find(no.id)
            assert kept is not None
            wish = Wish(objection=no.id, why="misheard", note=None, by=ONE)
            self.reviews.append(propose(kept, wish, parts.corrections).id)
        return self

    def approve_all(self) -> None:
        """Agree to each in turn; what raises ends it, as it ends a request."""
        for review in self.reviews:
            settle_correction(review, Ruling(outcome="approve", by=OTHER), self.house.parts.corrections)
            self.approved.append(review)

    def standings(self) -> list[tuple[Any, ...]]:
        """How much of each correction stands."""
        return [self._standing(n, review) for n, review in enumerate(self.reviews)]

    def _standing(self, n: int, name: str) -> tuple[Any, ...]:
        redis = self.house.parts.redis
        review = json.loads(redis.get(keys.review(name)) or b"{}")
        lines = (f"+44207946{n:04d}", f"+44113496{n:04d}")
        field_name = f"cor:{review['subject']}"
        entries: Any = redis.xrange(keys.LEDGER)
        kept = [f for _, f in entries if f[b"k"] == b"cor" and json.loads(f[b"d"])["id"] == name]
        notices = self.house.parts.outbox.page(limit=500).notices
        told = [x for x in notices if (x.objection, x.event) == (review["subject"], CORRECTED)]
        settled: Any = redis.zrange(keys.REVIEWS_SETTLED, 0, -1)
        return (
            review.get("state", "open"),
            sum(redis.hexists(keys.line(line), field_name) for line in lines),
            redis.zscore(keys.REVIEWS_OPEN, name) is not None,
            any(place.decode().endswith(f"|{name}") for place in settled),
            len(kept),
            len(told),
        )
