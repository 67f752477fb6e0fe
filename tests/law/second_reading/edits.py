"""Changes to one fact that a case already holds: a key set, a date moved, a thing taken away."""

from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random
from typing import Any

from tests.law.second_reading.asked import Record
from tests.law.second_reading.lawful import ADDRESS, stamp

Change = Callable[[Record, Random], None]
SECOND, HOUR, DAY = timedelta(seconds=1), timedelta(hours=1), timedelta(days=1)
NUMBERS = (
    "999", "112", "101", "111", "118118", "61016", "09012345678", "08431234567", "07012345678",
    "07600123456", "05600123456", "05512345678", "03069990123", "08081570123", "07797712345",
    "07624123456", "01534123456", "01481234567", "07911123456", "+33123456789", "+12125550123",
    "+353861234567", "020 7946 0123", "0131 496 0123", "028 9649 6123", "0141 496 0001", "07400123456",
    "hello", "12", "0207946012", "+44 20 7946 0123 ext 5", "029 2018 0123", "07700900123", ADDRESS,
)  # fmt: skip
CALLERS = (
    "withheld", "SHOPCO", "09012345678", "+442079460100", "03069990100", "08081570100", "07400123456",
    "07700900123", "07797712345", "+33123456789", "info@example.com", "999", "05600123456", None,
    "02079460100",
)  # fmt: skip


def at_of(case: Record) -> datetime:
    """Return the case's instant."""
    return datetime.fromisoformat(case["at"])


def around(random: Random, *spans: timedelta) -> timedelta:
    """Return one of the spans, exact or a second to either side."""
    return random.choice(spans) + random.choice((-SECOND, timedelta(), SECOND))


def put(place: str, name: str, *values: Any) -> Change:
    """Return a change that sets one key of one part to one of the values."""

    def change(case: Record, random: Random) -> None:
        part: Any = case
        for step in place.split("."):
            part = part[int(step) if step.isdigit() else step]
            if part is None:
                return
        part[name] = random.choice(values)

    return change


def put_each(kind: str, name: str, *values: Any) -> Change:
    """Return a change that sets one key of a record of a kind, if there is one."""

    def change(case: Record, random: Random) -> None:
        if case[kind]:
            random.choice(case[kind])[name] = random.choice(values)

    return change


def moved(kind: str, name: str, *spans: timedelta) -> Change:
    """Return a change that dates a record's key before the case's instant, to the second."""

    def change(case: Record, random: Random) -> None:
        if case[kind]:
            held = random.choice(case[kind])
            held[name] = stamp(at_of(case) - around(random, *spans))

    return change
