"""The second opinion: how likely a turn is an objection, by a linear model over words, concepts and rules."""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from dialer.objections.hearing.features import MAX_WORDS, features_of, runs_of
from dialer.objections.hearing.reading import Reading

_TELLING = 3
_DULL = 0.15
"""What a word must add to a telling stretch to be worth its place in it."""


@dataclass(frozen=True, slots=True)
class Opinion:
    """The logarithm of the odds that a turn objects, and the runs of words that spoke for it most."""

    score: float
    telling: tuple[str, ...]

    @property
    def likelihood(self) -> float:
        """How likely the turn objects, 0 to 1, going by its words and rules alone."""
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, self.score))))


@dataclass(frozen=True, slots=True)
class _Model:
    bias: float
    weights: dict[str, float]


def opinion_of(reading: Reading) -> Opinion:
    """Give the second opinion of a turn as the rules read it; well under a millisecond."""
    model = _model()
    features = features_of(reading.turn.read, reading.rule_names)
    weighed = sorted(((model.weights.get(name, 0.0), name) for name in features), reverse=True)
    score = model.bias + sum(weight for weight, _ in weighed)
    telling = [name for weight, name in weighed if weight > 0 and " " in name]
    return Opinion(score, tuple(telling[:_TELLING]))


def telling_place(read: str, shares: Sequence[float]) -> tuple[int, int]:
    """Give the stretch of `read` that speaks most for an objection: where it begins and ends.

    Each word counts with its share of the weights of the runs it stands in, and with what it added to the
    network's score (`shares`; none where the turn was too long to be seen whole). The stretch is the one with
    the greatest sum; the whole turn when no word speaks for one.
    """
    model, words = _model(), read.split()[:MAX_WORDS]
    added = shares if len(shares) == len(words) else [0.0] * len(words)
    counts = [share - _DULL for share in added]
    for run, at, size in runs_of(words):
        for place in range(at, at + size):
            counts[place] += model.weights.get(run, 0.0) / size
    best, first, last = 0.0, 0, len(words)
    running, began = 0.0, 0
    for at, count in enumerate(counts):
        if running <= 0:
            running, began = 0.0, at
        running += count
        if running > best:
            best, first, last = running, began, at + 1
    start = 1 + sum(len(word) + 1 for word in words[:first])
    return start, start + len(" ".join(words[first:last]))


@cache
def _model() -> _Model:
    words = files(__package__).joinpath("words")
    kept = json.loads(words.joinpath("opinion.json").read_text(encoding="utf-8"))
    return _Model(kept["bias"], kept["weights"])
