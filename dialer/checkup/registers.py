"""Checks on the national registers: loaded at all, and young enough to clear a number."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import assert_never

from dialer.checkup.finding import Finding, amber, green, red
from dialer.registers.catalogue import KNOWN
from dialer.registers.snapshot import Register
from dialer.reports.register_age import RegisterAge, Standing, register_age


def check_registers(registers: Iterable[Register], *, today: date, age_days_max: int) -> Iterator[Finding]:
    """Yield each register's age in civil days; one older than `age_days_max` clears nobody.

    `today` is the day in London.
    """
    for register in registers:
        title = KNOWN[register.name].title
        extracted_on = register.live.extracted_on if register.live else None
        yield _finding(
            register_age(register.name, title, extracted_on, today=today, age_days_max=age_days_max)
        )


def _finding(age: RegisterAge) -> Finding:
    subject = f"register-{age.name}"
    advice = f"ringfence register import {age.name} FILE --extracted-on DATE"
    says = f"extracted {age.age_days} day{'' if age.age_days == 1 else 's'} ago"
    match age.standing:
        case Standing.MISSING:
            return red(subject, f"the {age.title} is not loaded: it clears nobody", advice)
        case Standing.TOO_OLD:
            return red(subject, f"{says}: too old, it clears nobody", advice)
        case Standing.AGEING:
            return amber(subject, f"{says}: the last day it clears anybody is {age.good_through}", advice)
        case Standing.FRESH:
            return green(subject, says)
        case _:
            assert_never(age.standing)
