"""What is asked of the gate, in our words: whom to reach, for which campaign, at whose hands."""

from dataclasses import dataclass
from enum import StrEnum

from dialer.calls.call import Channel, DialMode, Leg


class Binding(StrEnum):
    """What an allow is good for."""

    ADVISORY = "advisory"  # for a person to read: no permit, no attempt
    RINGS = "rings"  # an agent is rung first: no permit, no attempt before the callee is screened again
    PERMIT = "permit"  # the attempt counts when the permit is spent
    DIALS = "dials"  # the answer itself starts the attempt, so it counts now


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One thing asked. Only `campaign` comes from somebody we trust to name it: a key's holder over the API,
    or the query of our own signed URL; `hinted_campaign` comes from a parameter or header of the call.

    `agent` is an agent's id as named by a trusted system; `endpoint` is the caller's own authenticated
    address (`client:identity`, `sip:user@domain`). `key` is the API key's digest. `receipt` is the digest of
    the signed request that asks, None where there is none. `permit` is the token of an earlier allow:
    an allow spends it, and one that is dead refuses.
    """

    to: str
    binding: Binding
    campaign: str | None = None
    hinted_campaign: str | None = None
    caller_id: str | None = None
    channel: Channel | None = None
    agent: str | None = None
    endpoint: str | None = None
    key: str | None = None
    person: str | None = None
    brand: str | None = None
    came_from_list: str | None = None
    dial_mode: DialMode | None = None
    solicitation: str | None = None
    leg: Leg | None = None
    call_ref: str | None = None
    receipt: str | None = None
    permit: str | None = None
