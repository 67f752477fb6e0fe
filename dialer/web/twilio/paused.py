"""Whether what a live transcription brings may be read: not while a call is paused, nor after it ended."""

from typing import Final

from dialer.web.twilio.doors import Webhook

_FIRST: Final = "1"
_DEAF: Final = "transcription-error"


def note_deafness(webhook: Webhook) -> None:
    """Keep that a call's listening has failed, so that its agent is told to use the button; one round trip.

    What is heard after all is still acted on; listening that is begun anew counts as heard again.
    """
    decision = webhook.query.get("decision")
    if decision is not None and webhook.form.get("TranscriptionEvent") == _DEAF:
        webhook.parts.listening.pausing.states.note_unheard(decision, is_unheard=True)


def is_read(webhook: Webhook) -> bool:
    """Say whether this event's words may be looked at; one round trip. Raises CannotKeep.

    The address carries the number of its session: what was said while somebody paid by card belongs to none
    that is read, however late it comes.
    """
    named, session = webhook.query.get("decision"), webhook.query.get("n") or _FIRST
    if named is None or not session.isdecimal():
        return False
    return webhook.parts.listening.pausing.states.of(named).hears(int(session))
