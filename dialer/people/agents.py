"""Agents: the people who dial, the endpoint that rings them, and the campaigns they are assigned to."""

from dataclasses import dataclass
from typing import Any, ClassVar

from dialer.calls.shape import STRICT


@dataclass(frozen=True, slots=True, kw_only=True)
class Agent:
    """One agent. `endpoint` is `client:identity`, `sip:user@domain` or an E.164 number, never a request's."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    id: str
    name: str | None = None
    endpoint: str | None = None
    campaigns: tuple[str, ...] = ()
    default_campaign: str | None = None

    def is_assigned_to(self, campaign: str) -> bool:
        """Say whether this agent may dial for the campaign."""
        return campaign in self.campaigns or campaign == self.default_campaign
