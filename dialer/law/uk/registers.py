"""What the TPS and CTPS say of a line on one day, and how far each copy may be relied on.

The 28 days run backwards from the day of the call and its copy holds no listing dates, so they become a
greatest age of the copy: 27 days (law.md 1.10). Nothing here decides; the rules of reg 21 do.
"""

from dataclasses import dataclass
from enum import StrEnum

from dialer.law.facts import Listing
from dialer.law.matter import Matter


class Copy(StrEnum):
    """How far a register's copy may be relied on."""

    FRESH = "fresh"
    STALE = "stale"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Answered:
    """One register's answer. `age_days` is in whole civil days, None for a copy that cannot be dated."""

    name: str
    listing: Listing | None
    age_days: int | None
    copy: Copy
    is_listed: bool
    is_in_grace: bool


def answers(matter: Matter) -> tuple[Answered, Answered]:
    """Return what TPS and CTPS answer, in this order."""
    registers = matter.case.registers
    return _answer("tps", registers.tps, matter), _answer("ctps", registers.ctps, matter)


def _answer(name: str, listing: Listing | None, matter: Matter) -> Answered:
    if listing is None:
        return Answered(name, None, None, Copy.MISSING, is_listed=False, is_in_grace=False)
    age_days = None
    if listing.extracted_on is not None:
        # A copy from after the day of the call was not there to be screened against: it has no age.
        difference = (matter.asked.day - listing.extracted_on).days
        age_days = difference if difference >= 0 else None
    if age_days is None or listing.listed is None:
        copy = Copy.MISSING
    else:
        copy = Copy.FRESH if age_days <= matter.parameters.register_age_days_max else Copy.STALE
    is_listed = listing.listed is True
    in_grace = is_listed and copy is Copy.FRESH and _is_in_grace(listing, matter)
    return Answered(name, listing, age_days, copy, is_listed=is_listed, is_in_grace=in_grace)


def _is_in_grace(listing: Listing, matter: Matter) -> bool:
    """Say whether it can be shown that the listing is younger than 28 days, where that defence is chosen.

    It counts from the last copy that lacked the number; without one the listing is as old as can be.
    Source: PECR 2003 reg 21(3); law.md 1.10.
    """
    absent = listing.last_absent_on
    if matter.case.policy.tps_grace != "statutory" or absent is None or listing.extracted_on is None:
        return False
    is_consistent = absent <= listing.extracted_on
    return is_consistent and (matter.asked.day - absent).days <= matter.parameters.statutory_grace_days_max
