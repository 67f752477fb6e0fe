"""What may this call have rested on? The facts of a past instant, as known then or as known later.

Two clocks: `at` is the instant judged, `known_at` the one whose knowledge counts. Equal, they give what a
screening would have said; `known_at` later brings in what arrived late, and only against the call: a no that
was in force counts from when it was, a yes that was not in our records before the call never counts
(law.md 2.6 rules 11 and 12).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final, Protocol

from dialer.law.codes import Code
from dialer.law.facts import Case
from dialer.law.statute_book import StatuteBook
from dialer.screening.judge import judge
from dialer.screening.question import Question
from dialer.screening.refusal import not_assigned
from dialer.screening.verdict import Answer, Reason, Verdict
from dialer.screening.whose import Placed


class Missing(StrEnum):
    """A piece of history that is not there, so that what it would have said is not known."""

    CAMPAIGN = "campaign"  # our records of the campaign begin later
    TPS = "tps"  # no copy was loaded by then, or its deltas are lost
    CTPS = "ctps"
    LINE = "line"  # what the line's facts were before they changed
    CALLS = "calls"  # how many of the campaign's calls of that day were abandoned


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """`at` is the instant judged, `known_at` whose knowledge counts; never earlier than `at`."""

    at: datetime
    known_at: datetime

    @classmethod
    def then(cls, at: datetime) -> "Moment":
        """Return the instant as it was known at that very instant."""
        return cls(at=at, known_at=at)

    @property
    def is_hindsight(self) -> bool:
        """Whether more is known than was known then."""
        return self.known_at > self.at


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """The facts of one moment. `missing` names the history that is not there."""

    case: Case
    placed: Placed
    contact_point: str | None
    missing: frozenset[Missing] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """What a decision rested on, by its ledger line: its place there, and the line's and register's state."""

    entry: str
    seq: int
    epoch: int
    versions: Mapping[str, str]
    live_calls: int = 0
    abandoned_calls: int = 0


class LinePast(Protocol):
    """One line, read once, to be asked about many moments."""

    def gather(self, question: Question, moment: Moment, decided: Decided | None = None) -> Past:
        """Return the facts of the line as they stood: by the clock, or exactly those of a decision."""
        ...


class PastFacts(LinePast, Protocol):
    """Reads the past; raises CannotKeep, never guesses. See `store.past_reader`."""

    def line(self, to: str) -> LinePast:
        """Read one line."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class PastVerdict:
    """A verdict on a past moment. `answer` None is unknown: what it rests on is not there.

    `verdict` is what the judge says of the facts that are there; `certain` are its failed rules that do
    not rest on missing history: where there is one, the answer is known whatever is missing.
    """

    verdict: Verdict
    answer: Answer | None
    certain: tuple[Reason, ...]
    past: Past

    @property
    def reason(self) -> str:
        """The first reason that is certain; `unknown` if nothing is."""
        return self.certain[0].code if self.certain else UNKNOWN


UNKNOWN: Final = "unknown"
# The failed rules that say no more than that something is not there.
_RESTS_ON: Final = {
    Missing.CAMPAIGN: frozenset({Code.E_INPUT_INCOMPLETE, Code.E_PURPOSE_UNCLASSIFIED, Code.E_NOT_ASSIGNED}),
    Missing.TPS: frozenset({Code.UK_R21_REGISTER_MISSING}),
    Missing.CTPS: frozenset({Code.UK_R21_REGISTER_MISSING}),
    Missing.LINE: frozenset[Code](),
    Missing.CALLS: frozenset[Code](),
}


def judge_past(question: Question, moment: Moment, facts: LinePast, book: StatuteBook) -> PastVerdict:
    """Return the verdict on a question as of a moment; nothing is written. Raises what `facts` raises."""
    past = facts.gather(question, moment)
    return weigh(past, verdict_on(past, book))


def verdict_on(past: Past, book: StatuteBook) -> Verdict:
    """Return what the judge says of the facts that are there, as a screening would have answered."""
    verdict = judge(past.case, book)
    placed = past.placed
    if placed.assigned:
        return verdict
    return not_assigned(verdict, agent=placed.agent_id, campaign=placed.campaign_id)


def weigh(past: Past, verdict: Verdict) -> PastVerdict:
    """Return the verdict with what of it is certain although history is missing."""
    if not past.missing:
        return PastVerdict(verdict=verdict, answer=verdict.answer, certain=verdict.reasons, past=past)
    doubtful = frozenset[str]().union(*(_RESTS_ON[missing] for missing in past.missing))
    failed = [reason for reason in verdict.reasons if reason.verdict is not Answer.ALLOW]
    certain = () if Missing.CAMPAIGN in past.missing else tuple(r for r in failed if r.code not in doubtful)
    # A missing copy of a register matters only where the judge asked for it.
    is_touched = bool({Missing.LINE, Missing.CALLS} & past.missing) or len(certain) < len(failed)
    if verdict.answer is Answer.ALLOW and not is_touched and Missing.CAMPAIGN not in past.missing:
        return PastVerdict(verdict=verdict, answer=verdict.answer, certain=verdict.reasons, past=past)
    answers = {reason.verdict for reason in certain}
    answer = Answer.BLOCK if Answer.BLOCK in answers else Answer.DEFER if answers else None
    return PastVerdict(verdict=verdict, answer=answer, certain=certain, past=past)
