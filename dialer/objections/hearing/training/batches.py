"""Turns side by side: words to numbers for a batch, and the way back into the tables of words."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from dialer.objections.hearing.meaning.classes import class_names, classes_of
from dialer.objections.hearing.meaning.layers import Numbers, Places, Weights
from dialer.objections.hearing.meaning.network import UNKNOWN
from dialer.objections.hearing.meaning.sight import FINDINGS, Sight, pieces_of

_SEEN_AT_LEAST = 2
_MOST_PIECES = 14


@dataclass(frozen=True, slots=True)
class Batch:
    """Turns filled up to one length. `place` says which of the batch's distinct words stands where.

    Of each distinct word: its row of the word table, its letters' rows and their shares, its classes.
    """

    place: Places
    mask: Numbers
    findings: Numbers
    row: Places
    pieces: Places
    piece_shares: Numbers
    classes: Numbers


@dataclass(frozen=True, slots=True)
class WordsLeftOut:
    """Factors, one a word: whether the word itself, its letters, classes and findings are seen.

    `entry` is that of each number a word comes in with.
    """

    words: Numbers
    letters: Numbers
    classes: Numbers
    findings: Numbers
    entry: Numbers


def words_worth_a_row(sights: Sequence[Sight]) -> dict[str, int]:
    """Give a row to every word that more than one turn has, and the first to all others."""
    seen = Counter(word for sight in sights for word in set(sight.words))
    names = [UNKNOWN, *sorted(word for word, count in seen.items() if count >= _SEEN_AT_LEAST)]
    return {name: at for at, name in enumerate(names)}


def batch_of(sights: Sequence[Sight], rows: dict[str, int], length: int) -> Batch:
    """Lay turns side by side, each filled up to `length` words."""
    names = sorted({word for sight in sights for word in sight.words})
    at = {name: place for place, name in enumerate(names)}
    place = np.zeros((len(sights), length), np.int64)
    mask = np.zeros((len(sights), length), np.float32)
    findings = np.zeros((len(sights), length, len(FINDINGS)), np.float32)
    for turn, sight in enumerate(sights):
        place[turn, : len(sight.words)] = [at[word] for word in sight.words]
        mask[turn, : len(sight.words)] = 1
        for word, found in enumerate(sight.findings):
            findings[turn, word, list(found)] = 1
    pieces = np.zeros((len(names), _MOST_PIECES), np.int64)
    piece_shares = np.zeros((len(names), _MOST_PIECES), np.float32)
    classes = np.zeros((len(names), len(class_names())), np.float32)
    for kind, name in enumerate(names):
        made_of = pieces_of(name)
        pieces[kind, : len(made_of)] = made_of
        piece_shares[kind, : len(made_of)] = 1 / len(made_of)
        classes[kind, list(classes_of(name))] = 1
    row = np.array([rows.get(name, 0) for name in names])
    return Batch(place, mask, findings, row, pieces, piece_shares, classes)


def entry_of(weights: Weights, batch: Batch, left_out: WordsLeftOut) -> Numbers:
    """Give each word its numbers: a word left out is read as one never met."""
    own, never_met = weights["words"][batch.row], weights["words"][0]
    letters = (weights["pieces"][batch.pieces] * batch.piece_shares[..., None]).sum(1)
    about = batch.classes @ weights["classes"]
    kept = left_out.words[..., None]
    made = own[batch.place] * kept + never_met * (1 - kept)
    made = made + letters[batch.place] * left_out.letters[..., None]
    made += about[batch.place] * left_out.classes[..., None]
    made += (batch.findings * left_out.findings[..., None]) @ weights["findings"]
    entry: Numbers = made * left_out.entry * batch.mask[..., None]
    return entry


def entry_slopes(weights: Weights, batch: Batch, left_out: WordsLeftOut, by_entry: Numbers) -> Weights:
    """Give the slope of the loss by the tables of words, from its slope by the numbers words come in with."""
    made = by_entry * left_out.entry * batch.mask[..., None]
    own = _gathered(made * left_out.words[..., None], batch)
    letters = _gathered(made * left_out.letters[..., None], batch)
    about = _gathered(made * left_out.classes[..., None], batch)
    words, pieces = np.zeros_like(weights["words"]), np.zeros_like(weights["pieces"])
    np.add.at(words, batch.row, own)
    words[0] += (made * (1 - left_out.words[..., None])).sum((0, 1))
    np.add.at(pieces, batch.pieces, letters[:, None] * batch.piece_shares[..., None])
    found = (batch.findings * left_out.findings[..., None]).reshape(-1, batch.findings.shape[-1])
    return {
        "words": words,
        "pieces": pieces,
        "classes": batch.classes.T @ about,
        "findings": found.T @ made.reshape(-1, made.shape[-1]),
    }


def _gathered(made: Numbers, batch: Batch) -> Numbers:
    """Add up what stands at the places of each distinct word."""
    sums = np.zeros((len(batch.row), made.shape[-1]), np.float32)
    np.add.at(sums, batch.place.reshape(-1), made.reshape(-1, made.shape[-1]))
    return sums
