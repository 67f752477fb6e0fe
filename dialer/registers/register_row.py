"""One number as registers write it, to its E.164 digits as an integer.

A row is taken on its shape alone where the shape is certain, because a register may list what phonenumbers
does not know yet; asking it for seventeen million rows would also take eight minutes. Short rows are asked
about: a national number of nine digits may be real, or the torn end of one of ten.
"""

import re
from typing import Final

from dialer.calls.numbers import UnreadableNumber, read_number

_UK: Final = 44_0000000000
# 10-digit national numbers, behind any prefix or with the leading 0 lost to a spreadsheet. None begins with 4
# or 6 (Ofcom's numbering plan), so `44…` of twelve digits is a country code.
_UK_SHAPE: Final = re.compile(r"(?:(?:\+|00)?44)?0?([1-35789][0-9]{9})")
_SEPARATORS: Final = str.maketrans("", "", " \t\u00a0()-./")
# What would be an extension in a number that somebody typed is another cell of the row in a register.
_OTHER_CELLS: Final = frozenset(",;|#")


class UnreadableRow(ValueError):
    """A row that holds no number; the message is the reason, without the number."""


def number_in(text: str) -> int:
    """Return the number's E.164 digits as an integer, such as 442079460123; raises `UnreadableRow`.

    National numbers are read as British ones: the registers known here are the UK's.
    """
    shape = _UK_SHAPE.fullmatch(text.translate(_SEPARATORS))
    if shape is not None:
        return _UK + int(shape.group(1))
    if not _OTHER_CELLS.isdisjoint(text):
        raise UnreadableRow("more than a number stands in its place")
    try:
        return int(read_number(text, drama_mobiles=True).e164[1:])
    except UnreadableNumber as refusal:
        raise UnreadableRow(refusal.reason) from None
