"""Bank holidays of the four nations, on the days observed, and which nations' days a line keeps.

A holiday that falls on a weekend is kept on its substitute day and on that day only (law.md 8.7.20), as the
Banking and Financial Dealings Act 1971 and the proclamations under it have it.
"""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from dialer.law.uk.scottish_codes import is_scottish

_OBSERVED = " (observed)"
_NORTHERN_IRELAND = "+4428"


def is_bank_holiday(day: date, nations: Iterable[str]) -> bool:
    """Say whether any of the nations (ENG, WLS, SCT, NIR) keeps a bank holiday on this day."""
    return any(day in days_observed(nation, day.year) for nation in nations)


@lru_cache(maxsize=512)
def days_observed(nation: str, year: int) -> frozenset[date]:
    """Return the days a nation's bank holidays are observed in one year; slow once, then kept."""
    import holidays

    named = holidays.country_holidays("GB", subdiv=nation, years=year, language="en_GB")
    substituted = set()
    for names in named.values():
        substituted |= {
            name.removesuffix(_OBSERVED) for name in names.split("; ") if name.endswith(_OBSERVED)
        }
    return frozenset(day for day, names in named.items() if not set(names.split("; ")) <= substituted)


# Asked of one number by each rule and wait that looks at a day.
@lru_cache(maxsize=8192)
def nations_of(e164: str) -> tuple[str, ...]:
    """Return the nation a geographic number adds to England and Wales; empty for any other number."""
    if e164.startswith(_NORTHERN_IRELAND):
        return ("NIR",)
    return ("SCT",) if is_scottish(e164) else ()
