"""Transcripts of recordings, made by Twilio after the call (its Intelligence). Source: twilio.md 4.5.

The event names a transcript and no call; the transcript names its recording, and that leads to the call. Of a
call in two channels the second is the callee's leg; a message has one voice (twilio.md 2.1).
"""

import json
import re
from collections.abc import Mapping
from typing import Any, Final

from dialer.errors import Refused
from dialer.objections.transcripts import Sentence, Transcript
from dialer.settings import Settings
from dialer.telephony.client import TwilioClient, answered

_READY: Final = "voice_intelligence_transcript_available"
_ID: Final = re.compile(r"GT[0-9a-fA-F]{32}")
# Four hours of talk are some five thousand sentences.
MOST_SENTENCES: Final = 10_000


def transcript_told(body: bytes | None, *, account: str) -> str | None:
    """Return the transcript that is ready, None for any other event or another account's."""
    try:
        told: Any = json.loads(body or b"null")
    except ValueError:
        return None
    if not isinstance(told, dict) or told.get("event_type") != _READY or told.get("account_sid") != account:
        return None
    transcript = told.get("transcript_sid")
    return transcript if isinstance(transcript, str) and _ID.fullmatch(transcript) else None


class CarriersTranscripts:
    """Fits `objections.transcripts.Carrier`."""

    def __init__(self, settings: Settings) -> None:
        self._client = TwilioClient(settings)

    def transcript(self, transcript_id: str) -> Transcript:
        """Fetch a transcript with its sentences; raises Refused, TooMany and Unanswered."""
        if not _ID.fullmatch(transcript_id):
            raise Refused("this is no transcript's id; nothing was asked for")
        with answered("read a transcript"):
            context = self._client().intelligence.v2.transcripts(transcript_id)
            made, said = context.fetch(), context.sentences.list(limit=MOST_SENTENCES)
        return Transcript(
            id=transcript_id,
            recording=_recording(made.channel or {}),
            sentences=tuple(_sentence(each) for each in said if (each.transcript or "").strip()),
        )


def _recording(channel: Mapping[str, Any]) -> str | None:
    media = channel.get("media_properties")
    return media.get("source_sid") if isinstance(media, dict) else None


def _sentence(found: Any) -> Sentence:
    return Sentence(
        channel=found.media_channel or 1,
        ordinal=found.sentence_index or 0,
        words=found.transcript,
        confidence=_fraction(found.confidence),
        starts_ms=_milliseconds(found.start_time),
        ends_ms=_milliseconds(found.end_time),
    )


def _milliseconds(seconds: str | None) -> int | None:
    try:
        return round(float(seconds) * 1000) if seconds is not None else None
    except ValueError:
        return None


def _fraction(text: str | None) -> float | None:
    try:
        value = float(text) if text is not None else None
    except ValueError:
        return None
    return value if value is not None and 0.0 <= value <= 1.0 else None
