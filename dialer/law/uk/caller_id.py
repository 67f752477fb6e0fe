"""What stands where a caller or sender is shown: a number, a name, an address, or nothing at all.

Source: law.md 5.2 (Ofcom General Condition C6 and CLI guidance); contract section 5.
"""

from functools import lru_cache
from typing import Final

from dialer.calls.numbers import NumberKind, UnreadableNumber, read_number

WITHHELD: Final = "withheld"
_SHOWABLE: Final = frozenset({NumberKind.FIXED_LINE, NumberKind.MOBILE, NumberKind.TOLL_FREE})
# 055 and 03 are one kind to the numbering library; only 03 is a number people know they can ring.
_UK_WIDE: Final = "+443"


# A campaign's number is asked about at every call; there are as many as campaigns.
@lru_cache(maxsize=4096)
def may_be_shown(caller_id: str, default_region: str, *, drama_mobiles: bool) -> bool:
    """Say whether it is a valid British number that may stand as CLI: not 09, 084, 087, 070, nor foreign."""
    try:
        number = read_number(caller_id, default_region=default_region, drama_mobiles=drama_mobiles)
    except UnreadableNumber:
        return False
    is_showable = number.kind in _SHOWABLE or number.e164.startswith(_UK_WIDE)
    return number.region == "GB" and is_showable


@lru_cache(maxsize=4096)
def is_free_to_call(freephone: str, default_region: str) -> bool:
    """Say whether a number costs the caller nothing, as PECR reg 24(2)(b) asks of a contact number."""
    try:
        return read_number(freephone, default_region=default_region).kind is NumberKind.TOLL_FREE
    except UnreadableNumber:
        return False


def takes_replies(caller_id: str | None) -> bool:
    """Say whether STOP can be sent back to it: to a number, a short code or an address, never to a name."""
    if caller_id is None:
        return False
    is_number = caller_id.removeprefix("+").replace(" ", "").isdigit()
    return is_number or "@" in caller_id
