"""The number an agent reads aloud: eight digits in pairs, the last of them a check digit.

Seven digits come from a counter, scattered so that two neighbours never sound alike; the eighth is Damm's,
which catches every single wrong digit and every swap of two neighbours.
Source: H. M. Damm, Total anti-symmetrische Quasigruppen, 2004, order 10.
"""

from typing import Final

_SIZE: Final = 10_000_000
# Coprime to the size, so the first ten million objections get ten million different numbers.
_STRIDE: Final = 6_180_339
_DAMM: Final = (
    (0, 3, 1, 7, 5, 9, 8, 6, 4, 2),
    (7, 0, 9, 2, 1, 5, 4, 8, 6, 3),
    (4, 2, 0, 6, 8, 7, 1, 3, 5, 9),
    (1, 7, 5, 0, 9, 8, 3, 4, 2, 6),
    (6, 1, 2, 3, 0, 4, 5, 9, 7, 8),
    (3, 6, 7, 4, 2, 0, 9, 5, 8, 1),
    (5, 8, 6, 9, 7, 2, 0, 1, 3, 4),
    (8, 9, 4, 5, 3, 6, 2, 0, 1, 7),
    (9, 4, 3, 8, 6, 1, 7, 2, 0, 5),
    (2, 5, 8, 1, 4, 3, 6, 7, 9, 0),
)


def reference_of(ordinal: int) -> str:
    """Return the reference of the n-th objection, such as `04 18 20 37`."""
    digits = f"{ordinal * _STRIDE % _SIZE:07d}"
    whole = digits + str(_damm(digits))
    return " ".join(whole[i : i + 2] for i in range(0, 8, 2))


def is_reference(text: str) -> bool:
    """Say whether these are eight digits whose check digit fits, however they are spaced."""
    digits = "".join(text.split())
    return len(digits) == 8 and digits.isascii() and digits.isdigit() and _damm(digits) == 0


def _damm(digits: str) -> int:
    interim = 0
    for digit in digits:
        interim = _DAMM[interim][int(digit)]
    return interim
