"""What the network makes of one turn: how likely it objects, what else it may be, and the words that told."""

from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

import numpy as np

from dialer.objections.hearing.heard import Label
from dialer.objections.hearing.meaning.classes import class_names, classes_of
from dialer.objections.hearing.meaning.layers import DEPTH, Numbers, Weights, forward, shares
from dialer.objections.hearing.meaning.sight import FINDINGS, Sight, pieces_of

LABELS = tuple(Label)
"""The order of the network's answers after the first, which is the objection's score."""

UNKNOWN = "<unknown>"
"""The word that stands in the word table for every word that is not there."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """`score` is the logarithm of the odds that a turn objects; `labels` the likelihood of each label.

    `shares` says how much each word added to the score.
    """

    score: float
    labels: tuple[float, ...]
    shares: tuple[float, ...]


@dataclass(frozen=True, slots=True, eq=False)
class _Network:
    words: dict[str, int]
    weights: tuple[Weights, ...]


def meaning_of(sight: Sight) -> Meaning:
    """Ask every network of the package and take the mean; about a millisecond for a turn of twenty words."""
    network = _network()
    if not sight.words:
        return Meaning(-10.0, tuple(float(label is Label.NONE) for label in LABELS), ())
    score, labels, added = 0.0, np.zeros(len(LABELS)), np.zeros(len(sight.words))
    for which, weights in enumerate(network.weights):
        trace = forward(weights, _entry(sight, which), np.ones((1, len(sight.words)), np.float32))
        score += float(trace.out[0, 0])
        powers = np.exp(trace.out[0, 1:] - trace.out[0, 1:].max())
        labels += powers / powers.sum()
        added += shares(weights, trace)
    many = len(network.weights)
    return Meaning(score / many, tuple((labels / many).tolist()), tuple((added / many).tolist()))


def _entry(sight: Sight, which: int) -> Numbers:
    findings = _network().weights[which]["findings"]
    rows = [
        _word(word, which) + findings[list(found)].sum(0) if found else _word(word, which)
        for word, found in zip(sight.words, sight.findings, strict=True)
    ]
    return np.stack(rows)[None]


@lru_cache(maxsize=20_000)
def _word(word: str, which: int) -> Numbers:
    """Put a word together from itself, its letters and what it is about."""
    network = _network()
    weights = network.weights[which]
    made: Numbers = weights["words"][network.words.get(word, network.words[UNKNOWN])].copy()
    made += weights["pieces"][list(pieces_of(word))].mean(0)
    about = classes_of(word)
    return made + weights["classes"][list(about)].sum(0) if about else made


@cache
def _network() -> _Network:
    kept = np.load(str(files("dialer.objections.hearing").joinpath("words", "meaning.npz")))
    names = str(kept["names"]).split("\n")
    count = int(kept["networks"])
    weights = [
        {key.partition(":")[2]: kept[key].astype(np.float32) for key in kept if key.startswith(f"{at}:")}
        for at in range(count)
    ]
    for each in weights:
        if each["classes"].shape != (len(class_names()), DEPTH) or len(each["findings"]) != len(FINDINGS):
            msg = "words/meaning.npz was built for other classes or rules: run training.build again"
            raise ValueError(msg)
    return _Network({name: at for at, name in enumerate(names)}, tuple(weights))
