"""A campaign: what is dialled for, by whom, for whom, under which number, with which words."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any, ClassVar, Final, Literal

from pydantic import Field

from dialer.calls.call import Channel, DialMode
from dialer.calls.shape import STRICT

BRITISH_ENGLISH: Final = "en-GB"


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

    @property
    def is_given(self) -> bool:
        """Say whether there are words, and somebody to say them."""
        return bool((self.wording or "").strip()) and self.said_by is not None


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
    """What is being dialled for, by whom, for whom, and under which number.

    `language` is the one callees are heard in (BCP 47), British English if None.
    `return_calls_to` is a verified phone of ours (E.164) for those who ring back and want to speak to us.
    """

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
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}-[A-Z]{2}$")] | None = None
    return_calls_to: str | None = None

    @property
    def spoken_language(self) -> str:
        """Return the language its callees are heard in."""
        return self.language or BRITISH_ENGLISH

    @property
    def needs_notice(self) -> bool:
        """Say whether callees must be told: of a recording, or of a machine that listens."""
        return self.recording not in (None, "none") or self.hearing == "live"

    @property
    def is_announced(self) -> bool:
        """Say whether callees are told of it."""
        return self.notice is not None and self.notice.is_given

    @property
    def records(self) -> bool:
        """Say whether calls may be recorded: it was asked for, and callees are told."""
        return self.recording in ("opt_out_clip", "full") and self.is_announced

    @property
    def listens(self) -> bool:
        """Say whether a machine may listen to calls: it was asked for, and callees are told."""
        return self.hearing == "live" and self.is_announced

    @property
    def is_told_by_agent(self) -> bool:
        """Say whether it is the agent who tells the callee."""
        by_agent = self.notice is not None and self.notice.said_by == "agent"
        return by_agent and (self.records or self.listens)

    @property
    def speaks_notice(self) -> bool:
        """Say whether a message of ours tells the callee before they are put through."""
        is_theirs = self.notice is not None and self.notice.said_by == "message"
        return is_theirs and (self.records or self.listens)

    @property
    def detects_machines(self) -> bool:
        """Say whether answering machines are looked for: as it says, and unsaid where it dials ahead."""
        if self.machine_detection is not None:
            return self.machine_detection
        return self.dial_mode is DialMode.PREDICTIVE
