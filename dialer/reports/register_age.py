"""How old each national register is, in the words a supervisor acts on."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

# A week's warning: licensed files come monthly, so it is time enough to ask for the next.
WARNING_DAYS: Final = 7


class Standing(StrEnum):
    """What a register's age means for today's calls."""

    FRESH = "fresh"
    AGEING = "ageing"
    TOO_OLD = "too_old"
    MISSING = "missing"


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterAge:
    """One register's age in whole civil days; all None for one never loaded. `days_left` counts today out."""

    name: str
    title: str
    standing: Standing
    extracted_on: date | None = None
    age_days: int | None = None
    days_left: int | None = None
    good_through: date | None = None


def register_age(
    name: str, title: str, extracted_on: date | None, *, today: date, age_days_max: int
) -> RegisterAge:
    """Return the age of a register that may be relied on up to and including `age_days_max`.

    The limit is the rule pack's `register_age_days_max`. Source: PECR reg 21(3); law.md 1.10.
    """
    if extracted_on is None:
        return RegisterAge(name=name, title=title, standing=Standing.MISSING)
    good_through = extracted_on + timedelta(days=age_days_max)
    days_left = (good_through - today).days
    return RegisterAge(
        name=name,
        title=title,
        standing=_standing(days_left),
        extracted_on=extracted_on,
        age_days=(today - extracted_on).days,
        days_left=days_left,
        good_through=good_through,
    )


def _standing(days_left: int) -> Standing:
    if days_left < 0:
        return Standing.TOO_OLD
    return Standing.AGEING if days_left < WARNING_DAYS else Standing.FRESH
