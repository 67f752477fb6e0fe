"""What is known of UK numbers beyond the library: a fast path through it, short codes and drama numbers.

The fast path is compiled from phonenumbers' own GB patterns when first used. Its None means *ask
phonenumbers*, never *invalid*: it knows only numbers of ten digits that belong to Great Britain itself.
"""

import re
from functools import cache
from typing import Final

NATIONAL_DIGITS: Final = 10

# The library's order of asking, which decides when patterns overlap (`phonenumberutil._number_type_helper`).
_KINDS: Final = (
    "PREMIUM_RATE",
    "TOLL_FREE",
    "SHARED_COST",
    "VOIP",
    "PERSONAL_NUMBER",
    "PAGER",
    "UAN",
    "FIXED_LINE",
    "MOBILE",
)
# Emergency, police, NHS, power cuts, banks, operator and clock, carrier services (1471 …), helplines 116xxx
# and directory enquiries 118xxx; some are unknown to the library (law.md 8.2). Source: Ofcom's plan, A4.
_SHORT: Final = re.compile(
    r"999|112|10[0-9]|11[0-9]|116\d{3}|118\d{3}|123|1[45]\d|1[45]7\d|17070|1800[0-9]|19\d"
)
# Numbers Ofcom keeps for drama that the library calls invalid, as national numbers. Source: Ofcom, "Telephone
# numbers for use in TV and radio drama programmes". Edges are integers, both ends within.
_DRAMA_MOBILES: Final = range(7700900000, 7700901000)
_DRAMA_FIXED: Final = (range(1632960000, 1632961000), range(1154960000, 1154961000))


def kind_of(national: str) -> str | None:
    """Return the name of a ten-digit GB number's kind, or None to ask phonenumbers. About 0.4 µs."""
    found = _fast_path().fullmatch(national)
    return found.lastgroup if found else None


def is_uk_short_code(digits: str) -> bool:
    """Say whether bare digits, as dialled in the UK, reach an emergency or short-code service."""
    return _SHORT.fullmatch(digits) is not None


def drama_kind_of(national: str) -> str | None:
    """Return the kind of a drama number that the library calls invalid, None for any other number."""
    if len(national) != NATIONAL_DIGITS:
        return None
    value = int(national)
    if value in _DRAMA_MOBILES:
        return "MOBILE"
    return "FIXED_LINE" if any(value in numbers for numbers in _DRAMA_FIXED) else None


@cache
def _fast_path() -> re.Pattern[str]:
    from phonenumbers import PhoneMetadata

    metadata = PhoneMetadata.metadata_for_region("GB", None)
    groups = []
    for kind in _KINDS:
        description = getattr(metadata, kind.lower())
        if description is not None and NATIONAL_DIGITS in description.possible_length:
            groups.append(f"(?P<{kind}>{description.national_number_pattern})")
    # Ten digits are looked for first: some patterns of the library also take shorter numbers.
    return re.compile(rf"(?=\d{{{NATIONAL_DIGITS}}}\Z)(?:{'|'.join(groups)})", re.ASCII)
