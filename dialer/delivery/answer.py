"""What a destination said, in our words: whether it took a notice, and whether it holds the entry."""

import re
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Final

from dialer.calls.numbers import masked

EXCERPT_CHARACTERS: Final = 200
# Anything that could be a telephone number, however it is grouped.
_NUMBER_LIKE: Final = re.compile(r"\+?\d(?:[\s().\-/]{0,2}\d){6,}")
_ADDRESS_LIKE: Final = re.compile(r"[^\s\"'<>,;:]+@[\w.\-]+")


class Outcome(StrEnum):
    """What became of one attempt to tell."""

    RECEIVED = "received"
    GONE = "gone"
    """It will never take this, and says so."""
    RETRY = "retry"
    """Not this time; other notices may fare better."""
    UNWELL = "unwell"
    """Nothing gets through now: the destination is left alone for a while."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One attempt to tell. `retry_after` is the destination's own wish; `answer` is already masked."""

    outcome: Outcome
    reason: str
    status: int | None = None
    answer: str | None = None
    took: timedelta = timedelta(0)
    retry_after: timedelta | None = None


class Holding(StrEnum):
    """Whether a destination says that it holds an entry."""

    HOLDS = "holds"
    MISSING = "missing"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One question to a destination and its answer."""

    holding: Holding
    reason: str
    status: int | None = None
    took: timedelta = timedelta(0)


def excerpt(body: bytes) -> str | None:
    """Return the beginning of an answer on one line, numbers and addresses masked; None if it is empty."""
    # Masked before it is cut: half a number at the edge would no longer look like one.
    text = " ".join(body[: 4 * EXCERPT_CHARACTERS].decode("utf-8", "replace").split())
    for pattern in (_ADDRESS_LIKE, _NUMBER_LIKE):
        text = pattern.sub(lambda found: masked(found.group()), text)
    printable = "".join(character if character.isprintable() else "?" for character in text)
    return printable[:EXCERPT_CHARACTERS] or None
