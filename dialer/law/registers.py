"""What the TPS and CTPS say of a line on one day, and how far each copy may be relied on.

The 28 days run backwards from the day of the call and its copy holds no listing dates, so they become a
greatest age of the copy: 27 days (law.md 1.10). Nothing here decides; the rules of reg 21 do.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from dialer.law.facts import Case, Listing
from dialer.law.parameters import Parameters


class Copy(StrEnum):
    """How far a register's copy may be relied on."""

    FRESH = "fresh"
    STALE = "stale"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Answered:
    """One register's answer. `age_days` is in whole civil days, None for a copy that cannot be dated.

    `is_in_grace`: it can be shown that a listing, if there is one, is too young to count (reg 21(3)).
    """

    name: str
    listing: Listing | None
    age_days: int | None
    copy: Copy
    is_listed: bool
    is_in_grace: bool

    @property
    def extracted_on(self) -> date | None:
        """Return the day of the copy, None where there is none or it says none."""
        return self.listing.extracted_on if self.listing is not None else None


def answers(case: Case, day: date, parameters: Parameters) -> tuple[Answered, Answered]:
    """Return what TPS and CTPS answer on the civil day of the request, in this order."""
    grace = case.policy.tps_grace == "statutory"
    tps, ctps = case.registers.tps, case.registers.ctps
    return (
        _answer("tps", tps, day, parameters, grace=grace),
        _answer("ctps", ctps, day, parameters, grace=grace),
    )


def _answer(
    name: str, listing: Listing | None, day: date, parameters: Parameters, *, grace: bool
) -> Answered:
    if listing is None:
        return Answered(name, None, None, Copy.MISSING, is_listed=False, is_in_grace=False)
    age_days = None
    if listing.extracted_on is not None:
        # A copy from after the day of the call was not there to be screened against: it has no age.
        difference = (day - listing.extracted_on).days
        age_days = difference if difference >= 0 else None
    if age_days is None or listing.listed is None:
        copy = Copy.MISSING
    else:
        copy = Copy.FRESH if age_days <= parameters.register_age_days_max else Copy.STALE
    in_grace = grace and copy is Copy.FRESH and _is_in_grace(listing, day, parameters)
    return Answered(name, listing, age_days, copy, is_listed=listing.listed is True, is_in_grace=in_grace)


def _is_in_grace(listing: Listing, day: date, parameters: Parameters) -> bool:
    """Say whether it can be shown that the listing is younger than 28 days, where that defence is chosen.

    It counts from the last copy that lacked the number; without one the listing is as old as can be.
    Source: PECR 2003 reg 21(3); law.md 1.10.
    """
    absent = listing.last_absent_on
    if absent is None or listing.extracted_on is None or absent > listing.extracted_on:
        return False
    return (day - absent).days <= parameters.statutory_grace_days_max
