"""A no that was read is a no, whatever the clock says that wrote it.

A screening takes its instant first and reads after it, and the clocks of two processes differ by up to half
a second. So a no may be there and yet be dated after the instant judged; to the judge it would not be known
yet, and the commit, which compares what was read, would let the call through. What is at hand counts as known
at that instant. Nothing of the kind is done for a yes: one that is too early waits for its time.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from dialer.law.facts import Case
from dialer.law.records import Consent, Hold, Objection

No = TypeVar("No", Objection, Hold)


def with_noes_at_hand(case: Case) -> Case:
    """Return the case with every no in it known at its instant; the very same case where all are."""
    at = case.at
    if at is None or not any(is_ahead(no.recorded_at, at) for no in _noes(case)):
        return case
    return replace(
        case,
        objections=tuple(noes_at_hand(case.objections, at)),
        holds=tuple(noes_at_hand(case.holds, at)),
        consents=tuple(consents_at_hand(case.consents, at)),
    )


def noes_at_hand(noes: Iterable[No], at: datetime) -> Iterator[No]:
    """Yield each no as known at `at` at the latest."""
    for no in noes:
        yield replace(no, recorded_at=at) if is_ahead(no.recorded_at, at) else no


def consents_at_hand(consents: Iterable[Consent], at: datetime) -> Iterator[Consent]:
    """Yield each consent, one that was taken back as known at `at` at the latest."""
    for consent in consents:
        is_no = consent.withdrawn_at is not None and is_ahead(consent.recorded_at, at)
        yield replace(consent, recorded_at=at) if is_no else consent


def is_ahead(recorded_at: datetime | None, at: datetime) -> bool:
    """Say whether a record is dated after an instant."""
    return recorded_at is not None and recorded_at > at


def _noes(case: Case) -> Iterator[Objection | Hold | Consent]:
    yield from case.objections
    yield from case.holds
    yield from (consent for consent in case.consents if consent.withdrawn_at is not None)
