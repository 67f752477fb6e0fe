"""What a result file says, gathered number by number: eight bytes a result, whatever the file's size."""

from array import array
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from itertools import islice, pairwise
from pathlib import Path
from typing import Any, Final

import numpy as np

from dialer.errors import Refused
from dialer.registers.page import NUMBERS
from dialer.registers.plausible import LARGEST_UNREADABLE_SHARE
from dialer.registers.wash_file import Progress, WashReading, WashRow, open_wash
from dialer.registers.washed import Answers, WashResult, answer_bits, answers_of

MOST_RESULTS: Final = 10_000_000
# Days and providers in one file; a file of more is no wash.
MOST_LOTS: Final = 1_000
FAULTS_SHOWN: Final = 100
# A few torn rows in a small file are told, not refused; every one of them is still counted and named.
FEWEST_FAULTS: Final = 5
_LOT_SHIFT: Final = 4
_NUMBER_SHIFT: Final = 14
_LOT_MASK: Final = (1 << _NUMBER_SHIFT - _LOT_SHIFT) - 1
_TPS_MASK: Final = 0b0011
_CTPS_MASK: Final = 0b1100
_ANSWER_MASK: Final = _TPS_MASK | _CTPS_MASK
_TPS_LISTED: Final = answer_bits(Answers(tps=True))
_CTPS_LISTED: Final = answer_bits(Answers(ctps=True))

# A number of fifteen digits, its lot and its answers: all 64 bits, so without a sign.
_Packed = np.ndarray[Any, np.dtype[np.uint64]]
Pages = list[tuple[int, list[WashResult]]]


class RowEnd(StrEnum):
    """How one row of a result file ended."""

    TAKEN = "taken"
    NOTHING_SAID = "nothing said"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Lot:
    """Whose results these are, and of which day."""

    checked_on: date
    provider: str


@dataclass(slots=True)
class Counts:
    """Every row in one count; the first hundred that were rejected, each with its reason."""

    ends: Counter[RowEnd] = field(default_factory=Counter)
    faults: list[tuple[int, str]] = field(default_factory=list)

    @property
    def rows(self) -> int:
        """All rows."""
        return self.ends.total()


Each = Callable[[WashRow, RowEnd], None]


class Collected:
    """All results of one file, by number."""

    def __init__(self) -> None:
        self.counts = Counts()
        self.lots: dict[Lot, int] = {}
        self._packed = array("Q")
        self._sorted = np.empty(0, dtype=np.uint64)
        self._is_sorted = True

    def take(self, row: WashRow, lot: Lot) -> RowEnd:
        """Take one row and return how it ended."""
        if row.number is None:
            if len(self.counts.faults) < FAULTS_SHOWN:
                self.counts.faults.append((row.line, row.fault or "it cannot be read"))
            return RowEnd.REJECTED
        if row.answers.is_empty:
            return RowEnd.NOTHING_SAID
        place = self.lots.setdefault(lot, len(self.lots))
        packed = row.number << _NUMBER_SHIFT | place << _LOT_SHIFT | answer_bits(row.answers)
        self._packed.append(packed)
        self._is_sorted = False
        return RowEnd.TAKEN

    @property
    def results(self) -> int:
        """How many results were taken, repeats included."""
        return len(self._packed)

    def pages(self, first: int) -> Iterator[tuple[int, list[WashResult]]]:
        """Yield each page with its results, ascending; the lots' ordinals count up from `first`."""
        results = self._results()
        pages = (results >> _NUMBER_SHIFT) // NUMBERS
        starts = _firsts(pages).tolist()
        for start, end in pairwise([*starts, len(results)]):
            page = int(pages[start])
            yield page, [_result(packed, page, first) for packed in results[start:end].tolist()]

    def batches(self, first: int, size: int) -> Iterator[Pages]:
        """Yield the pages, so many at once."""
        pages = self.pages(first)
        while batch := list(islice(pages, size)):
            yield batch

    def numbers_in(self) -> dict[Lot, tuple[int, int]]:
        """Return how many numbers each lot has, and how many of them are listed."""
        results = self._results()
        places = (results >> _LOT_SHIFT & _LOT_MASK).astype(np.int64)
        is_listed = ((results & _TPS_MASK) == _TPS_LISTED) | ((results & _CTPS_MASK) == _CTPS_LISTED)
        numbers = np.bincount(places, minlength=len(self.lots)).tolist()
        listed = np.bincount(places[is_listed], minlength=len(self.lots)).tolist()
        return {lot: (numbers[place], listed[place]) for lot, place in self.lots.items()}

    def _results(self) -> _Packed:
        """Return number, lot and answers packed, ascending; a number a lot holds twice has the strictest."""
        if not self._is_sorted:
            packed = np.sort(np.frombuffer(self._packed, dtype=np.uint64))
            starts = _firsts(packed >> _LOT_SHIFT)
            # Of a register's two bits listed is the greatest, not said the least: the strictest is the most.
            tps = np.maximum.reduceat(packed & _TPS_MASK, starts)
            ctps = np.maximum.reduceat(packed & _CTPS_MASK, starts)
            self._sorted, self._is_sorted = packed[starts] >> _LOT_SHIFT << _LOT_SHIFT | tps | ctps, True
        return self._sorted


