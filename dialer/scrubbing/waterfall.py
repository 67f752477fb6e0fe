"""The waterfall of a list: rows in, what each reason took away, and what may be called."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from dialer.screening.verdict import Answer
from dialer.scrubbing.outcome import Outcome

MOST_PROBLEMS = 20


@dataclass(frozen=True, slots=True)
class Step:
    """One reason: how many rows it took away, and how many are left after it and all before."""

    answer: Answer
    reason: str
    rows: int
    left: int


@dataclass(slots=True)
class Waterfall:
    """Counts of rows. Each row counts once, under the first reason of its strictest number.

    `with_a_callable_number` counts rows of which at least one number may be called.
    """

    rows: int = 0
    by_reason: Counter[tuple[Answer, str]] = field(default_factory=Counter)
    problems: Counter[str] = field(default_factory=Counter)
    with_a_callable_number: int = 0

    def count(self, outcome: Outcome, rows: int) -> None:
        """Count rows that were told this."""
        self.rows += rows
        self.by_reason[outcome.answer, outcome.reason] += rows
        if outcome.problem:
            self.problems[outcome.problem] += rows

    def add(self, other: "Waterfall") -> None:
        """Count what another counted too."""
        self.rows += other.rows
        self.by_reason += other.by_reason
        self.problems += other.problems
        self.with_a_callable_number += other.with_a_callable_number

    @property
    def callable(self) -> int:
        """Return how many rows may be called on every number they have."""
        return sum(rows for (answer, _), rows in self.by_reason.items() if answer is Answer.ALLOW)

    @property
    def grounds(self) -> list[tuple[str, int]]:
        """Return what the callable rows rest on, the most common first."""
        return [(code, n) for (answer, code), n in self.by_reason.most_common() if answer is Answer.ALLOW]

    def steps(self) -> Iterator[Step]:
        """Yield what was taken away: blocked first, then put off, in each the most common first."""
        left = self.rows
        for wanted in (Answer.BLOCK, Answer.DEFER):
            for (answer, reason), rows in self.by_reason.most_common():
                if answer is wanted:
                    left -= rows
                    yield Step(answer, reason, rows, left)

    def as_json(self) -> dict[str, Any]:
        """Return the waterfall as JSON values."""
        return {
            "rows": self.rows,
            "steps": [
                {"verdict": step.answer.value, "reason": step.reason, "rows": step.rows, "left": step.left}
                for step in self.steps()
            ],
            "callable": self.callable,
            "grounds": [{"reason": reason, "rows": rows} for reason, rows in self.grounds],
            "with_a_callable_number": self.with_a_callable_number,
            "unreadable": [{"why": why, "rows": n} for why, n in self.problems.most_common(MOST_PROBLEMS)],
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Waterfall":
        """Return a waterfall as `as_json` wrote it."""
        counts = [(step["verdict"], step["reason"], step["rows"]) for step in kept["steps"]]
        counts += [("allow", ground["reason"], ground["rows"]) for ground in kept["grounds"]]
        return cls(
            rows=kept["rows"],
            by_reason=Counter({(Answer(answer), reason): rows for answer, reason, rows in counts}),
            problems=Counter({each["why"]: each["rows"] for each in kept["unreadable"]}),
            with_a_callable_number=kept["with_a_callable_number"],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Scrubbed:
    """A list that was judged: what became of its rows, and on what all of them were judged.

    `columns` are the columns of numbers. `versions` name each register and the washes as they stood.
    """

    waterfall: Waterfall
    columns: tuple[str, ...]
    campaign: str
    at: datetime
    versions: tuple[tuple[str, str], ...]
    rules_version: str

    def as_json(self) -> dict[str, Any]:
        """Return it as JSON values."""
        return {
            "campaign": self.campaign,
            "judged_at": self.at.isoformat(),
            "columns": list(self.columns),
            "registers": dict(self.versions),
            "rules_version": self.rules_version,
            **self.waterfall.as_json(),
        }
