"""What the second opinion looks at: short runs of words as read, concepts, and what the rules found."""

from collections.abc import Iterable, Iterator
from functools import cache

from dialer.objections.hearing.vocabulary import table

WINDOW = 5
"""How many words apart two concepts may stand to be taken as a pair."""

MAX_WORDS = 400
"""Longer turns are judged by the rules alone."""


def features_of(read: str, rules: Iterable[str]) -> frozenset[str]:
    """Name a turn's features.

    One to three words running, concepts, and pairs of concepts near one another in order.
    """
    concepts = _concepts()
    words = ["^", *read.split()[:MAX_WORDS], "$"]
    named = {f"rule:{name}" for name in rules}
    meant = [concepts.get(word, ()) for word in words]
    named.update(run for run, _, _ in runs_of(words))
    for at in range(len(words)):
        for later in range(at + 1, min(len(words), at + WINDOW)):
            named.update(f"{first}>{second}" for first in meant[at] for second in meant[later])
    said = sorted({concept for group in meant for concept in group})
    named.update(f"#{concept}" for concept in said)
    named.add("short" if len(words) < 7 else "long" if len(words) > 22 else "middling")
    return frozenset(named)


def runs_of(words: list[str]) -> Iterator[tuple[str, int, int]]:
    """Give every run of one to three words, with the place of its first and how many it has."""
    for at, word in enumerate(words):
        yield word, at, 1
        yield " ".join(words[at : at + 2]), at, min(2, len(words) - at)
        yield " ".join(words[at : at + 3]), at, min(3, len(words) - at)


@cache
def _concepts() -> dict[str, tuple[str, ...]]:
    known: dict[str, list[str]] = {}
    for concept, words in table("words", "concepts").items():
        for word in words:
            known.setdefault(word, []).append(concept)
    return {word: tuple(dict.fromkeys(names)) for word, names in known.items()}
