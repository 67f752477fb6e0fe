"""The network's arithmetic: four layers in which words look at their neighbours, then the whole turn.

One function serves a single turn and a batch of training alike; training hands in what to leave out.
"""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.floating[Any]]
Places = NDArray[np.int64]
Weights = dict[str, Numbers]

STEPS: Final = (1, 2, 4, 8)
"""How far apart the three words are that a layer looks at; together they span a sentence of thirty words."""

DEPTH: Final = 64
"""How many numbers a word has when it comes in."""

WIDTH: Final = 96
"""How many numbers a word has within the layers."""


_STRIP: Final = 14
"""Rows of a strip: fourteen, by `WIDTH`, by twice that is under 262,144 products, which stay on one core."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What learning leaves out at random: factors of the layers' numbers, the whole, and its reading."""

    layers: tuple[Numbers, ...]
    whole: Numbers
    read: Numbers


@dataclass(frozen=True, slots=True)
class Layer:
    """What went through one layer: three looks at the words, what is proposed, how far it is let in."""

    seen: tuple[Numbers, Numbers, Numbers]
    proposed: Numbers
    let_in: Numbers


@dataclass(frozen=True, slots=True)
class Trace:
    """Every step's numbers, as the way back needs them; `out` is the answer, a row a turn."""

    first: Numbers
    layers: tuple[Layer, ...]
    last: Numbers
    tops: Places
    whole: Numbers
    read: Numbers
    out: Numbers


def forward(weights: Weights, entry: Numbers, mask: Numbers, left_out: LeftOut | None = None) -> Trace:
    """Read turns: `entry` has a row of numbers a word, `mask` is 1 where there is a word."""
    there = mask[..., None]
    first = np.tanh(_times(entry, weights["entry"]) + weights["entry_bias"]) * there
    hidden, layers = first, []
    for at, step in enumerate(STEPS):
        layer = _look(weights, at, hidden, step)
        layers.append(layer)
        change = layer.proposed * layer.let_in
        hidden = (hidden + (change if left_out is None else change * left_out.layers[at])) * there
    tops = np.where(there > 0, hidden, -np.inf).argmax(1)
    top = np.take_along_axis(hidden, tops[:, None], 1)[:, 0]
    whole = np.concatenate([top, hidden.sum(1) / mask.sum(1)[:, None]], 1)
    whole = whole if left_out is None else whole * left_out.whole
    read = np.maximum(whole @ weights["read"] + weights["read_bias"], 0)
    read = read if left_out is None else read * left_out.read
    out = read @ weights["answer"] + weights["answer_bias"]
    return Trace(first, tuple(layers), hidden, tops, whole, read, out)


def _look(weights: Weights, at: int, hidden: Numbers, step: int) -> Layer:
    """Look at each word and those `step` before and after it."""
    length = hidden.shape[1]
    wide = np.pad(hidden, ((0, 0), (step, step), (0, 0)))
    seen = (wide[:, :length], hidden, wide[:, 2 * step :])
    kernel = weights[f"look{at}"]
    both = sum(_times(words, kernel[place]) for place, words in enumerate(seen)) + weights[f"look{at}_bias"]
    return Layer(seen, both[..., :WIDTH], 1 / (1 + np.exp(-both[..., WIDTH:])))


def _times(words: Numbers, matrix: Numbers) -> Numbers:
    """Multiply; a single turn in strips too small for the arithmetic library to spread over threads.

    Waking and joining threads costs a turn more than its sums, and much more on a busy machine.
    """
    if len(words) > 1 or words.shape[1] <= _STRIP:
        product: Numbers = words @ matrix
        return product
    strips = [words[:, at : at + _STRIP] @ matrix for at in range(0, words.shape[1], _STRIP)]
    return np.concatenate(strips, 1)


def shares(weights: Weights, trace: Trace) -> Numbers:
    """Say how much each word of a single turn added to its first answer; they sum to it but for a constant.

    The answer is a sum over the numbers of the whole, each of them one word's, or all words' in equal parts.
    """
    pulls = weights["read"] @ (weights["answer"][:, 0] * (trace.read[0] > 0))
    added: Numbers = trace.last[0] @ pulls[WIDTH:] / trace.last.shape[1]
    np.add.at(added, trace.tops[0], trace.whole[0, :WIDTH] * pulls[:WIDTH])
    return added
