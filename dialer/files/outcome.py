"""What became of the rows of a file: every row ends in exactly one of these, and they are counted."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, Self

FAULTS_SHOWN: Final = 100


class RowEnd(StrEnum):
    """How one row ended. `partly`: some of its numbers were taken and some could not be read.

    `proposed`: it is kept, and waits for a second person.
    """

    ACCEPTED = "accepted"
    PROPOSED = "proposed"
    PARTLY = "partly"
    REPEATED = "repeated"
    PASSED_OVER = "passed_over"
    REJECTED = "rejected"


class FaultKind(StrEnum):
    """What is wrong with a cell."""

    WILDCARD = "wildcard"
    MASKED = "masked"
    SCIENTIFIC = "scientific_notation"
    NUMBER = "number"
    TIME = "time"
    VALUE = "value"
    SHAPE = "shape"


@dataclass(frozen=True, slots=True)
class CellFault:
    """One bad cell: line from 1, its column's title or number, and why, without any number."""

    line: int
    column: str
    kind: FaultKind
    reason: str


@dataclass(slots=True)
class Tally:
    """The counts of one file. `records` counts what was kept, which can be several a row."""

    ends: Counter[RowEnd] = field(default_factory=Counter)
    faults: Counter[FaultKind] = field(default_factory=Counter)
    passed_over: Counter[str] = field(default_factory=Counter)
    first_faults: list[CellFault] = field(default_factory=list)
    records: int = 0
    repeated_records: int = 0
    undated_records: int = 0
    dated_records: int = 0

    @property
    def rows(self) -> int:
        """All rows of the file but its titles."""
        return self.ends.total()

    def note(self, end: RowEnd, faults: Iterable[CellFault] = (), passed_over: str | None = None) -> Self:
        """Count one row's end with what was wrong in it; the first hundred faults are kept."""
        self.ends[end] += 1
        if passed_over is not None:
            self.passed_over[passed_over] += 1
        for fault in faults:
            self.faults[fault.kind] += 1
            if len(self.first_faults) < FAULTS_SHOWN:
                self.first_faults.append(fault)
        return self
