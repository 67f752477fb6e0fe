"""What is told of a call after it: how it ended, and the code somebody gave it."""

from dataclasses import dataclass
from datetime import datetime

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
    """How a call ended; `at` is when, never later than when it was told."""

    call: CallMade
    outcome: Outcome
    at: datetime
    recorded_at: datetime
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WrapUpTold:
    """A code as it came, with the event that brought it; `disposition` None is a code nobody mapped."""

    call: CallMade
    code: str
    raw: str | None
    disposition: Disposition | None
    recorded_at: datetime
    by: str
