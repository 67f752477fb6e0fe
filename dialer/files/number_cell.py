"""A telephone number in a cell of somebody's export, or what stands there instead of one."""

import re
from dataclasses import dataclass
from typing import Final

from dialer.calls.contact_point import read_contact_point
from dialer.calls.numbers import GREAT_BRITAIN, UnreadableNumber
from dialer.errors import Unreadable
from dialer.files.outcome import FaultKind

_WILDCARD: Final = re.compile(r"\+?\d[\d ]*[Xx*?]+", re.ASCII)
_MASKED: Final = re.compile(r"\+?[\d ]*[Xx*•]{2,}[\d ]+", re.ASCII)
_SCIENTIFIC: Final = re.compile(r"\d(?:[.,]\d+)?[eE]\+?\d+", re.ASCII)


@dataclass(frozen=True, slots=True)
class NumberReading:
    """How the numbers of a file are read: the region of national ones, and whether drama mobiles count."""

    default_region: str = GREAT_BRITAIN
    drama_mobiles: bool = False


@dataclass(frozen=True, slots=True)
class NotRead:
    """Why a cell was not read."""

    kind: FaultKind
    reason: str


def contact_point_in(cell: str, reading: NumberReading, *, country_code: str = "") -> str | NotRead:
    """Return the contact point in a cell, its country code perhaps in another one.

    A wildcard, a masked number and one a spreadsheet rounded are told apart, since each has another remedy.
    """
    text = cell.strip()
    if _SCIENTIFIC.fullmatch(text):
        return NotRead(FaultKind.SCIENTIFIC, "a spreadsheet rounded it; export the column as text")
    if _WILDCARD.fullmatch(text):
        return NotRead(FaultKind.WILDCARD, "a wildcard for many numbers; list them one by one")
    if _MASKED.fullmatch(text):
        return NotRead(FaultKind.MASKED, "masked; export as a user who may see whole numbers")
    try:
        return read_contact_point(
            with_country(text, country_code),
            default_region=reading.default_region,
            drama_mobiles=reading.drama_mobiles,
        )
    except UnreadableNumber as refusal:
        return NotRead(FaultKind.NUMBER, refusal.reason)
    except Unreadable as refusal:
        return NotRead(FaultKind.NUMBER, refusal.message)


def with_country(text: str, country_code: str) -> str:
    """Return the number with its country code in front, unless it brings its own."""
    code = country_code.strip().lstrip("+")
    if not code.isdecimal() or not text or text.startswith(("+", "00")):
        return text
    if text.startswith(code) and len(text) > len(code) + 9:
        return f"+{text}"
    return f"+{code}{text.removeprefix('0')}"
