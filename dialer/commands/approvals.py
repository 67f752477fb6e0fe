"""The report of what a second person settled, line by line, for a terminal or a script."""

import json
from collections.abc import Iterator
from typing import Final

from dialer.calls.numbers import masked
from dialer.consents.approval import Person, Review
from dialer.reports.period import Period
from dialer.store.codec import to_json
from dialer.store.reviews import ReviewStore

_PAGE: Final = 200


def approval_lines(reviews: ReviewStore, days: Period, *, as_json: bool) -> Iterator[str]:
    """Yield a line a review, the earliest first, as they are read; one that says so if there is none."""
    found = False
    for review in _settled(reviews, days):
        found = True
        yield json.dumps(json.loads(to_json(review)), ensure_ascii=False) if as_json else _line(review)
    if not found and not as_json:
        yield "nothing was settled in these days; GET /v1/reviews lists what waits"


def _settled(reviews: ReviewStore, days: Period) -> Iterator[Review]:
    after: str | None = None
    while True:
        page = reviews.settled_page(
            lambda _: True, since=days.starts_at, until=days.ends_before, after=after, at_most=_PAGE
        )
        yield from page.reviews
        if page.next is None:
            return
        after = page.next


def _line(review: Review) -> str:
    settled_at = review.settled_at.isoformat(timespec="seconds") if review.settled_at else ""
    note = f": {review.ruling_note}" if review.ruling_note else ""
    return (
        f"{settled_at}  {review.state} {review.kind} {review.subject} of {masked(review.contact_point)}"
        f" ({review.principal or 'every principal'}): proposed by {_name(review.proposed_by)}, {review.why};"
        f" settled by {_name(review.settled_by)}{note}"
    )


def _name(person: Person | None) -> str:
    if person is None:
        return "nobody"
    return f"{person.name} ({person.agent})" if person.agent else person.name
