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


_ANY, _EACH, _DIGIT = "A", "E", r"\d"
# What in a pattern stands for one digit, and what only looks as if it did: how often.
_PROVABLE: Final = re.compile(r"(?:\\d|\[[0-9-]+\]|\{[0-9,]+\}|\(\?:|[0-9|?)])+")
_NOTHING: Final = r"(?!)"
_ATOM: Final = re.compile(r"\\d|\[[^\]]*\]|\{[^}]*\}|\d")


def kind_of(national: str) -> str | None:
    """Return the name of a ten-digit GB number's kind, or None to ask phonenumbers. About 0.4 µs."""
    found = _fast_path().fullmatch(national)
    return found.lastgroup if found else None


def kind_of_page(page: str) -> str | None:
    """Return the kind that all ten thousand GB numbers beginning with these six digits have.

    None: they differ, or are of no kind the fast path knows; then each is to be asked. About 2 µs.
    """
    possible, certain = _page_paths()
    found = possible.fullmatch(page + _ANY * (NATIONAL_DIGITS - len(page)))
    if found is None:
        return None
    # No number here is of an earlier kind; if all are of this one, each of them is.
    sure = certain.fullmatch(page + _EACH * (NATIONAL_DIGITS - len(page)))
    return sure.lastgroup if sure is not None and sure.lastgroup == found.lastgroup else None


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
    groups = [f"(?P<{kind}>{pattern})" for kind, pattern in _patterns()]
    # Ten digits are looked for first: some patterns of the library also take shorter numbers.
    return re.compile(rf"(?=\d{{{NATIONAL_DIGITS}}}\Z)(?:{'|'.join(groups)})", re.ASCII)


@cache
def _page_paths() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return the patterns made to take a letter: one that may be any digit, and one that must be each.

    `possible` takes _ANY wherever it takes some digit, so it takes a page if some number on it fits;
    `certain` takes _EACH only where it takes all digits, so it takes a page only if every number on it fits.
    A pattern written in other ways than these would prove nothing; then neither takes any page.
    """
    possible, certain = [], []
    if not all(_PROVABLE.fullmatch(pattern) for _, pattern in _patterns()):
        return re.compile(_NOTHING), re.compile(_NOTHING)
    for kind, pattern in _patterns():
        possible.append(f"(?P<{kind}>{_ATOM.sub(_or_any, pattern)})")
        certain.append(f"(?P<{kind}>{pattern.replace(_DIGIT, f'[{_DIGIT}{_EACH}]')})")
    return re.compile("|".join(possible), re.ASCII), re.compile("|".join(certain), re.ASCII)


def _or_any(atom: re.Match[str]) -> str:
    """Return what stands for one digit so that it takes _ANY too; a repetition as it is."""
    text = atom.group()
    return text if text.startswith("{") else f"[{text.strip('[]')}{_ANY}]"


def _patterns() -> list[tuple[str, str]]:
    """Return the library's pattern of each kind that ten digits can be of, in its order of asking."""
    from phonenumbers import PhoneMetadata

    metadata = PhoneMetadata.metadata_for_region("GB", None)
    described = [(kind, getattr(metadata, kind.lower())) for kind in _KINDS]
    return [
        (kind, description.national_number_pattern)
        for kind, description in described
        if description is not None and NATIONAL_DIGITS in description.possible_length
    ]
