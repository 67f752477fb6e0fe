"""What may have been a no: heard with doubt, waiting for a person, and what became of it."""

from dataclasses import dataclass
from typing import Any, ClassVar

from pydantic import AwareDatetime

from dialer.calls.shape import STRICT
from dialer.law.records import Scope
from dialer.objections.proof import SpokenProof


@dataclass(frozen=True, slots=True, kw_only=True)
class PossibleOptOut:
    """One possible no, with what a person needs in order to judge it.

    `hold` is the hold it stands as on each line. `scope` is the one the objection would have. `span` counts
    characters of `words`, end exclusive; None where the doubt rests on no words. `confidence` is the
    hearing's, 0 to 1. `objection` is what it was recorded as, None while it waits and where it was none;
    `changed_scope` is what a person put in place of `scope`. `proof` says where in the call the words stand.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    hold: str
    scope: Scope
    source: str
    comes_into_force_at: AwareDatetime
    words: str | None = None
    span: tuple[int, int] | None = None
    label: str | None = None
    confidence: float | None = None
    flags: tuple[str, ...] = ()
    operator: str | None = None
    person: str | None = None
    campaign: str | None = None
    agent: str | None = None
    decision: str | None = None
    call_ref: str | None = None
    objection: str | None = None
    changed_scope: Scope | None = None
    proof: SpokenProof | None = None

    def is_of_call(self, *, decision: str | None, call_ref: str | None) -> bool:
        """Say whether it was heard in this call; one that names no call is of none."""
        same_decision = decision is not None and decision == self.decision
        return same_decision or (call_ref is not None and call_ref == self.call_ref)
