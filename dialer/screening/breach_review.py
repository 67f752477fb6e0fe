"""Calls made between a no and our hearing of it: nobody could know, somebody must look (law.md 2.6)."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from dialer.law.statute_book import StatuteBook
from dialer.screening.past import Moment, PastFacts, judge_past
from dialer.screening.question import Question
from dialer.screening.verdict import Answer

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class LateNo:
    """A no that was in force before it was recorded; `lines` are all it stands on."""

    id: str
    effective_at: datetime
    recorded_at: datetime
    lines: tuple[str, ...]
    source: str | None
    principal: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DialledCall:
    """A call that a decision allowed and somebody made, with the question that was asked."""

    decision: str
    line: str
    at: datetime
    principal: str | None
    campaign: str | None
    agent: str | None
    call_ref: str | None
    question: Question


@dataclass(frozen=True, slots=True, kw_only=True)
class ForReview:
    """A call that would have been blocked had the no been known. `reason` is the rule it would break."""

    no: LateNo
    call: DialledCall
    reason: str


class Calls(Protocol):
    """Finds what was dialled; see `store.late_noes`."""

    def dialled(self, line: str, since: datetime, until: datetime) -> Iterable[DialledCall]:
        """Return the calls made to a line in a stretch of time, both ends included, oldest first."""
        ...


def breach_review(
    noes: Iterable[LateNo],
    calls: Calls,
    facts: PastFacts,
    book: StatuteBook,
    *,
    progress: Progress | None = None,
) -> Iterator[ForReview]:
    """Yield every call for review, by the order in which the noes were recorded; nothing is written.

    A call outside the scope of the no (another principal's, another channel) is none. Raises CannotKeep.
    """
    for count, no in enumerate(noes, start=1):
        for line in no.lines:
            for call in calls.dialled(line, no.effective_at, no.recorded_at):
                # What was known a moment after the no was recorded, and nothing that came later.
                moment = Moment(at=call.at, known_at=max(no.recorded_at, call.at))
                judged = judge_past(call.question, moment, facts, book)
                if judged.answer is Answer.BLOCK:
                    yield ForReview(no=no, call=call, reason=judged.reason)
        if progress is not None:
            progress("looking", count, count)
