"""Teach one network: seeded, in numpy; the same lessons give the same weights on the same machine."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from dialer.objections.hearing.meaning.classes import class_names
from dialer.objections.hearing.meaning.layers import DEPTH, STEPS, WIDTH, LeftOut, Numbers, Weights, forward
from dialer.objections.hearing.meaning.network import LABELS
from dialer.objections.hearing.meaning.sight import FINDINGS, MAX_WORDS, PIECES
from dialer.objections.hearing.training.backward import backward
from dialer.objections.hearing.training.batches import (
    Batch,
    WordsLeftOut,
    batch_of,
    entry_of,
    entry_slopes,
    words_worth_a_row,
)
from dialer.objections.hearing.training.lessons import Lesson, among_talk

_LENGTHS = (8, 16, 32, 64, MAX_WORDS)
_TURNS = 64
_RATE = 2e-3
_WARMING = 100
_LEAST_RATE = 0.03
_FADING = 1e-4
_SURE = 0.98
"""What an objection is taught to be worth: a label may be wrong."""
_LABEL_COUNTS, _KIND_COUNTS = 0.4, 0.2
_WORD_LEFT_OUT, _LETTERS_LEFT_OUT, _CLASSES_LEFT_OUT, _FINDINGS_LEFT_OUT = 0.45, 0.3, 0.1, 0.5
_NUMBER_LEFT_OUT, _WHOLE_LEFT_OUT = 0.25, 0.3


@dataclass(frozen=True, slots=True)
class Learned:
    """The weights of a network, and the row of every word it knows."""

    words: dict[str, int]
    weights: Weights


def learn(lessons: Sequence[Lesson], *, seed: int, rounds: int) -> Learned:
    """Go through the lessons `rounds` times; some ten seconds a round for fifteen thousand."""
    words = words_worth_a_row([lesson.sight for lesson in lessons])
    kinds = {name: at for at, name in enumerate(sorted({lesson.kind for lesson in lessons} - {""}))}
    chance = np.random.default_rng(seed)
    weights = _first_weights(len(words), 1 + len(LABELS) + len(kinds), chance)
    means = {name: np.zeros_like(each) for name, each in weights.items()}
    squares = {name: np.zeros_like(each) for name, each in weights.items()}
    draw = random.Random(seed)  # noqa: S311 - an order, not a secret
    last = rounds * len(lessons) / _TURNS
    step = 0
    for _ in range(rounds):
        for group, length in _groups(among_talk(lessons, draw), draw):
            step += 1
            batch = batch_of([lesson.sight for lesson in group], words, length)
            slopes = _slopes(weights, batch, group, kinds, chance)
            rate = _RATE * min(1.0, step / _WARMING) * max(_LEAST_RATE, 1 - step / last)
            _descend(weights, means, squares, slopes, step, rate)
    return Learned(words, weights)


def _first_weights(words: int, answers: int, chance: np.random.Generator) -> Weights:
    def drawn(*shape: int, spread: float) -> Numbers:
        return (chance.standard_normal(shape) * spread).astype(np.float32)

    weights = {
        "words": drawn(words, DEPTH, spread=0.1),
        "pieces": drawn(PIECES, DEPTH, spread=0.1),
        "classes": drawn(len(class_names()), DEPTH, spread=0.1),
        "findings": drawn(len(FINDINGS), DEPTH, spread=0.1),
        "entry": drawn(DEPTH, WIDTH, spread=DEPTH**-0.5),
        "entry_bias": np.zeros(WIDTH, np.float32),
        "read": drawn(2 * WIDTH, WIDTH, spread=(2 * WIDTH) ** -0.5),
        "read_bias": np.zeros(WIDTH, np.float32),
        "answer": drawn(WIDTH, answers, spread=0.05),
        "answer_bias": np.zeros(answers, np.float32),
    }
    for at in range(len(STEPS)):
        weights[f"look{at}"] = drawn(3, WIDTH, 2 * WIDTH, spread=(3 * WIDTH) ** -0.5)
        weights[f"look{at}_bias"] = np.zeros(2 * WIDTH, np.float32)
    return weights


def _groups(lessons: Sequence[Lesson], draw: random.Random) -> Iterator[tuple[list[Lesson], int]]:
    """Put turns of about one length together; what is left of a length is a smaller group."""
    by_length: dict[int, list[Lesson]] = {}
    full: list[tuple[list[Lesson], int]] = []
    for lesson in draw.sample(lessons, len(lessons)):
        length = next(limit for limit in _LENGTHS if len(lesson.sight.words) <= limit)
        by_length.setdefault(length, []).append(lesson)
        if len(by_length[length]) == _TURNS:
            full.append((by_length.pop(length), length))
    full += [(group, length) for length, group in by_length.items()]
    draw.shuffle(full)
    yield from full


def _slopes(
    weights: Weights, batch: Batch, group: list[Lesson], kinds: dict[str, int], chance: np.random.Generator
) -> Weights:
    def kept(share: float, *shape: int) -> Numbers:
        return (chance.random(shape) >= share).astype(np.float32)

    turns, length = batch.mask.shape
    words_left_out = WordsLeftOut(
        words=kept(_WORD_LEFT_OUT, turns, length),
        letters=kept(_LETTERS_LEFT_OUT, turns, length),
        classes=kept(_CLASSES_LEFT_OUT, turns, length),
        findings=np.broadcast_to(kept(_FINDINGS_LEFT_OUT, turns, 1), (turns, length)),
        entry=kept(_NUMBER_LEFT_OUT, turns, length, DEPTH) / (1 - _NUMBER_LEFT_OUT),
    )
    left_out = LeftOut(
        layers=tuple(kept(_NUMBER_LEFT_OUT, turns, length, WIDTH) / (1 - _NUMBER_LEFT_OUT) for _ in STEPS),
        whole=kept(_WHOLE_LEFT_OUT, turns, 2 * WIDTH) / (1 - _WHOLE_LEFT_OUT),
        read=kept(_WHOLE_LEFT_OUT, turns, WIDTH) / (1 - _WHOLE_LEFT_OUT),
    )
    entry = entry_of(weights, batch, words_left_out)
    trace = forward(weights, entry, batch.mask, left_out)
    wrong = _how_wrong(trace.out, group, kinds)
    slopes, by_entry = backward(weights, trace, entry, batch.mask, left_out, wrong)
    return slopes | entry_slopes(weights, batch, words_left_out, by_entry)


def _how_wrong(out: Numbers, group: list[Lesson], kinds: dict[str, int]) -> Numbers:
    """Give the slope of the loss by the answers: is it an objection, which label, which kind."""
    turns, first_kind = np.arange(len(group)), 1 + len(LABELS)
    objects = np.array([lesson.label == "opt_out" for lesson in group])
    labels = np.array([LABELS.index(lesson.label) for lesson in group])
    known = np.array([kinds.get(lesson.kind, -1) for lesson in group])
    wrong = np.zeros_like(out)
    wrong[:, 0] = 1 / (1 + np.exp(-out[:, 0])) - np.where(objects, _SURE, 1 - _SURE)
    wrong[:, 1:first_kind] = _softmax(out[:, 1:first_kind])
    wrong[turns, 1 + labels] -= 1
    wrong[:, 1:first_kind] *= _LABEL_COUNTS
    if kinds:
        wrong[:, first_kind:] = _softmax(out[:, first_kind:])
        wrong[turns[known >= 0], first_kind + known[known >= 0]] -= 1
        wrong[:, first_kind:] *= (_KIND_COUNTS * (known >= 0))[:, None]
    heft = np.array([lesson.heft for lesson in group], np.float32)
    slopes: Numbers = wrong * (heft / heft.sum())[:, None]
    return slopes


def _softmax(scores: Numbers) -> Numbers:
    powers = np.exp(scores - scores.max(1, keepdims=True))
    shares: Numbers = powers / powers.sum(1, keepdims=True)
    return shares


def _descend(
    weights: Weights, means: Weights, squares: Weights, slopes: Weights, step: int, rate: float
) -> None:
    """Adam, with weights that fade a little each step."""
    for name, slope in slopes.items():
        means[name] += 0.1 * (slope - means[name])
        squares[name] += 0.01 * (slope * slope - squares[name])
        change = means[name] / (1 - 0.9**step) / (np.sqrt(squares[name] / (1 - 0.99**step)) + 1e-8)
        weights[name] -= rate * (change + _FADING * weights[name])
