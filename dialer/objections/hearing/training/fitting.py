"""Logistic regression by seeded gradient descent, in plain Python: the same cases give the same weights."""

import math
import random
from array import array
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

_EPOCHS = 10
_FIRST_RATE = 0.06
_SHRINK = 0.02
"""Share of each weight that is taken away after an epoch: what is seen seldom stays small."""
_SEEN_AT_LEAST = 6


@dataclass(frozen=True, slots=True)
class Case:
    """One example as the model sees it."""

    features: frozenset[str]
    objects: bool
    heft: float


class _Row(NamedTuple):
    features: "array[int]"
    objects: bool
    heft: float


@dataclass(frozen=True, slots=True)
class Fitted:
    """A weight for every feature seen often enough, and the bias."""

    bias: float
    weights: dict[str, float]


def fit(cases: Iterable[Case]) -> Fitted:
    """Fit weights; a minute or two for a hundred thousand cases, each read once."""
    known: dict[str, int] = {}
    rows = [_row(case, known) for case in cases]
    seen = Counter(at for row in rows for at in row.features)
    names = sorted(name for name, at in known.items() if seen[at] >= _SEEN_AT_LEAST)
    place = {known[name]: at for at, name in enumerate(names)}
    kept = [
        _Row(array("i", [place[at] for at in row.features if at in place]), row.objects, row.heft)
        for row in rows
    ]
    bias, weights = _descended(kept, len(names))
    return Fitted(bias, dict(zip(names, weights, strict=True)))


def _row(case: Case, known: dict[str, int]) -> _Row:
    features = array("i", [known.setdefault(name, len(known)) for name in sorted(case.features)])
    return _Row(features, case.objects, case.heft)


def _descended(rows: list[_Row], size: int) -> tuple[float, list[float]]:
    weights, bias = [0.0] * size, 0.0
    draw = random.Random(7)  # noqa: S311 - an order, not a secret
    for epoch in range(_EPOCHS):
        draw.shuffle(rows)
        rate = _FIRST_RATE / (1 + epoch)
        for features, objects, heft in rows:
            score = bias + sum(map(weights.__getitem__, features))
            miss = objects - 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))
            if abs(miss) < 0.005:
                continue
            step = rate * heft * miss / 2
            bias += step
            for at in features:
                weights[at] += step
        weights = [weight * (1 - _SHRINK) for weight in weights]
    return bias, weights
