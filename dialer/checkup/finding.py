"""One answer of a check-up: what was looked at, how it stands, what to do."""

from dataclasses import dataclass
from enum import StrEnum


class Standing(StrEnum):
    """How a thing stands. A reminder is what no program can see from here, so it is never red or green."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"
    REMINDER = "reminder"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """`subject` is stable for scripts; `advice` is empty when nothing need be done."""

    subject: str
    standing: Standing
    says: str
    advice: str = ""


def green(subject: str, says: str) -> Finding:
    """Return the answer of a check that found all well."""
    return Finding(subject=subject, standing=Standing.GREEN, says=says)


def amber(subject: str, says: str, advice: str) -> Finding:
    """Return an answer to look into soon; calls go on."""
    return Finding(subject=subject, standing=Standing.AMBER, says=says, advice=advice)


def red(subject: str, says: str, advice: str) -> Finding:
    """Return an answer that stops calls, or would let records be lost."""
    return Finding(subject=subject, standing=Standing.RED, says=says, advice=advice)


def reminder(subject: str, says: str, advice: str) -> Finding:
    """Return something a person has to look at."""
    return Finding(subject=subject, standing=Standing.REMINDER, says=says, advice=advice)
