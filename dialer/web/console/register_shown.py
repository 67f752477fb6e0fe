"""How old each national register is, in the words a supervisor acts on."""

from dataclasses import dataclass
from datetime import date
from typing import assert_never

from dialer.registers.catalogue import KNOWN
from dialer.registers.freshness import Freshness, age_days, freshness_of, good_through
from dialer.registers.snapshot import Register


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterShown:
    """One register on the page; days are whole ones in London. None throughout for one never loaded."""

    name: str
    title: str
    freshness: Freshness
    extracted_on: date | None = None
    age_days: int | None = None
    good_through: date | None = None
    days_left: int = 0

    @property
    def words(self) -> str:
        """Return what its age means for today's calls, and what to do."""
        match self.freshness:
            case Freshness.NEVER_LOADED:
                return "Never loaded. Calls that need it are put off until it is."
            case Freshness.STALE:
                return "Too old to rely on. Calls that need it are put off: load a newer file now."
            case Freshness.OLD:
                return f"Getting old: {_good_for(self.days_left)}. Load a newer file."
            case Freshness.AGEING:
                return f"A working day's file was missed. Good for now: {_good_for(self.days_left)}."
            case Freshness.FRESH:
                return "Fresh."
        assert_never(self.freshness)


def register_shown(register: Register, *, today: date) -> RegisterShown:
    """Return a register as the page shows it."""
    title, live = KNOWN[register.name].title, register.live
    freshness = freshness_of(live.extracted_on if live is not None else None, today)
    if live is None:
        return RegisterShown(name=register.name, title=title, freshness=freshness)
    last_day = good_through(live.extracted_on, today)
    return RegisterShown(
        name=register.name,
        title=title,
        freshness=freshness,
        extracted_on=live.extracted_on,
        age_days=age_days(live.extracted_on, today),
        good_through=last_day,
        days_left=(last_day - today).days,
    )


def _good_for(days_left: int) -> str:
    if days_left == 0:
        return "today is the last day it counts"
    return "it counts for 1 more day" if days_left == 1 else f"it counts for {days_left} more days"
