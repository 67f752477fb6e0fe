"""Where words stand in a call, as Twilio's forms tell it. Source: twilio.md sections 3, 4.2 and 4.4."""

from datetime import datetime

from dialer.objections.proof import Place
from dialer.telephony.inbound import Form
from dialer.telephony.legs import instant


def live_place(form: Form) -> Place:
    """Return the place of a piece of a live transcription: its session, its number there, its time."""
    return Place(
        via="live",
        session=form.get("TranscriptionSid"),
        turn=form.get("SequenceId"),
        said_at=instant(form.get("Timestamp")),
    )


def asked_place(turn: str, *, at: datetime) -> Place:
    """Return the place of an answer to a question of ours: which question it was, and when it came."""
    return Place(via="gather", turn=turn, said_at=at)
