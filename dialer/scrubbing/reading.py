"""One column of a block of rows read as numbers: the plain ones all at once, the others one by one.

Read with `read_number`, as a screening reads what it is asked for; plain cells come to the same either way.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType
from typing import Final

import numpy as np

from dialer.calls.contact_point import is_email_address, read_contact_point
from dialer.calls.numbers import (
    GREAT_BRITAIN,
    Number,
    NumberKind,
    NumberProblem,
    UnreadableNumber,
    read_number,
)
from dialer.calls.uk_numbers import kind_of, kind_of_page
from dialer.errors import Unreadable
from dialer.files.number_cell import NotRead, NumberReading, contact_point_in, with_country
from dialer.law.uk.bank_holidays import nations_of
from dialer.registers.page import NUMBERS
from dialer.scrubbing.arrays import Marks, Numbers
from dialer.scrubbing.plain_numbers import NOT_PLAIN, national_numbers
from dialer.scrubbing.rows import Cells, Rows, cells_of
from dialer.scrubbing.traits import AllTraits, Traits, traits_of

UNREAD: Final = -1
NOTHING_WRONG: Final[Mapping[int, str]] = MappingProxyType({})
_COUNTRY: Final = 44
_UK: Final = _COUNTRY * 10**10
# A page is the first six of the ten national digits.
_PAGES: Final = 10**6
_FEWEST_DIGITS: Final = 2
# An area code is at most four of a page's six digits (`law.uk.scottish_codes`).
_PAGES_AN_AREA: Final = 100
_NOT_ASKED, _NOT_KNOWN = -2, -1
_KINDS: Final = {kind.name: kind for kind in NumberKind}


@dataclass(frozen=True, slots=True)
class Misread:
    """A cell that is no number: as it stands, why, and what of it the judge is told."""

    text: str
    why: str
    problem: NumberProblem | None = None


@dataclass(frozen=True, slots=True)
class ReadColumn:
    """A column's numbers, E.164 without plus, UNREAD where there is none, and the traits of each.

    `misread` and `addresses` are by row; a row that is in neither and UNREAD is blank.
    """

    numbers: Numbers
    traits: Marks
    misread: dict[int, Misread] = field(default_factory=dict)
    addresses: dict[int, str] = field(default_factory=dict)


class ColumnReader:
    """Reads columns of one file; `reading` says in which region national numbers are at home.

    A row that ends before its only column of numbers is told so; one of several may well be left out.
    """

    def __init__(self, reading: NumberReading, *, addresses: bool, is_only_column: bool) -> None:
        self._reading = reading
        self._is_only_column = is_only_column
        self._traits = AllTraits()
        self._takes_addresses = addresses
        self._slowly = lru_cache(maxsize=1 << 16)(self._read_slowly)
        self._of_area: dict[tuple[str, int], int] = {}
        self._of_page = np.full(_PAGES, _NOT_ASKED, np.int32)
        self._of_page[NOT_PLAIN] = _NOT_KNOWN

    def read(
        self, rows: Rows, column: int, *, country: int | None = None, wrong: Mapping[int, str] = NOTHING_WRONG
    ) -> ReadColumn:
        """Return one column; `country` is the column of each number's country code, if there is one.

        `wrong` says why whole rows cannot be read.
        """
        cells = cells_of(rows, column)
        national = self._national(rows, cells, country)
        traits = self._traits_of(national)
        is_plain = traits >= 0
        found = ReadColumn(np.where(is_plain, national + _UK, UNREAD), np.where(is_plain, traits, 0))
        blank = (cells.starts >= cells.ends) & ~(rows.torn | rows.odd | cells.absent)
        for row in np.flatnonzero(~is_plain & ~blank).tolist():
            if row not in wrong:
                self._read_row(found, rows, row, column, country)
        for row, why in wrong.items():
            found.numbers[row], found.misread[row] = UNREAD, Misread("", why)
        return found

    def _national(self, rows: Rows, cells: Cells, country: int | None) -> Numbers:
        if self._reading.default_region != GREAT_BRITAIN or self._takes_addresses:
            return np.zeros(len(rows), np.int64)
        national = national_numbers(rows.data, cells)
        national[rows.torn | rows.odd] = NOT_PLAIN
        if country is not None:
            codes = cells_of(rows, country)
            lengths = codes.ends - codes.starts
            at = np.minimum(codes.starts, len(rows.data) - 2)
            is_ours = (lengths == 2) & (rows.data[at] == ord("4")) & (rows.data[at + 1] == ord("4"))
            national[~(is_ours | (lengths == 0))] = NOT_PLAIN
        return national

    def _traits_of(self, national: Numbers) -> Marks:
        """Return the traits of plain numbers, _NOT_KNOWN for what only the careful reader knows."""
        pages = national // NUMBERS
        new = np.unique(pages[self._of_page[pages] == _NOT_ASKED])
        self._of_page[new] = [self._of_kind(_kind_of_page(str(page)), page) for page in new.tolist()]
        found: Marks = self._of_page[pages]
        # A page that is not all of one kind: each number is asked for itself.
        for row in np.flatnonzero((found == _NOT_KNOWN) & (national != NOT_PLAIN)).tolist():
            number = int(national[row])
            found[row] = self._of_kind(kind_of(str(number)), number // NUMBERS)
        return found

    def _of_kind(self, kind: str | None, page: int) -> int:
        """Return the traits of numbers of a kind on a page; an area code tells their nation."""
        if kind is None:
            return _NOT_KNOWN
        known = self._of_area.get((kind, page // _PAGES_AN_AREA))
        if known is None:
            nations = nations_of(f"+{_COUNTRY}{page}0000")
            known = self._traits.number_of(Traits(_KINDS[kind], _COUNTRY, GREAT_BRITAIN, nations))
            self._of_area[kind, page // _PAGES_AN_AREA] = known
        return known

    def _read_row(self, found: ReadColumn, rows: Rows, row: int, column: int, country: int | None) -> None:
        text = rows.text(row, column)
        if text is None:
            if not self._is_only_column:
                return
            found.misread[row] = Misread("", f"the row ends before column {column + 1}")
            return
        read = self._slowly(text, (rows.text(row, country) or "") if country is not None else "")
        if isinstance(read, Misread):
            found.misread[row] = read
        elif isinstance(read, str):
            found.addresses[row] = read
        elif read is not None:
            found.numbers[row], found.traits[row] = (
                int(read.e164[1:]),
                self._traits.number_of(traits_of(read)),
            )

    def _read_slowly(self, text: str, country_code: str) -> Number | str | Misread | None:
        """Return the number or address in a cell, why there is none, or None for a blank one."""
        if not text:
            return None
        if self._takes_addresses:
            return _address(text)
        try:
            return read_number(
                with_country(text, country_code),
                default_region=self._reading.default_region,
                drama_mobiles=self._reading.drama_mobiles,
            )
        except UnreadableNumber as refusal:
            # A masked or rounded number is told apart from other bad ones: each has another remedy.
            told = contact_point_in(text, self._reading, country_code=country_code)
            why = told.reason if isinstance(told, NotRead) else refusal.reason
            return Misread(text, why, refusal.problem)


# Most pages are of a kind that fewer of their digits tell.
_kind_of_prefix: Final = lru_cache(maxsize=1 << 16)(kind_of_page)


def _kind_of_page(page: str) -> str | None:
    """Return the kind of all numbers on a page; a kind that all numbers of a prefix have, its pages have."""
    for digits in range(_FEWEST_DIGITS, len(page) + 1):
        kind = _kind_of_prefix(page[:digits])
        if kind is not None:
            return kind
    return None


def _address(text: str) -> str | Misread:
    try:
        if is_email_address(text):
            return read_contact_point(text)
    except Unreadable as refusal:
        return Misread(text, refusal.message)
    return Misread(text, "it is no email address")
