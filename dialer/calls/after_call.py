"""What is told of a call after it: how it ended, and the code somebody gave it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from dialer.calls.dispositions import Disposition, Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class CallMade:
    """The call something is told about, as its decision's ledger line has it."""

    decision: str
    contact_point: str
    principal: str
    campaign: str
    call_ref: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeTold:
    """How a call ended; `at` is when, never later than when it was told.

    `is_firm` False is the network's word alone: whoever knows better replaces it. `hears_a_person`: a relay
    assistant greeted us, so whatever took them for a machine was wrong.
    """

    call: CallMade
    outcome: Outcome
    at: datetime
    recorded_at: datetime
    by: str
    is_firm: bool = True
    hears_a_person: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeHeld:
    """The outcome that stands for a call, as it was told."""

    outcome: Outcome
    at: datetime
    is_firm: bool

    def gives_way_to(self, told: OutcomeTold) -> bool:
        """Say whether what is told now replaces it: the first firm word stands, unless it was of a machine
        where a person is heard.
        """
        was_no_machine = told.hears_a_person and self.outcome is Outcome.MACHINE
        return was_no_machine or (told.is_firm and not self.is_firm)


@dataclass(frozen=True, slots=True, kw_only=True)
class WrapUpTold:
    """A code as it came, with the event that brought it; `disposition` None is a code nobody mapped."""

    call: CallMade
    code: str
    raw: str | None
    disposition: Disposition | None
    recorded_at: datetime
    by: str


def call_made(fields: Mapping[str, Any]) -> CallMade | None:
    """Return the call of a decision's ledger line, None where it rang no callee or was not to be made.

    `rings` rang an agent of ours first: its callee has a decision of their own.
    """
    named = {name: fields.get(name) for name in ("to", "principal", "campaign")}
    may_be_made = fields.get("verdict") == "allow" and not fields.get("advisory")
    is_callees = fields.get("asked", {}).get("binding") != "rings"
    if not (may_be_made and is_callees and all(named.values())):
        return None
    return CallMade(
        decision=str(fields["id"]),
        contact_point=str(named["to"]),
        principal=str(named["principal"]),
        campaign=str(named["campaign"]),
        call_ref=fields.get("call_ref"),
    )
