"""Checks on the national registers: loaded at all, and young enough to clear a number."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import assert_never

from dialer.checkup.finding import Finding, amber, green, red
from dialer.registers.catalogue import KNOWN
from dialer.registers.freshness import Freshness, age_days, freshness_of, good_days
from dialer.registers.snapshot import Register


def check_registers(registers: Iterable[Register], *, today: date) -> Iterator[Finding]:
    """Yield what each register's age in civil days means; `today` is the day in London."""
    for register in registers:
        yield _finding(register.name, register.live.extracted_on if register.live else None, today)


def _finding(name: str, extracted_on: date | None, today: date) -> Finding:
    subject = f"register-{name}"
    advice = f"ringfence register import {name} FILE --extracted-on DATE"
    age = age_days(extracted_on, today) if extracted_on else 0
    says = f"extracted {age} day{'' if age == 1 else 's'} ago"
    match freshness_of(extracted_on, today):
        case Freshness.NEVER_LOADED:
            return red(subject, f"the {KNOWN[name].title} is not loaded: it clears nobody", advice)
        case Freshness.STALE:
            return red(subject, f"{says}: too old, it clears nobody", advice)
        case Freshness.OLD:
            left = good_days(today) + 1 - age
            return amber(subject, f"{says}: it stops clearing in {left} days", advice)
        case Freshness.AGEING:
            return amber(subject, f"{says}: a working day's file was missed", advice)
        case Freshness.FRESH:
            return green(subject, says)
        case other:
            assert_never(other)
