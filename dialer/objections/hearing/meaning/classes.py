"""What a word is about, from the hand-written classes of `words/meanings.toml` and the concepts beside it."""

from functools import cache, lru_cache

from dialer.objections.hearing.vocabulary import table

_ENDINGS = (
    ("'s", ""),
    ("ies", "y"),
    ("es", ""),
    ("s", ""),
    ("ied", "y"),
    ("ed", "e"),
    ("ed", ""),
    ("ing", "e"),
    ("ing", ""),
    ("ers", "er"),
    ("er", ""),
    ("est", ""),
    ("ly", ""),
    ("in", "ing"),
)
"""Endings taken off a word that is in no table, and what is put in their place, in order of trying."""

_SHORTEST_STEM = 3


@cache
def class_names() -> tuple[str, ...]:
    """Name every class, in a fixed order: the network's weights are kept by it."""
    return tuple(sorted({name for names in _classes().values() for name in names}))


@lru_cache(maxsize=20_000)
def classes_of(word: str) -> tuple[int, ...]:
    """Give the places in `class_names` of what a word is about; none when it is in no table."""
    known = _classes()
    names = known.get(word) or next((known[stem] for stem in _stems(word) if stem in known), ())
    return tuple(_places()[name] for name in names)


def _stems(word: str) -> list[str]:
    """List what a word may be without its ending: "mithering" is "mither", "nagging" is "nag"."""
    stems: list[str] = []
    for ending, instead in _ENDINGS:
        bare = word.removesuffix(ending)
        if bare == word or len(bare) < _SHORTEST_STEM:
            continue
        stems.append(bare + instead)
        if ending in {"ing", "ed"} and len(bare) > _SHORTEST_STEM and bare[-1] == bare[-2]:
            stems.append(bare[:-1])
    return stems


@cache
def _classes() -> dict[str, tuple[str, ...]]:
    """Read both tables: classes are lines of words, concepts lists of them and carry a mark of their own."""
    known: dict[str, dict[str, None]] = {}
    for name, words in table("words", "meanings").items():
        for word in words.split():
            known.setdefault(word, {})[name] = None
    for name, words in table("words", "concepts").items():
        for word in words:
            known.setdefault(word, {})[f"concept:{name}"] = None
    return {word: tuple(names) for word, names in known.items()}


@cache
def _places() -> dict[str, int]:
    return {name: at for at, name in enumerate(class_names())}
