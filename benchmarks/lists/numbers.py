"""Numbers in clusters, as registers have them, and their text, made many at a time."""

from functools import cache

import numpy as np
from numpy.typing import NDArray

from dialer.calls.uk_numbers import kind_of

Numbers = NDArray[np.int64]


@cache
def _pages_in_use() -> Numbers:
    """Return the pages of ten thousand numbers that the numbering plan has in use, geographic and mobile."""
    kinds = {"FIXED_LINE", "MOBILE"}
    return np.array([page for page in range(100_000, 800_000) if kind_of(f"{page}5050") in kinds], np.int64)


def clustered(draw: np.random.Generator, count: int, mean_a_page: int) -> Numbers:
    """Return different ten-digit national numbers on pages as full as they come: most thin, some crowded."""
    made: Numbers = np.zeros(0, np.int64)
    while len(made) < count:
        missing = int((count - len(made)) * 1.1) + 100
        pages = draw.choice(_pages_in_use(), max(1, missing // mean_a_page))
        sizes = np.clip(draw.lognormal(0, 1.3, len(pages)) * mean_a_page / 2.3, 1, 9_000).astype(np.int64)
        numbers = np.repeat(pages, sizes) * 10_000 + draw.integers(0, 10_000, int(sizes.sum()))
        made = np.unique(np.concatenate((made, numbers)))
    return np.sort(draw.permutation(made)[:count])


def lines(numbers: Numbers, *, before: bytes, after: bytes) -> bytes:
    """Return one line a number: its ten digits between two texts."""
    digits = (numbers[:, None] // 10 ** np.arange(9, -1, -1, dtype=np.int64)) % 10 + ord("0")
    first, last = np.frombuffer(before, np.uint8), np.frombuffer(after, np.uint8)
    text = np.empty((len(numbers), len(first) + 10 + len(last)), np.uint8)
    text[:, : len(first)], text[:, len(first) : len(first) + 10] = first, digits
    text[:, len(first) + 10 :] = last
    return text.tobytes()
