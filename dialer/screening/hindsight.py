"""What counts at a moment: all that was known then, and of what was learnt later only what stands against.

A no that was in force counts from when it was, however late we heard; a yes that was not in our records
before the call never counts (law.md 2.6 rules 11 and 12).
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import Protocol, TypeVar

from dialer.consents.line_facts import Mark
from dialer.law.facts import Line
from dialer.law.records import Consent, Hold, Objection
from dialer.screening.past import Moment


class Recorded(Protocol):
    """Anything that says when we knew of it."""

    @property
    def recorded_at(self) -> datetime | None:
        """When we knew."""
        ...


Yes = TypeVar("Yes", bound=Recorded)


def noes_known(records: Iterable[Objection], moment: Moment) -> Iterator[Objection]:
    """Yield the objections that count at a moment; what was told late counts from when it was in force."""
    for no in records:
        if no.recorded_at is None or no.recorded_at <= moment.at:
            yield no
        elif no.recorded_at <= moment.known_at:
            begun = no.effective_at or no.recorded_at
            if begun <= moment.at:
                yield replace(no, recorded_at=begun)


def holds_known(records: Iterable[Hold], moment: Moment) -> Iterator[Hold]:
    """Yield the holds that count at a moment, as `noes_known` does."""
    for hold in records:
        if hold.recorded_at is None or hold.recorded_at <= moment.at:
            yield hold
        elif hold.recorded_at <= moment.known_at:
            begun = hold.since or hold.recorded_at
            if begun <= moment.at:
                yield replace(hold, recorded_at=begun)


def consents_known(records: Iterable[Consent], moment: Moment) -> Iterator[Consent]:
    """Yield the consents that count at a moment; of one recorded late only its withdrawal can."""
    for consent in records:
        if consent.recorded_at is None or consent.recorded_at <= moment.at:
            yield consent
        elif consent.recorded_at <= moment.known_at:
            taken_back = consent.withdrawn_at
            if taken_back is not None and taken_back <= moment.at:
                yield replace(consent, recorded_at=taken_back)


def yeses_known(records: Iterable[Yes], moment: Moment) -> Iterator[Yes]:
    """Yield what was in our records at the moment judged: requests, relationships, marks."""
    return (yes for yes in records if yes.recorded_at is None or yes.recorded_at <= moment.at)


def marks_known(marks: Iterable[Mark], at: datetime) -> Iterator[Mark]:
    """Yield marks as they stood: one that two people lifted later stood till then."""
    for mark in marks:
        is_later = mark.lifted_at is not None and mark.lifted_at > at
        yield replace(mark, lifted_at=None) if is_later else mark


def line_known(then: Line, later: Line) -> Line:
    """Return the facts of a line in hindsight: whose it is, as known later; whom not to ring, as then.

    Whose line it is has no date, so the best knowledge counts. A death or an illness learnt of later is no
    fault of a call before it.
    """
    return replace(later, no_contact=then.no_contact)
