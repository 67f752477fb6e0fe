"""One leg of a call as the exchange keeps it: who, where it stands, and what was asked of it from outside."""

import secrets
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from dialer.sandbox.exchange.party import Party
from dialer.sandbox.exchange.story import Story

if TYPE_CHECKING:
    from dialer.sandbox.exchange.recording import Recording
    from dialer.sandbox.exchange.transcription import Transcription

Fields = tuple[tuple[str, str], ...]


def new_sid(prefix: str) -> str:
    """Return a fresh identifier of Twilio's shape: two letters and 32 hex digits."""
    return prefix + secrets.token_hex(16)


class CallStatus(StrEnum):
    """Twilio's words for where a call stands. Source: twilio.md section 1.1."""

    QUEUED = "queued"
    INITIATED = "initiated"
    RINGING = "ringing"
    IN_PROGRESS = "in-progress"
    COMPLETED = "completed"
    BUSY = "busy"
    FAILED = "failed"
    NO_ANSWER = "no-answer"
    CANCELED = "canceled"

    @property
    def is_final(self) -> bool:
        """Tell whether nothing more can happen to the call."""
        return self in _FINAL


_FINAL = frozenset(
    {
        CallStatus.COMPLETED,
        CallStatus.BUSY,
        CallStatus.FAILED,
        CallStatus.NO_ANSWER,
        CallStatus.CANCELED,
    }
)


class Direction(StrEnum):
    """Twilio's words for who rang whom."""

    INBOUND = "inbound"
    OUTBOUND_API = "outbound-api"
    OUTBOUND_DIAL = "outbound-dial"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetch:
    """A document to be asked for; `extra` are the fields this request adds to the standard ones."""

    url: str
    method: str = "POST"
    extra: Fields = ()


@dataclass(frozen=True, slots=True)
class Inline:
    """A document given in words (`Twiml` of a REST call)."""

    twiml: str


Source = Fetch | Inline


@dataclass(frozen=True, slots=True)
class Redirect:
    """An order from outside: leave what you do and run this document."""

    source: Source


@dataclass(frozen=True, slots=True)
class Finish:
    """An order from outside: end, with this status if it was never answered."""

    unanswered_as: CallStatus = CallStatus.CANCELED


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """Where a leg's progress is reported, and which events."""

    url: str
    method: str = "POST"
    events: frozenset[str] = frozenset({"completed"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Detection:
    """Answering-machine detection as asked for; with no `callback` the document waits for the verdict."""

    waits_for_greeting_end: bool = False
    callback: Fetch | None = None


@dataclass(slots=True, eq=False, kw_only=True)
class Leg:
    """A leg; every field is read and written under the world's lock.

    `opening` goes out with the first request only (custom parameters, SIP headers), `lasting` with each
    (ApplicationSid, SipDomain...). Ticks are story seconds.
    """

    account_sid: str
    direction: Direction
    sender: str
    to: str
    party: Party
    story: Story
    created_at: datetime
    sid: str = field(default_factory=lambda: new_sid("CA"))
    parent: "Leg | None" = None
    status: CallStatus = CallStatus.RINGING
    called: str | None = None
    opening: Fields = ()
    lasting: Fields = ()
    fallback: Fetch | None = None
    subscription: Subscription | None = None
    detection: Detection | None = None
    sequence: int = 0
    started_at: datetime | None = None
    ended_at: datetime | None = None
    answered_tick: float | None = None
    duration_seconds: int = 0
    sip_code: str | None = None
    answered_by: str | None = None
    is_undiallable: bool = False
    order: Redirect | Finish | None = None
    peer: "Leg | None" = None
    time_limit_tick: float | None = None
    transcriptions: "list[Transcription]" = field(default_factory=list)
    recordings: "list[Recording]" = field(default_factory=list)

    @property
    def is_over(self) -> bool:
        """Tell whether the leg has ended."""
        return self.status.is_final

    @property
    def is_between_numbers(self) -> bool:
        """Tell whether both ends are telephone numbers, which is when Twilio adds the geographic fields."""
        return not any(end.startswith(("client:", "sip:")) or not end for end in (self.sender, self.to))
