"""A decision: a verdict on one question, with everything that must be kept of it."""

from dataclasses import dataclass
from datetime import datetime

from dialer.calls.call import Channel
from dialer.screening.verdict import Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One line of the ledger. `to` is E.164 or an address, or what could not be read, masked.

    `permit` is only set on a binding allow that waits to be spent, and is never kept in the ledger.
    `versions` are the register versions the facts came from; `seq` is the line's at the read.
    """

    id: str
    verdict: Verdict
    to: str
    channel: Channel | None
    campaign: str | None
    principal: str | None
    operator: str | None
    agent: str | None
    decided_at: datetime
    advisory: bool
    call_ref: str | None = None
    came_from_list: str | None = None
    list_say: str | None = None
    notice_say: str | None = None
    key: str | None = None
    epoch: int = 0
    seq: int = 0
    versions: tuple[tuple[str, str], ...] = ()
    permit: str | None = None
