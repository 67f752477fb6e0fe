"""What a register file says, gathered by page in bounded memory: at most a bitmap for each page met."""

from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from dialer.errors import Refused
from dialer.registers.page import BITMAP_BYTES, FEWEST_IN_BITMAP, NUMBERS, count, members, pack

# A page's offsets are kept as 16-bit numbers until they take more room than the bitmap would.
_LONGEST_LIST: Final = FEWEST_IN_BITMAP
# All of +44 has a million pages and uses about a fifth; a file that meets more is no register.
MOST_PAGES: Final = 400_000


class Collected:
    """The set of numbers a file lists. Numbers are E.164 digits as integers."""

    def __init__(self) -> None:
        self._lists: defaultdict[int, array[int]] = defaultdict(lambda: array("H"))
        self._bitmaps: dict[int, bytearray] = {}

    def add_all(self, numbers: list[int]) -> None:
        """Take numbers in any order, repeats included; sorts the list. About 0.1 µs each."""
        numbers.sort()
        start = 0
        while start < len(numbers):
            page = numbers[start] // NUMBERS
            first = page * NUMBERS
            end = bisect_left(numbers, first + NUMBERS, start)
            self._lists[page].extend([number - first for number in numbers[start:end]])
            if len(self._lists[page]) >= _LONGEST_LIST:
                self._fold(page)
            start = end
        if len(self._lists) + len(self._bitmaps) > MOST_PAGES:
            raise Refused(f"the file meets more than {MOST_PAGES:,} pages of numbers: it is no register")

    def pages(self) -> list[int]:
        """Return the pages met, ascending."""
        return sorted(self._lists.keys() | self._bitmaps.keys())

    def packed(self, page: int) -> bytes:
        """Return one page as the store keeps it; each number counts once."""
        bitmap = self._bitmaps.get(page)
        if bitmap is None:
            return pack(self._lists[page]) if page in self._lists else b""
        if page in self._lists:
            self._fold(page)
        # Repeats may have filled the list; what is left can be few enough for the shorter form.
        packed = bytes(bitmap)
        return packed if count(packed) >= FEWEST_IN_BITMAP else pack(members(packed))

    def count(self) -> int:
        """Return how many different numbers were taken."""
        return sum(count(self.packed(page)) for page in self.pages())

    def __iter__(self) -> Iterator[tuple[int, bytes]]:
        """Yield each page with its packed content, ascending."""
        return ((page, self.packed(page)) for page in self.pages())

    def _fold(self, page: int) -> None:
        bitmap = self._bitmaps.setdefault(page, bytearray(BITMAP_BYTES))
        for offset in self._lists.pop(page):
            bitmap[offset >> 3] |= 128 >> (offset & 7)
