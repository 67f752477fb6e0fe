"""The second opinion: how likely a turn is an objection, by a linear model over words, concepts and rules."""

import json
import math
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from dialer.objections.hearing.features import features_of
from dialer.objections.hearing.reading import Reading

_TELLING = 3


@dataclass(frozen=True, slots=True)
class Opinion:
    """The likelihood, 0 to 1, that a turn objects, and the features that spoke for it most."""

    likelihood: float
    telling: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Model:
    bias: float
    weights: dict[str, float]
    anchors: frozenset[str]
    """Words without any of which a turn has nothing to object to, whatever the sum says."""


def opinion_of(reading: Reading) -> Opinion:
    """Give the second opinion of a turn as the rules read it; well under a millisecond."""
    model = _model()
    features = features_of(reading.turn.read, reading.rule_names)
    weighed = sorted(((model.weights.get(name, 0.0), name) for name in features), reverse=True)
    score = model.bias + sum(weight for weight, _ in weighed)
    likelihood = 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))
    if model.anchors.isdisjoint(reading.turn.read.split()):
        likelihood = min(likelihood, 0.5)
    return Opinion(likelihood, tuple(name for weight, name in weighed[:_TELLING] if weight > 0))


@cache
def _model() -> _Model:
    words = files(__package__).joinpath("words")
    kept = json.loads(words.joinpath("opinion.json").read_text(encoding="utf-8"))
    anchors = words.joinpath("anchors.txt").read_text(encoding="utf-8").split()
    return _Model(kept["bias"], kept["weights"], frozenset(anchors))
