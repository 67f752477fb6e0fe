"""A no that was misheard, mispressed or for another line: what its correction is, and which may have one.

What the callee typed, texted, keyed or wrote cannot be misheard, so it is not open to correction: only a
word of the callee's own lifts it.
"""

from dataclasses import dataclass
from typing import Any, ClassVar, Final, Literal

from pydantic import AwareDatetime

from dialer.calls.shape import STRICT
from dialer.errors import Conflict
from dialer.law.records import Objection
from dialer.objections.proof import SpokenProof

Why = Literal["misheard", "mispressed", "wrong_line"]
WHYS: Final[tuple[Why, ...]] = ("misheard", "mispressed", "wrong_line")
# Heard by a machine, or put down by somebody here. Whatever else there is came from the callee's own hand.
CORRECTABLE: Final = frozenset({"agent", "speech", "api"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """The end of one objection, as it stands on each of its lines; `id` is the review that agreed to it."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    id: str
    objection: str
    why: Why
    corrected_at: AwareDatetime


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptObjection:
    """An objection as it was recorded; `lines` are those it was written to then, `call_ref` its call.

    `proof` says how it was heard, None where it was not spoken.
    """

    objection: Objection
    lines: tuple[str, ...]
    call_ref: str | None
    reference: str = ""
    decision: str | None = None
    campaign: str | None = None
    agent: str | None = None
    proof: SpokenProof | None = None


def insist_it_may_be_corrected(objection: Objection) -> None:
    """Raise Conflict unless it rests on somebody's ear or finger on our side."""
    if objection.source not in CORRECTABLE:
        raise Conflict(
            f"an objection that came by {objection.source or 'an unknown way'} is the person's own: nobody "
            "misheard or mispressed it here; only a later consent or request of theirs lifts it"
        )
