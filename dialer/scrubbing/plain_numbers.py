"""Numbers written plainly, read many at a time; whatever else a cell holds is asked of `read_number`.

What is read here reads the same there, digit for digit: tests compare the two on every shape.
"""

from typing import Final

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from dialer.scrubbing.arrays import Bytes, Mask, Numbers, Places
from dialer.scrubbing.rows import Cells

NOT_PLAIN: Final = 0
# No plain number is longer with its gaps; a longer cell is asked one by one.
LONGEST_PLAIN: Final = 24
_MOST_AT_ONCE: Final = 1 << 16
_NATIONAL_DIGITS: Final = 10
# What may stand before the ten national digits, all of one length apart.
_PREFIXES: Final = (b"", b"0", b"44", b"+44", b"0044")
_UK: Final = 44
_NATIONAL: Final = 10**_NATIONAL_DIGITS
_LEAST_NATIONAL: Final = 10 ** (_NATIONAL_DIGITS - 1)
# The gaps people leave that `calls.typed_number` drops wherever they stand: space, brackets, hyphen.
_GAPS: Final = tuple(map(ord, " ()-"))
_ZERO, _SPACE, _PLUS = (ord(character) for character in "0 +")
# Ten digits are exact in a double, and doubles are multiplied by the matrix.
_WEIGHTS: Final = 10.0 ** np.arange(_NATIONAL_DIGITS - 1, -1, -1)
_POWERS: Final = 10 ** np.arange(16, dtype=np.int64)


def national_numbers(data: Bytes, cells: Cells) -> Numbers:
    """Return the ten national digits of each plain UK number, NOT_PLAIN for every other cell.

    Only the shape is read: whether such a number is in use is not asked here. Some 60 ns a cell without gaps.
    """
    found = np.zeros(len(cells.starts), np.int64)
    lengths = cells.ends - cells.starts
    for prefix in _PREFIXES:
        rows = np.flatnonzero(lengths == len(prefix) + _NATIONAL_DIGITS)
        if len(rows):
            found[rows] = _unspaced(data, cells.starts[rows], prefix)
    others = np.flatnonzero((found == NOT_PLAIN) & (lengths > _NATIONAL_DIGITS) & (lengths <= LONGEST_PLAIN))
    for first in range(0, len(others), _MOST_AT_ONCE):
        rows = others[first : first + _MOST_AT_ONCE]
        found[rows] = _spaced(data, cells.starts[rows], cells.ends[rows])
    return found


def _unspaced(data: Bytes, starts: Places, prefix: bytes) -> Numbers:
    width = len(prefix) + _NATIONAL_DIGITS
    characters = sliding_window_view(data, width)[starts]
    digits = characters[:, len(prefix) :] - np.uint8(_ZERO)
    is_plain = (digits <= 9).all(axis=1) & (digits[:, 0] > 0)
    if prefix:
        is_plain &= (characters[:, : len(prefix)] == np.frombuffer(prefix, np.uint8)).all(axis=1)
    value = (digits.astype(np.float64) @ _WEIGHTS).astype(np.int64)
    return np.where(is_plain, value, NOT_PLAIN)


def _spaced(data: Bytes, starts: Places, ends: Places) -> Numbers:
    lengths = ends - starts
    places = starts[:, None] + np.arange(int(lengths.max()))
    characters = data[np.minimum(places, len(data) - 1)]
    characters[places >= ends[:, None]] = _SPACE
    is_digit = (characters - np.uint8(_ZERO)) <= 9
    is_plus = characters == _PLUS
    digits, value = _digits(characters, is_digit)
    plusses = is_plus.sum(axis=1)
    is_plain = (is_digit | is_plus | np.isin(characters, _GAPS)).all(axis=1)
    # A plus counts once and in front of all digits; anywhere else the careful reader says what it is.
    is_plain &= (plusses == 0) | ((plusses == 1) & (is_plus.argmax(axis=1) < is_digit.argmax(axis=1)))
    national, country = value % _NATIONAL, value // _NATIONAL
    is_local = (plusses == 0) & (country == 0) & ((digits == 10) | (digits == 11))
    is_whole = (country == _UK) & ((digits == 12) | ((plusses == 0) & (digits == 14)))
    is_plain &= (is_local | is_whole) & (national >= _LEAST_NATIONAL)
    return np.where(is_plain, national, NOT_PLAIN)


def _digits(characters: Bytes, is_digit: Mask) -> tuple[Numbers, Numbers]:
    """Return how many digits each row has, and their value where there are at most 15."""
    after = np.cumsum(is_digit[:, ::-1], axis=1)[:, ::-1]
    digits: Numbers = after[:, 0].astype(np.int64)
    weights = _POWERS[np.clip(after - 1, 0, 15)]
    value = np.where(is_digit, (characters - np.uint8(_ZERO)) * weights, 0).sum(axis=1)
    return digits, np.where(digits <= 15, value, 0)
