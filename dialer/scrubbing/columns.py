"""Which columns of a list hold numbers: those that are named, else those whose titles or cells say so."""

import re
from collections.abc import Sequence
from typing import Final

from dialer.errors import Refused, Unreadable
from dialer.files.number_cell import NotRead, NumberReading, contact_point_in
from dialer.files.table import plain_title
from dialer.scrubbing.list_file import OpenedList

# What a person would call a column of numbers; not what only sounds like it (phone_code, phone_type).
_TITLE: Final = re.compile(
    r"(?:.*(?:phone|telephone|mobile|landline|msisdn|cellphone)|tel|cell|dnc(?:home|cell|work)|number"
    r"|(?:contact|tel|to|dial)(?:number|no)|to|contactpoint)(?:number|no|num)?\d{0,2}"
)
_ADDRESS_TITLE: Final = re.compile(r"(?:.*email(?:address)?|contactpoint|to)\d{0,2}")
_COUNTRY_TITLES: Final = frozenset({"phonecode", "countrycode", "diallingcode", "dialingcode"})
# A column is one of numbers if this share of its filled cells are, in the rows looked at.
_ENOUGH: Final = 0.8
_ENOUGH_TITLED: Final = 0.5


def columns_of(opened: OpenedList, named: Sequence[str], reading: NumberReading) -> tuple[int, ...]:
    """Return the places of the columns of numbers, from 0; `named` are titles, or numbers from 1.

    Raises Unreadable for a name the list has not, Refused where none is named and none can be told.
    """
    if named:
        return tuple(dict.fromkeys(_place_of(name, opened) for name in named))
    return _told(opened, reading, _TITLE, "a telephone number")


def columns_of_addresses(opened: OpenedList, named: Sequence[str]) -> tuple[int, ...]:
    """Return the places of the columns of email addresses; as `columns_of`."""
    if named:
        return tuple(dict.fromkeys(_place_of(name, opened) for name in named))
    return _told(opened, NumberReading(), _ADDRESS_TITLE, "an email address")


def country_column(opened: OpenedList) -> int | None:
    """Return the column that holds the country code of the numbers beside it, None for most lists."""
    folded = [plain_title(title) for title in opened.titles]
    return next((place for place, title in enumerate(folded) if title in _COUNTRY_TITLES), None)


def name_of(opened: OpenedList, column: int) -> str:
    """Return what a column is called: its title, else its number from 1."""
    title = opened.titles[column] if column < len(opened.titles) else ""
    return title or str(column + 1)


def _place_of(name: str, opened: OpenedList) -> int:
    folded = [plain_title(title) for title in opened.titles]
    if plain_title(name) in folded and plain_title(name):
        return folded.index(plain_title(name))
    width = max((len(row) for row in opened.sample), default=len(folded))
    if name.isdecimal() and 1 <= int(name) <= max(width, len(folded)):
        return int(name) - 1
    there = ", ".join(opened.titles) or f"no titles; name one by its number, 1 to {width}"
    raise Unreadable(f"there is no column ‘{name}’ in {opened.file.name}; it has {there}")


def _told(opened: OpenedList, reading: NumberReading, like: re.Pattern[str], what: str) -> tuple[int, ...]:
    width = max((len(row) for row in opened.sample), default=len(opened.titles))
    shares = [_share(opened, column, reading) for column in range(max(width, len(opened.titles)))]
    titled = [n for n, title in enumerate(opened.titles) if like.fullmatch(plain_title(title))]
    found = [n for n in titled if _is_at_least(shares[n], _ENOUGH_TITLED, if_empty=True)]
    # A titled column that is empty in all rows looked at counts only beside one that is not.
    if any(shares[n] is not None for n in found):
        return tuple(found)
    by_content = tuple(n for n, share in enumerate(shares) if _is_at_least(share, _ENOUGH))
    if by_content or titled:
        return by_content or tuple(titled)
    raise Refused(f"no column of {opened.file.name} holds {what} in most rows; name it with --column")


def _is_at_least(share: float | None, enough: float, *, if_empty: bool = False) -> bool:
    return if_empty if share is None else share >= enough


def _share(opened: OpenedList, column: int, reading: NumberReading) -> float | None:
    """Return which share of a column's filled cells can be read, None where none is filled."""
    cells = [row[column] for row in opened.sample if column < len(row) and row[column]]
    if not cells:
        return None
    read = sum(not isinstance(contact_point_in(cell, reading), NotRead) for cell in cells)
    return read / len(cells)
