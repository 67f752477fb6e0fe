"""What is written behind a row: verdict, reason, until when, what to say; once per combination of outcomes.

With several columns of numbers the promised columns tell of the strictest of them, so that a list filtered by
`allow` may be dialled on any of its numbers; further columns tell of each.
"""

import csv
import io
from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from dialer.screening.verdict import Answer
from dialer.scrubbing.arrays import Marks, distinct
from dialer.scrubbing.outcome import Outcome, Outcomes
from dialer.scrubbing.waterfall import Waterfall

PROMISED: Final = ("ringfence_verdict", "ringfence_reason", "ringfence_until")
FURTHER: Final = ("ringfence_reasons", "ringfence_say", "ringfence_problem")


class Answers:
    """Writes answers for rows whose numbers have these outcomes, a column each."""

    def __init__(
        self, outcomes: Outcomes, columns: Sequence[str], *, delimiter: str, newline: bytes, blank: int
    ) -> None:
        self._outcomes = outcomes
        self._columns = columns
        self._delimiter = delimiter
        self._newline = newline
        self._blank = blank
        self._written: dict[tuple[int, ...], bytes] = {}

    def titles(self) -> bytes:
        """Return what the line of titles is given."""
        each = [f"{title}:{name}" for name in self._columns for title in PROMISED] if self._is_several else []
        return self._line([*PROMISED, *FURTHER, *each])

    def written(self, columns: Sequence[Marks], counted: Waterfall) -> NDArray[np.object_]:
        """Return what each row is given, and count the rows."""
        keys = columns[0].astype(np.int64)
        for column in columns[1:]:
            keys = keys * len(self._outcomes.all) + column
        alike = distinct(keys)
        combinations = [tuple(int(column[n]) for column in columns) for n in alike.first]
        counts = np.bincount(alike.where)
        answers = np.empty(len(combinations), object)
        for n, (combination, rows) in enumerate(zip(combinations, counts.tolist(), strict=True)):
            answers[n] = self._of(combination)
            counted.count(self._strictest(combination), rows)
            if any(self._outcomes.all[number].answer is Answer.ALLOW for number in combination):
                counted.with_a_callable_number += rows
        found: NDArray[np.object_] = answers[alike.where]
        return found

    @property
    def _is_several(self) -> bool:
        return len(self._columns) > 1

    def _of(self, combination: tuple[int, ...]) -> bytes:
        known = self._written.get(combination)
        if known is None:
            first = self._strictest(combination)
            cells = [*_promised(first), "|".join(first.reasons), first.say, first.problem]
            for number in combination if self._is_several else ():
                # An empty cell is no number: it is told nothing.
                is_blank = number == self._blank
                cells += ["", "", ""] if is_blank else _promised(self._outcomes.all[number])
            known = self._written[combination] = self._line(cells)
        return known

    def _strictest(self, combination: tuple[int, ...]) -> Outcome:
        """Return the strictest outcome of the row's numbers, the earliest column's where several are."""
        given = [number for number in combination if number != self._blank] or combination[:1]
        return min((self._outcomes.all[number] for number in given), key=lambda outcome: outcome.severity)

    def _line(self, cells: Sequence[str]) -> bytes:
        """Return cells as the file writes them, in ASCII, whatever the encoding of the rows before them."""
        text = io.StringIO()
        csv.writer(text, delimiter=self._delimiter, lineterminator="").writerow(cells)
        plain = text.getvalue().translate(_ASCII).encode("ascii", errors="replace")
        return self._delimiter.encode() + plain + self._newline


def _promised(outcome: Outcome) -> list[str]:
    until = outcome.until.isoformat() if outcome.until is not None else ""
    return [outcome.answer.value, outcome.reason, until]


_ASCII: Final = str.maketrans({"’": "'", "‘": "'", "“": "'", "”": "'", "–": "-", "—": "-", "…": "..."})