def _firsts(ascending: "np.ndarray[Any, np.dtype[np.integer[Any]]]") -> "np.ndarray[Any, np.dtype[np.intp]]":
    """Return the place of the first of each run of equals."""
    is_first = np.ones(len(ascending), dtype=np.bool_)
    is_first[1:] = ascending[1:] != ascending[:-1]
    return np.flatnonzero(is_first)


def _result(packed: int, page: int, first: int) -> WashResult:
    offset = (packed >> _NUMBER_SHIFT) - page * NUMBERS
    return WashResult(offset, first + (packed >> _LOT_SHIFT & _LOT_MASK), answers_of(packed & _ANSWER_MASK))


def collect(
    path: Path,
    reading: WashReading,
    *,
    lot: Lot,
    today: date,
    each: Each | None = None,
    progress: Progress | None = None,
) -> Collected:
    """Read a whole file; `lot` is the day and provider of rows that bring none.

    Raises Refused where too much of it cannot be read, or nothing is said in it.
    """
    collected = Collected()
    with open_wash(path, reading, progress=progress) as rows:
        for read in rows:
            row = _in_time(read, today)
            end = collected.take(row, Lot(row.checked_on or lot.checked_on, row.provider or lot.provider))
            collected.counts.ends[end] += 1
            if each:
                each(row, end)
            if collected.counts.rows > MOST_RESULTS or len(collected.lots) > MOST_LOTS:
                raise Refused(
                    f"{path.name} has more than {MOST_RESULTS:,} rows or {MOST_LOTS:,} days; split it"
                )
    _insist_on_sound(collected.counts, path.name)
    return collected


def _in_time(row: WashRow, today: date) -> WashRow:
    """Reject a row of a day to come; nobody has looked yet."""
    if row.checked_on is not None and row.checked_on > today:
        return WashRow(line=row.line, fault=f"it was checked on {row.checked_on}, and today is {today}")
    return row


def _insist_on_sound(counts: Counts, name: str) -> None:
    rejected = counts.ends[RowEnd.REJECTED]
    if not counts.ends[RowEnd.TAKEN] or (
        rejected > FEWEST_FAULTS and rejected > LARGEST_UNREADABLE_SHARE * counts.rows
    ):
        line, reason = counts.faults[0] if counts.faults else (1, "nothing is said of any number")
        raise Refused(
            f"{name} was not imported: {rejected:,} of {counts.rows:,} rows cannot be read, "
            f"{counts.ends[RowEnd.TAKEN]:,} say anything; the first is line {line}: {reason}"
        )
