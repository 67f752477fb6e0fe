"""Who does what in one round, drawn from a seed alone: the same seed and round give the same schedule.

What follows from it is up to the machine: threads meet as they meet. A failure prints seed and round, and the
same schedule can be run as often as it takes.
"""

import random
from dataclasses import dataclass
from typing import Final

DIALERS: Final = 8
LINES: Final = 3
# Fixed lines of Ofcom's drama ranges, a thousand numbers each; a round takes numbers nobody had before.
_AREAS: Final = (
    *("+44207946", "+44113496", "+44114496", "+44115496", "+44116496", "+44117496"),
    *("+44118496", "+44121496", "+44131496", "+44141496", "+44151496", "+44161496"),
)
DIALLING: Final = {"dial": 4, "twin": 6, "permit": 4, "steal": 4, "redeem": 2, "click": 2, "look": 1}
OTHERS: Final = (
    ("objector", {"object": 3, "key": 2, "return_call": 2, "text": 1}),
    ("holder", {"hold": 3, "let_go": 3, "refuse": 1}),
    ("corrector", {"correct": 2, "object": 1}),
    ("second corrector", {"correct": 1}),
    ("no importer", {"import_noes": 1}),
    ("yes importer", {"import_yeses": 3, "approve": 2}),
    ("linker", {"link": 3, "change": 2}),
)


@dataclass(frozen=True)
class Step:
    """One thing somebody does: to which of the round's lines, after how long a pause, with which die."""

    what: str
    line: int
    pause_ms: float
    die: float


Schedule = dict[str, tuple[Step, ...]]


def numbers_of(number: int) -> tuple[str, ...]:
    """The lines of a round; no two of four thousand rounds share one."""
    first = number * LINES
    return tuple(f"{_AREAS[n // 1000]}{n % 1000:04d}" for n in range(first, first + LINES))


def schedule_of(seed: int, number: int) -> Schedule:
    """What everybody does in a round. Some rounds are quiet, so that the first no comes late in them."""
    dice = random.Random(f"{seed}:{number}")
    reach_ms = dice.choice([0.0, 4.0, 12.0])
    noise = dice.choice([0.3, 0.7, 1.0])
    found: Schedule = {
        f"dialer {n}": _steps(dice, DIALLING, dice.choice([1, 2, 3, 4]), reach_ms) for n in range(DIALERS)
    }
    for name, acts in OTHERS:
        how_many = dice.choice([1, 2, 3]) if dice.random() < noise else 0
        found[name] = _steps(dice, acts, how_many, 3 * reach_ms)
    return found


def _steps(dice: random.Random, acts: dict[str, int], how_many: int, reach_ms: float) -> tuple[Step, ...]:
    whats = dice.choices(list(acts), list(acts.values()), k=how_many)
    return tuple(Step(w, dice.randrange(LINES), dice.uniform(0, reach_ms), dice.random()) for w in whats)
