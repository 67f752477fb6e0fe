"""What registers and washes say of numbers, many at a time: one number for all of whom the same is said."""

from collections.abc import Mapping

import numpy as np

from dialer.law.facts import Listing
from dialer.registers.live import LiveRegister, listing_of
from dialer.registers.newest import newest_of, washed_in
from dialer.registers.page import NUMBERS
from dialer.scrubbing.arrays import Distinct, Marks, Numbers, distinct
from dialer.scrubbing.facts import Readings
from dialer.scrubbing.pages import Bitmapped, ReadPages, Washed


class Said:
    """Looks numbers up in every register in force, and in the washes, on one basis."""

    def __init__(self, readings: Readings) -> None:
        self._readings = readings
        self._registers = readings.basis.registers
        self._bitmaps = [
            Bitmapped(readings.held_pages(each), _reader(readings, each)) for each in self._registers
        ]
        self._washed = Washed(readings.wash_pages)
        self._additions: dict[tuple[str, int], Mapping[int, int]] = {}
        self._numbers: dict[tuple[int, ...], int] = {}
        self._listings: list[dict[str, Listing]] = []
        self._unlisted = {
            each.name: listing_of(each, page=None, addition=None, offset=0) for each in self._registers
        }

    def read_share(self, share: int, of: int) -> None:
        """Read one of several equal shares of the registers, ahead; see `Bitmapped`."""
        for bitmaps in self._bitmaps:
            bitmaps.read_share(share, of)

    def all_is_read(self) -> None:
        """Believe that the registers are read: every share of them is."""
        for bitmaps in self._bitmaps:
            bitmaps.all_are_read()

    def of(self, numbers: Numbers) -> Marks:
        """Return what is said of each number, as a number for `listings`."""
        pages = distinct(numbers // NUMBERS)
        if self._readings.basis.washes is not None:
            self._washed.take_in(pages.values)
        washed = self._washed.codes_of(numbers).astype(np.int64)
        answers = [*self._listed(numbers, pages), washed]
        keys = np.zeros(len(numbers), np.int64)
        for answer in answers:
            keys = keys * (int(answer.max(initial=0)) + 1) + answer
        alike = distinct(keys)
        known = [
            self._number_of(tuple(int(answer[n]) for answer in answers), int(numbers[n]))
            for n in alike.first.tolist()
        ]
        return np.array(known, np.int32)[alike.where]

    def listings(self, said: int) -> Mapping[str, Listing]:
        """Return each register's answer, as a screening has it."""
        return self._listings[said]

    def unlisted(self) -> Mapping[str, Listing]:
        """Return what registers say of what none of them can hold: that it is not listed."""
        return self._unlisted

    def _number_of(self, answers: tuple[int, ...], number: int) -> int:
        known = self._numbers.get(answers)
        if known is None:
            known = self._numbers[answers] = len(self._listings)
            self._listings.append(self._listings_of(number))
        return known

    def _listings_of(self, number: int) -> dict[str, Listing]:
        page, offset = divmod(number, NUMBERS)
        needs_dates = self._readings.basis.needs_dates
        listings = {
            register.name: listing_of(
                register,
                page=bitmaps.page(page),
                addition=self._added(register, page).get(offset) if needs_dates else None,
                offset=offset,
            )
            for register, bitmaps in zip(self._registers, self._bitmaps, strict=True)
        }
        washed = washed_in(self._readings.basis.washes, self._washed.page_of(number), offset)
        return newest_of(listings, washed) if washed else listings

    def _listed(self, numbers: Numbers, pages: Distinct) -> list[Numbers]:
        """Return, a register at a time, 0 for not listed, 1 for listed, more where it is dated."""
        found = []
        for register, bitmaps in zip(self._registers, self._bitmaps, strict=True):
            answers = bitmaps.lists(numbers, pages).astype(np.int64)
            if self._readings.basis.needs_dates:
                for n in np.flatnonzero(answers).tolist():
                    page, offset = divmod(int(numbers[n]), NUMBERS)
                    answers[n] += self._added(register, page).get(offset, 0)
            found.append(answers)
        return found

    def _added(self, register: LiveRegister, page: int) -> Mapping[int, int]:
        known = self._additions.get((register.name, page))
        if known is None:
            (known,) = self._readings.additions(register, [page])
            self._additions[register.name, page] = known
        return known


def _reader(readings: Readings, register: LiveRegister) -> ReadPages:
    return lambda pages: readings.pages(register, pages)
