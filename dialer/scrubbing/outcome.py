"""What a row is told: one verdict of many rows, kept once and named by a number."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from dialer.screening.verdict import Answer, Verdict

_SEVERITY: Final = {Answer.BLOCK: 0, Answer.DEFER: 1, Answer.ALLOW: 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One verdict as a list shows it.

    `until` is, on an allow, until when it stands if nothing new is recorded; on a defer, when it may be asked
    again; None where waiting alone changes nothing. `problem` says what a cell or row could not be read for.
    """

    answer: Answer
    reason: str
    reasons: tuple[str, ...]
    until: datetime | None
    say: str
    problem: str = ""

    @property
    def severity(self) -> int:
        """Return 0 for a block, 1 for a defer, 2 for an allow."""
        return _SEVERITY[self.answer]


def outcome_of(verdict: Verdict, *, until: datetime | None = None, problem: str = "") -> Outcome:
    """Return a verdict as a list shows it; `until` is that of an allow."""
    return Outcome(
        answer=verdict.answer,
        reason=verdict.reason,
        reasons=tuple(reason.code for reason in verdict.reasons),
        until=until if verdict.answer is Answer.ALLOW else verdict.retry_at,
        say=verdict.reasons[0].say if verdict.reasons else "",
        problem=problem,
    )


class Outcomes:
    """Every outcome met so far, by number; equal ones have one number."""

    def __init__(self) -> None:
        self.all: list[Outcome] = []
        self._numbers: dict[Outcome, int] = {}

    def number_of(self, outcome: Outcome) -> int:
        """Return the outcome's number."""
        number = self._numbers.setdefault(outcome, len(self.all))
        if number == len(self.all):
            self.all.append(outcome)
        return number
