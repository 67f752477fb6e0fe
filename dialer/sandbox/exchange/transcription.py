"""One live transcription of a leg: what it was asked for, and the running number of its events."""

import re
from dataclasses import dataclass, field
from datetime import datetime

from dialer.sandbox.exchange.leg import new_sid

# Few words, enough to see that the default filter hides part of an angry objection (twilio.md section 3).
_RUDE = re.compile(r"\b(f)uck(\w*)|\b(s)hit(\w*)|\b(b)astard(\w*)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class TranscriptionPlan:
    """The attributes of `<Transcription>`, or the fields of the REST call, with Twilio's defaults."""

    callback: str | None = None
    callback_method: str = "POST"
    name: str | None = None
    track: str = "both_tracks"
    inbound_label: str | None = None
    outbound_label: str | None = None
    language: str = "en-US"
    engine: str = "google"
    model: str = "telephony"
    hints: str | None = None
    wants_partials: bool = False
    filters_profanity: bool = True
    punctuates: bool = True


@dataclass(slots=True, eq=False, kw_only=True)
class Transcription:
    """A running (or stopped) transcription; changed under the world's lock."""

    account_sid: str
    call_sid: str
    plan: TranscriptionPlan
    updated_at: datetime
    sid: str = field(default_factory=lambda: new_sid("GT"))
    status: str = "in-progress"
    sequence: int = 0
    is_deaf: bool = False

    def hears(self, track: str) -> bool:
        """Tell whether it writes down this track."""
        is_running = self.status == "in-progress" and not self.is_deaf
        return is_running and self.plan.track in {track, "both_tracks"}

    def is_called(self, name: str) -> bool:
        """Tell whether `name` is its sid or the name it was given."""
        return name in {self.sid, self.plan.name}


def without_profanity(words: str) -> str:
    """Return the words as Twilio's filter leaves them: the first letter, then asterisks."""
    return _RUDE.sub(lambda found: found.group(0)[0] + "*" * (len(found.group(0)) - 1), words)
