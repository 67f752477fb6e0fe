"""What one call or text is: its channel, the way it is dialled, the leg it would ring."""

from enum import StrEnum


class Channel(StrEnum):
    """How the person would be reached."""

    LIVE_CALL = "live_call"
    AUTOMATED_CALL = "automated_call"
    VOICEMAIL_DROP = "voicemail_drop"
    SMS = "sms"
    EMAIL = "email"
    FAX = "fax"

    @property
    def has_agent(self) -> bool:
        """Say whether a person of ours talks to the callee, or is about to."""
        return self is Channel.LIVE_CALL


class DialMode(StrEnum):
    """How the dialer places calls; only `predictive` can leave a callee with nobody to talk to."""

    PREVIEW = "preview"
    PROGRESSIVE = "progressive"
    PREDICTIVE = "predictive"


class Leg(StrEnum):
    """Which leg of a call a number would be rung for."""

    CALLEE = "callee"
    AGENT = "agent"
    TRANSFER = "transfer"
    TEST = "test"
