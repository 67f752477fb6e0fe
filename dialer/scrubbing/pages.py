"""Register pages side by side in memory: a million numbers looked up in all of them in a tenth of a second.

Pages are read once, when a list first has a number on them, and kept as bitmaps of equal length; the results
of washes are kept as small codes, equal for numbers of which the same was said.
"""

from collections.abc import Callable, Sequence
from mmap import mmap
from typing import Final

import numpy as np

from dialer.errors import CannotKeep
from dialer.registers.page import BITMAP_BYTES, NUMBERS
from dialer.scrubbing.arrays import Bytes, Distinct, Marks, Mask, Numbers, Places

ReadPages = Callable[[Sequence[int]], Sequence[bytes | None]]

_AT_ONCE: Final = 2_000
_WASH_RESULT: Final = np.dtype([("offset", ">u2"), ("said", ">u4")])


class Bitmapped:
    """One register's pages. Raises CannotKeep for a damaged one, which clears nobody.

    `held` are the pages the register has, ascending. Memory is reserved for all of them, and those that are
    read use it: 1,250 bytes each, shared with processes that are forked off.
    """

    def __init__(self, held: Numbers, read: ReadPages) -> None:
        self._held = held
        self._read = read
        # Behind the last stands a page on which nothing is listed, for all that the register has not.
        shared = mmap(-1, (len(held) + 1) * BITMAP_BYTES)
        self._bitmaps: Bytes = np.frombuffer(shared, np.uint8).reshape(-1, BITMAP_BYTES)
        self._is_read = np.zeros(len(held) + 1, bool)
        self._is_read[-1] = True

    def lists(self, numbers: Numbers, pages: Distinct) -> Mask:
        """Say which numbers are listed, given the pages they stand on; about 50 ns each."""
        places = self._places_of(pages.values)[pages.where]
        offsets = numbers % NUMBERS
        found: Mask = (self._bitmaps[places, offsets >> 3] >> (7 - (offsets & 7)) & 1) == 1
        return found

    def read_share(self, share: int, of: int) -> None:
        """Read one of several equal shares of all pages; once each share is read, `all_are_read`."""
        every = np.arange(len(self._held))
        for first in range(share * _AT_ONCE, len(every), of * _AT_ONCE):
            self._take_in(every[first : first + _AT_ONCE])

    def all_are_read(self) -> None:
        """Believe that every page is there: other processes have read their shares of them."""
        self._is_read[:] = True

    def page(self, page: int) -> bytes:
        """Return one page, as `registers.page` has it."""
        place = int(self._places_of(np.array([page], np.int64))[0])
        found: bytes = self._bitmaps[place].tobytes()
        return found

    def _places_of(self, pages: Numbers) -> Places:
        """Return where these different pages stand, reading those that nobody asked for before."""
        last = len(self._held)
        places = np.searchsorted(self._held, pages)
        is_held = places < last
        is_held[is_held] = self._held[places[is_held]] == pages[is_held]
        places = np.where(is_held, places, last)
        new = places[~self._is_read[places]]
        for first in range(0, len(new), _AT_ONCE):
            self._take_in(new[first : first + _AT_ONCE])
        return places

    def _take_in(self, places: Places) -> None:
        contents = self._read(self._held[places].tolist())
        lengths = np.array([len(page or b"") for page in contents])
        whole, listed = lengths == BITMAP_BYTES, (lengths > 0) & (lengths != BITMAP_BYTES)
        bitmaps = b"".join(page for page in contents if page and len(page) == BITMAP_BYTES)
        self._bitmaps[places[whole]] = np.frombuffer(bitmaps, np.uint8).reshape(-1, BITMAP_BYTES)
        lists = [page for page in contents if page and len(page) != BITMAP_BYTES]
        if lists:
            self._bitmaps[places[listed]] = _bitmaps_of(lists)
        self._is_read[places] = True


class Washed:
    """What washes said, by number: a code that is equal for equal answers; 0 is never washed."""

    def __init__(self, read: ReadPages) -> None:
        self._read = read
        self._codes: dict[bytes, int] = {}
        self._numbers = np.zeros(0, np.int64)
        self._said = np.zeros(0, np.int32)
        self._pages: dict[int, bytes | None] = {}

    def take_in(self, pages: Numbers) -> None:
        """Read those of these different pages that nobody asked for before."""
        new = [page for page in pages.tolist() if page not in self._pages]
        for first in range(0, len(new), _AT_ONCE):
            self._take_in(new[first : first + _AT_ONCE])

    def _take_in(self, pages: Sequence[int]) -> None:
        numbers, said = [self._numbers], [self._said]
        for page, content in zip(pages, self._read(pages), strict=True):
            self._pages[page] = content
            if content:
                offsets, codes = self._coded(content)
                numbers.append(offsets + page * NUMBERS)
                said.append(codes)
        joined = np.concatenate(numbers)
        order = np.argsort(joined)
        self._numbers, self._said = joined[order], np.concatenate(said)[order]

    def codes_of(self, numbers: Numbers) -> Marks:
        """Return the code of what was said of each number."""
        if not len(self._numbers):
            return np.zeros(len(numbers), np.int32)
        at = np.minimum(np.searchsorted(self._numbers, numbers), len(self._numbers) - 1)
        return np.where(self._numbers[at] == numbers, self._said[at], 0).astype(np.int32)

    def page_of(self, number: int) -> bytes | None:
        """Return the page of one number, as `registers.washed` has it."""
        return self._pages.get(number // NUMBERS)

    def _coded(self, content: bytes) -> tuple[Numbers, Marks]:
        if len(content) % _WASH_RESULT.itemsize:
            raise CannotKeep("a page of wash results is damaged; import the wash again")
        results = np.frombuffer(content, _WASH_RESULT)
        offsets, starts = np.unique(results["offset"], return_index=True)
        said = results["said"]
        pieces = np.split(said, starts[1:])
        codes = [self._codes.setdefault(piece.tobytes(), len(self._codes) + 1) for piece in pieces]
        return offsets.astype(np.int64), np.array(codes, np.int32)


def _bitmaps_of(lists: Sequence[bytes]) -> Bytes:
    """Return bitmaps of pages that are sorted big-endian 16-bit offsets; some 12 ns an offset."""
    if any(len(page) % 2 or len(page) > BITMAP_BYTES for page in lists):
        raise _damaged()
    starts = np.repeat(np.arange(len(lists)) * BITMAP_BYTES, [len(page) // 2 for page in lists])
    offsets = np.frombuffer(b"".join(lists), ">u2").astype(np.int64)
    bitmaps = np.zeros(len(lists) * BITMAP_BYTES, np.uint8)
    if len(offsets) and int(offsets.max()) >= NUMBERS:
        raise _damaged()
    # Adding is faster than OR, and the same where no offset stands twice: then no bit is lost.
    np.add.at(bitmaps, starts + (offsets >> 3), (128 >> (offsets & 7)).astype(np.uint8))
    if int(np.bitwise_count(bitmaps).sum(dtype=np.int64)) != len(offsets):
        raise _damaged()
    return bitmaps.reshape(-1, BITMAP_BYTES)


def _damaged() -> CannotKeep:
    return CannotKeep("a register page is damaged; import the register again")
