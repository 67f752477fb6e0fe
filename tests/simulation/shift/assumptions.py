"""What the simulated shift takes for granted; docs/possible-opt-outs.md tells where each figure is from.

Two are borrowed. The rest are ours: nobody publishes them, so they are written down to be disagreed with.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class Mood(StrEnum):
    """What the callee of one conversation is about."""

    REFUSES = "refuses"
    DISMISSES = "dismisses"
    CALL_BACK = "call_back"
    TALKS = "talks"
    OBJECTS = "objects"
    WRONG_NUMBER = "wrong_number"
    DECEASED = "deceased"
    VULNERABLE = "vulnerable"


# Of a hundred conversations. `talks` holds the 6.74 that sell (MaxContact, 167 UK sales centres, May 2024).
SHARES: Mapping[Mood, float] = MappingProxyType(
    {
        Mood.REFUSES: 54.0,
        Mood.DISMISSES: 0.5,
        Mood.CALL_BACK: 12.0,
        Mood.TALKS: 25.0,
        Mood.OBJECTS: 5.0,
        Mood.WRONG_NUMBER: 2.5,
        Mood.DECEASED: 0.4,
        Mood.VULNERABLE: 0.6,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Assumptions:
    """The figures of a shift; shares are of one.

    `conversations_each`: 56.55 calls an agent a day (MaxContact, as above). `small_talk` and `long_talk` are
    turns of the callee, least and most, before a short conversation's point and in a long one. `unsure` is
    the share of turns with a recogniser's confidence under a half, `awkward` that of turns written to be
    mistaken for an objection, `telephone` that of talk about telephones, calls and lists.
    `asks` is how often an agent who is prompted asks, `hangs_up` how often a hostile callee leaves them no
    time to; `codes` how often an agent who did not ask says so.
    """

    agents: int = 200
    conversations_each: int = 57
    small_talk: tuple[int, int] = (1, 3)
    long_talk: tuple[int, int] = (8, 16)
    unsure: float = 0.01
    awkward: float = 0.005
    telephone: float = 0.05
    asks: float = 0.8
    hangs_up: float = 0.5
    codes: float = 0.5
    seconds_a_turn: tuple[float, float] = (3.0, 9.0)
    seconds_between_calls: tuple[float, float] = (60.0, 420.0)
