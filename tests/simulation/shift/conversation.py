"""One conversation: what the callee says, turn by turn, and what its agent will put down at the end."""

from dataclasses import dataclass
from random import Random
from typing import Final

from tests.simulation.shift.assumptions import SHARES, Assumptions, Mood
from tests.simulation.shift.turns import points, small_talk

# What callees want who are asked, by mood: the share that says stop.
_SAY_STOP: Final = {
    Mood.REFUSES: 0.3,
    Mood.DISMISSES: 0.8,
    Mood.CALL_BACK: 0.05,
    Mood.TALKS: 0.03,
    Mood.OBJECTS: 1.0,
    Mood.WRONG_NUMBER: 0.5,
    Mood.DECEASED: 0.5,
    Mood.VULNERABLE: 0.2,
}


@dataclass(frozen=True, slots=True)
class Said:
    """A turn as the recogniser gives it."""

    words: str
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """What is said in one call. `answer` is the wrap-up of an agent who was prompted; None leaves it out."""

    mood: Mood
    turns: tuple[Said, ...]
    answer: str | None


def conversation(dice: Random, assumed: Assumptions) -> Conversation:
    """Draw one."""
    (mood,) = dice.choices(list(SHARES), list(SHARES.values()))
    is_long = mood is Mood.TALKS
    count = dice.randint(*(assumed.long_talk if is_long else assumed.small_talk))
    words = [small_talk(dice, assumed) for _ in range(count)]
    if not is_long:
        words.append(dice.choice(points()[mood]))
    turns = tuple(Said(each, _confidence(dice, assumed)) for each in words)
    return Conversation(mood=mood, turns=turns, answer=_answer(dice, mood, assumed))


def _confidence(dice: Random, assumed: Assumptions) -> float:
    is_unsure = dice.random() < assumed.unsure
    return round(dice.uniform(0.1, 0.49) if is_unsure else dice.uniform(0.6, 0.99), 2)


def _answer(dice: Random, mood: Mood, assumed: Assumptions) -> str | None:
    is_gone = mood is Mood.DISMISSES and dice.random() < assumed.hangs_up
    if is_gone or dice.random() >= assumed.asks:
        return "not asked" if dice.random() < assumed.codes else None
    return "asked" if dice.random() < _SAY_STOP[mood] else "fine"
