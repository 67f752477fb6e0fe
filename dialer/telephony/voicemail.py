"""A message that somebody leaves on our line: what we say, how it is recorded, and what Twilio tells of it.

Twilio's own transcription of a `<Record>` is for English of 2 to 120 seconds (twilio.md 4.4); where it brings
nothing, a person listens. Source: twilio.md sections 1.2 and 4.4.
"""

from dataclasses import dataclass
from typing import Final

from dialer.objections.proof import Place
from dialer.telephony.inbound import Form
from dialer.telephony.recordings import RecordingTold, recording_told
from dialer.telephony.twiml import say_words
from dialer.telephony.verbs import response, verb

LONGEST_SECONDS: Final = 120
_SILENCE_SECONDS: Final = 5
_DONE: Final = "completed"


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageHeard:
    """What a recogniser made of a message; `words` None: nothing, so a person must listen."""

    recording: str
    call_ref: str
    words: str | None
    place: Place


def take_message(said: str, *, done: str, heard: str) -> str:
    """Return the reply that records a message; `done` is told of its sound, `heard` of its words."""
    record = verb(
        "Record",
        action=done,
        max_length=LONGEST_SECONDS,
        timeout=_SILENCE_SECONDS,
        finish_on_key="#",
        play_beep=True,
        # Its clip is the whole of it; of one who says nothing, nothing is left.
        trim="trim-silence",
        transcribe=True,
        transcribe_callback=heard,
    )
    return response(say_words(said), record, verb("Hangup"))


def message_left(form: Form) -> RecordingTold | None:
    """Return the message that the end of a `<Record>` tells of, None where nothing was said."""
    told = recording_told(form)
    return told if told is not None and told.seconds > 0 else None


def message_heard(form: Form) -> MessageHeard | None:
    """Return what was made of a message, None where the form names none."""
    recording = form.get("RecordingSid")
    if recording is None:
        return None
    is_done = form.get("TranscriptionStatus") == _DONE
    words = (form.get("TranscriptionText") or "").strip() if is_done else ""
    return MessageHeard(
        recording=recording,
        call_ref=form.get("CallSid") or "",
        words=words or None,
        place=Place(via="voicemail", session=form.get("TranscriptionSid"), recording=recording),
    )
