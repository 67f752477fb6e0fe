"""A campaign: what is dialled for, by whom, for whom, under which number, with which words."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, ClassVar, Literal

from dialer.calls.call import Channel, DialMode
from dialer.calls.shape import STRICT


class Purpose(StrEnum):
    """What the campaign is for, as declared; the judge may reclassify it."""

    GENERAL = "general"
    CLAIMS = "claims"
    PENSIONS = "pensions"
    SERVICE = "service"
    RESEARCH = "research"


@dataclass(frozen=True, slots=True, kw_only=True)
class Classification:
    """A named person's reading of the campaign's content."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    by: str | None = None
    promotional: bool = False
    lead_gathering: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """The words that tell a callee about recording or listening, and who says them."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    wording: str | None = None
    said_by: Literal["agent", "message"] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What the script or the text contains, as reviewed."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    identifies_sender: bool = False
    opt_out_route: Literal["reply_stop", "url", "email"] | None = None
    product_category: str | None = None
    sole_charitable_purpose: bool = False
    states_name: bool = False
    states_contact: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Campaign:
    """What is being dialled for, by whom, for whom, and under which number."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    id: str | None = None
    principal: str | None = None
    operator: str | None = None
    brand: str | None = None
    purpose: Purpose | None = None
    topic: str | None = None
    channel: Channel | None = None
    dial_mode: DialMode | None = None
    caller_id: str | None = None
    announced_name: str | None = None
    contact_address: str | None = None
    freephone: str | None = None
    classification: Classification | None = None
    sector: str | None = None
    machine_detection: bool | None = None
    recording: Literal["none", "opt_out_clip", "full"] | None = None
    hearing: Literal["live", "keypad", "off"] | None = None
    notice: Notice | None = None
    message: Message | None = None

    @property
    def detects_machines(self) -> bool:
        """Say whether answering machines are looked for: as it says, and unsaid where it dials ahead."""
        if self.machine_detection is not None:
            return self.machine_detection
        return self.dial_mode is DialMode.PREDICTIVE
