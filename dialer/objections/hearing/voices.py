"""Two voices weighed into one likelihood: the words with the rules' findings, and what the words mean.

The weights, and the steps in `hear`, were set on turns by writers of whom the voices had learned nothing.
"""

import math
from dataclasses import dataclass

from dialer.objections.hearing.meaning import Meaning, meaning_of
from dialer.objections.hearing.meaning.sight import sight_of
from dialer.objections.hearing.opinion import Opinion, opinion_of
from dialer.objections.hearing.reading import Reading

_OPINION, _MEANING = 0.42, 0.4
_FURTHEST = 30.0


@dataclass(frozen=True, slots=True)
class Voices:
    """What each voice says of a turn, and how likely it objects by all of them, 0 to 1."""

    opinion: Opinion
    meaning: Meaning
    likelihood: float


def voices_of(reading: Reading) -> Voices:
    """Hear all voices about a turn as the rules read it."""
    opinion, meaning = opinion_of(reading), meaning_of(sight_of(reading))
    score = _OPINION * opinion.score + _MEANING * meaning.score
    return Voices(opinion, meaning, 1 / (1 + math.exp(-max(-_FURTHEST, min(_FURTHEST, score)))))
