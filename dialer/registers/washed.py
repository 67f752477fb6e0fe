"""What a bureau said of numbers: washes, and one page of their results packed in six bytes each.

A page holds the results of ten thousand consecutive numbers, sorted by number and then by wash, the older
ones too: what we knew of a number on an earlier day can be asked. A result of a wash that is not in the
table of washes was never put in force, and is no answer.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from itertools import groupby
from struct import Struct
from typing import Final

from dialer.errors import CannotKeep

REGISTERS: Final = ("tps", "ctps")
# Two years of monthly washes, and some to spare; older results of a number are forgotten.
RESULTS_A_NUMBER: Final = 32

# Offset in the page; then the wash's ordinal in 28 bits and two bits for each register's answer.
_RESULT: Final = Struct(">HI")
_OFFSET_BYTES: Final = 2
_ANSWER_BITS: Final = 4
_ANSWER_MASK: Final = (1 << _ANSWER_BITS) - 1
LARGEST_ORDINAL: Final = (1 << 28) - 1
_CLEAR: Final = 1
_LISTED: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Wash:
    """One day's results of one provider, out of one file; a file of several days is several washes.

    `checked_on` is the civil day in London on which the provider looked. `listed` counts numbers that are on
    a register.
    """

    ordinal: int
    provider: str
    checked_on: date
    recorded_at: datetime
    by: str
    file_name: str
    sha256: str
    numbers: int
    listed: int

    @property
    def snapshot(self) -> str:
        """What a decision that rests on it names."""
        return f"wash-{self.ordinal}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What a provider said of one number, register by register; None is not said."""

    tps: bool | None = None
    ctps: bool | None = None

    def of(self, register: str) -> bool | None:
        """Return what was said of one register; None for one that is not washed."""
        return {"tps": self.tps, "ctps": self.ctps}.get(register)

    @property
    def is_empty(self) -> bool:
        """Say whether nothing was said at all."""
        return self.tps is None and self.ctps is None

    def strictest(self, other: "Answers") -> "Answers":
        """Return both together, where they differ the one that forbids."""
        return Answers(tps=_strictest(self.tps, other.tps), ctps=_strictest(self.ctps, other.ctps))


NOTHING_SAID: Final = Answers()


@dataclass(frozen=True, slots=True)
class WashResult:
    """One number's answers in one wash; `offset` is its place in its page, 0–9,999."""

    offset: int
    ordinal: int
    answers: Answers


@dataclass(frozen=True, slots=True, kw_only=True)
class LookedUp:
    """What a look-up provider said of one number's listing on one register, asked at screening time."""

    register: str
    listed: bool
    checked_on: date
    provider: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class LiveWashes:
    """The washes in force, by ordinal, and their version: the newest ordinal. Cache it per version."""

    version: str
    washes: Mapping[int, Wash]


def pack_results(results: Iterable[WashResult]) -> bytes:
    """Return a page of results, in any order."""
    ordered = sorted(results, key=lambda result: (result.offset, result.ordinal))
    return b"".join(
        _RESULT.pack(result.offset, result.ordinal << _ANSWER_BITS | answer_bits(result.answers))
        for result in ordered
    )


def results_on(page: bytes | None) -> Iterator[WashResult]:
    """Yield every result of a page; raises CannotKeep for a damaged one."""
    for offset, packed in _RESULT.iter_unpack(_whole(page)):
        yield WashResult(offset, packed >> _ANSWER_BITS, answers_of(packed & _ANSWER_MASK))


def results_of(page: bytes | None, offset: int) -> list[WashResult]:
    """Return one number's results, oldest wash first; a search by halves, raises as `results_on`."""
    whole = _whole(page)
    places = range(len(whole) // _RESULT.size)
    wanted = offset.to_bytes(_OFFSET_BYTES, "big")

    def offset_at(place: int) -> bytes:
        return whole[place * _RESULT.size : place * _RESULT.size + _OFFSET_BYTES]

    found = []
    for place in places[bisect_left(places, wanted, key=offset_at) :]:
        if offset_at(place) != wanted:
            break
        _, packed = _RESULT.unpack_from(whole, place * _RESULT.size)
        found.append(WashResult(offset, packed >> _ANSWER_BITS, answers_of(packed & _ANSWER_MASK)))
    return found


def merged(page: bytes | None, added: Iterable[WashResult], known: Mapping[int, Wash]) -> bytes:
    """Return a page with results added; those of washes never put in force go, and very old ones."""
    kept = [result for result in results_on(page) if result.ordinal in known]
    ordered = sorted([*kept, *added], key=lambda result: (result.offset, result.ordinal))
    newest = (list(of_one)[-RESULTS_A_NUMBER:] for _, of_one in groupby(ordered, key=lambda r: r.offset))
    return pack_results(result for results in newest for result in results)


def _whole(page: bytes | None) -> bytes:
    if page is not None and len(page) % _RESULT.size:
        raise CannotKeep(
            f"a page of wash results has {len(page)} bytes and is damaged; import the wash again"
        )
    return page or b""


@cache
def answer_bits(answers: Answers) -> int:
    """Return the answers in four bits."""
    return _bit(answers.tps) | _bit(answers.ctps) << 2


def _bit(answer: bool | None) -> int:
    return 0 if answer is None else _LISTED if answer else _CLEAR


@cache
def answers_of(packed: int) -> Answers:
    """Return the answers in four bits; raises CannotKeep for bits that are none."""
    return Answers(tps=_answer(packed & 3), ctps=_answer(packed >> 2 & 3))


def _answer(bits: int) -> bool | None:
    if bits > _LISTED:
        raise CannotKeep("a wash result is damaged; import the wash again")
    return None if not bits else bits == _LISTED


def _strictest(left: bool | None, right: bool | None) -> bool | None:
    said = [answer for answer in (left, right) if answer is not None]
    return any(said) if said else None
