"""Checks on the national registers: loaded at all, and young enough to clear a number."""

from collections.abc import Iterable, Iterator
from datetime import date

from dialer.checkup.finding import Finding, amber, green, red
from dialer.registers.catalogue import KNOWN
from dialer.registers.snapshot import Register

# A fresh file comes every working day; a week without one is somebody's mistake.
LATE_AFTER_DAYS = 7


def check_registers(registers: Iterable[Register], *, today: date, good_for_days: int) -> Iterator[Finding]:
    """Yield each register's age in civil days; one older than `good_for_days` clears nobody.

    `today` is the day in London. Source of the figure: PECR 2003 reg 21(3), law.md 1.10.
    """
    for register in registers:
        subject, title = f"register-{register.name}", KNOWN[register.name].title
        advice = f"ringfence register import {register.name} FILE --extracted-on DATE"
        if register.live is None:
            yield red(subject, f"the {title} is not loaded: it clears nobody", advice)
            continue
        age = (today - register.live.extracted_on).days
        says = f"extracted {age} day{'' if age == 1 else 's'} ago, {register.live.numbers:,} numbers"
        if age > good_for_days:
            yield red(subject, f"{says}: too old, it clears nobody", advice)
        elif age >= LATE_AFTER_DAYS:
            yield amber(subject, f"{says}: it stops clearing in {good_for_days + 1 - age} days", advice)
        else:
            yield green(subject, says)
