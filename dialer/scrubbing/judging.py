"""Numbers judged: equal facts once, whatever their number, and lines once that are alike in what is held.

The judge is the one that answers a call, and so are the facts; only how often it is asked is decided here.
"""

from collections.abc import Hashable, Sequence
from typing import Final

import numpy as np

from dialer.calls.numbers import NumberProblem
from dialer.clock import london_day
from dialer.law.facts import Case
from dialer.law.statute_book import StatuteBook
from dialer.screening.alike import law_on
from dialer.screening.at_hand import with_noes_at_hand
from dialer.screening.judge import judge
from dialer.screening.lasting import judge_for_long
from dialer.scrubbing.arrays import Marks, Mask, Numbers, distinct
from dialer.scrubbing.facts import Readings
from dialer.scrubbing.outcome import Outcomes, outcome_of
from dialer.scrubbing.reading import UNREAD, Misread, ReadColumn
from dialer.scrubbing.said import Said

_NEITHER: Final = -1
# A line's verdict is remembered for its next row; more than this many are forgotten and judged again.
_MOST_REMEMBERED: Final = 200_000
_SAID_BITS: Final = 31


class Judging:
    """Judges the numbers of one list on one basis."""

    def __init__(self, readings: Readings, book: StatuteBook, outcomes: Outcomes) -> None:
        self._readings = readings
        self._book = book
        self._outcomes = outcomes
        self.said = Said(readings)
        self._alike: dict[tuple[int, int], int] = {}
        self._lines: dict[str, int] = {}
        self._held_alike: dict[tuple[int, int, Hashable], int] = {}
        self._misread: dict[tuple[NumberProblem | None, str], int] = {}
        basis = readings.basis
        self._law = law_on(london_day(basis.at), book, basis.policy)

    def outcomes_of(self, column: ReadColumn) -> Marks:
        """Return the number of each row's outcome."""
        found = np.full(len(column.numbers), _NEITHER, np.int32)
        read = np.flatnonzero(column.numbers != UNREAD)
        if len(read):
            found[read] = self._of_numbers(column.numbers[read], column.traits[read])
        if column.addresses:
            rows = list(column.addresses)
            addresses = [column.addresses[row] for row in rows]
            found[rows] = self._of_lines(addresses, column.traits[rows], None)
        for row, misread in column.misread.items():
            found[row] = self._of_misread(misread)
        blank = found == _NEITHER
        if blank.any():
            found[blank] = self.blank
        return found

    @property
    def blank(self) -> int:
        """Return the number of the outcome of an empty cell."""
        return self._of_misread(Misread("", ""))

    def _of_numbers(self, numbers: Numbers, traits: Marks) -> Marks:
        said = self.said.of(numbers)
        is_held = _among(numbers, self._readings.basis.marked)
        found = np.empty(len(numbers), np.int32)
        free, held = np.flatnonzero(~is_held), np.flatnonzero(is_held)
        if len(free):
            found[free] = self._of_alike(numbers[free], traits[free], said[free])
        if len(held):
            different = distinct(numbers[held])
            lines = [f"+{number}" for number in different.values.tolist()]
            first = held[different.first]
            found[held] = self._of_lines(lines, traits[first], said[first])[different.where]
        return found

    def _of_alike(self, numbers: Numbers, traits: Marks, said: Marks) -> Marks:
        """Judge one number of each combination of traits and what registers and washes say."""
        alike = distinct(traits.astype(np.int64) << _SAID_BITS | said)
        judged = [self._of_one((int(traits[n]), int(said[n])), int(numbers[n])) for n in alike.first.tolist()]
        return np.array(judged, np.int32)[alike.where]

    def _of_one(self, facts: tuple[int, int], number: int) -> int:
        known = self._alike.get(facts)
        if known is None:
            case = self._readings.plain_case(f"+{number}", self.said.listings(facts[1]))
            known = self._alike[facts] = self._judged(case)
        return known

    def _of_lines(self, lines: Sequence[str], traits: Marks, said: Marks | None) -> Marks:
        """Judge lines with everything held about them; `said` None for addresses, which no register has."""
        if len(self._lines) > _MOST_REMEMBERED:
            self._lines.clear()
            self._held_alike.clear()
        new = [n for n, line in enumerate(lines) if line not in self._lines]
        for n, held in zip(new, self._readings.held([lines[n] for n in new]), strict=True):
            of_registers = _NEITHER if said is None else int(said[n])
            alike = int(traits[n]), of_registers, held.likeness(self._law)
            known = self._held_alike.get(alike)
            if known is None:
                listings = self.said.unlisted() if said is None else self.said.listings(of_registers)
                known = self._held_alike[alike] = self._judged(held.case(listings))
            self._lines[lines[n]] = known
        return np.array([self._lines[line] for line in lines], np.int32)

    def _of_misread(self, misread: Misread) -> int:
        """Judge a cell that is no number: the judge looks at which kind of none it is, not at its letters."""
        key = misread.problem, misread.why
        known = self._misread.get(key)
        if known is None:
            verdict = judge(self._readings.plain_case(misread.text, self.said.unlisted()), self._book)
            known = self._outcomes.number_of(outcome_of(verdict, problem=misread.why))
            self._misread[key] = known
        return known

    def _judged(self, case: Case) -> int:
        verdict, until = judge_for_long(with_noes_at_hand(case), self._book)
        return self._outcomes.number_of(outcome_of(verdict, until=until))


def _among(numbers: Numbers, marked: Numbers) -> Mask:
    """Say which numbers are among the marked, which are sorted."""
    if not len(marked):
        return np.zeros(len(numbers), bool)
    at = np.minimum(np.searchsorted(marked, numbers), len(marked) - 1)
    found: Mask = marked[at] == numbers
    return found
