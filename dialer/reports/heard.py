"""What a machine heard: each no it put in force or held by itself, so that a wrong guess is easy to see.

Only what was spoken is listed. A text, a key or a form is the person's own: no machine guessed at it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from dialer.law.records import Scope
from dialer.objections.proof import SpokenProof

SPOKEN: Final = "speech"
HEARD_KINDS: Final = frozenset({"objection", "hold"})


class Judged(StrEnum):
    """What the machine did with what it heard."""

    IN_FORCE = "in_force"
    POSSIBLE = "possible"


class Standing(StrEnum):
    """Where it stands now; `questioned`: somebody says it was never said; a second person must agree."""

    IN_FORCE = "in_force"
    WAITING = "waiting"
    RELEASED = "released"
    QUESTIONED = "questioned"
    CORRECTED = "corrected"


@dataclass(frozen=True, slots=True, kw_only=True)
class HeardWanted:
    """Which of them; None is no filter, "" those where none was named."""

    judged: Judged | None = None
    campaign: str | None = None
    agent: str | None = None

    def fits(self, kind: str, fields: Mapping[str, Any]) -> bool:
        """Say whether a line of the ledger is one that a machine heard, and is wanted."""
        named = ((self.campaign, fields.get("campaign")), (self.agent, fields.get("agent")))
        return (
            is_heard(kind, fields)
            and self.judged in {None, judged_as(kind)}
            and all(wanted in {None, told or ""} for wanted, told in named)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class HeardNo:
    """One no that a machine heard; number and words are whole, whoever shows them hides what it must.

    `words` is None for an offer turned down a second time, of which none are kept; `span` are those of their
    characters that the judgement rests on, end exclusive. `review` is where a
    possible one waits or waited, `correction` the review that waits to end an objection,
    `comes_into_force_at` when a possible one counts by itself.
    """

    at: datetime
    judged: Judged
    standing: Standing
    contact_point: str
    principal: str | None
    campaign: str | None
    agent: str | None
    decision: str | None
    call_ref: str | None
    words: str | None
    span: tuple[int, int] | None
    scope: Scope | None
    proof: SpokenProof | None
    objection: str | None
    review: str | None
    correction: str | None
    comes_into_force_at: datetime | None


@dataclass(frozen=True, slots=True)
class HeardPage:
    """Some of them, newest first; `next` goes on after the last line looked at, None at the end.

    A page may be short, even empty, and have a next: a search looks at so many lines and no more.
    """

    items: tuple[HeardNo, ...]
    next: str | None


def is_heard(kind: str, fields: Mapping[str, Any]) -> bool:
    """Say whether a line of the ledger is a no that a machine put in force, or held for a person, by itself.

    What a person confirms takes effect from when it was said, before it is recorded: that is theirs.
    """
    if kind not in HEARD_KINDS or fields.get("source") != SPOKEN:
        return False
    if kind == "hold":
        return fields.get("review") is not None
    return bool(fields.get("effective_at") == fields.get("recorded_at"))


def judged_as(kind: str) -> Judged:
    """Return what the machine did, by the kind of its line in the ledger."""
    return Judged.POSSIBLE if kind == "hold" else Judged.IN_FORCE
