"""Recording and listening at Twilio, stopped and begun again within a call. Source: twilio.md 4.1, 4.4.

A pause puts silence in the place of what is said, so that places in a recording stay where they are.
"""

from typing import Final

from dialer.objections.pausing import PausedCall
from dialer.settings import Settings
from dialer.telephony import twiml
from dialer.telephony.client import TwilioClient, answered

# The recording that runs on a call at this moment, by Twilio's own name for it.
_CURRENT: Final = "Twilio.CURRENT"
# Nothing of the kind is there, or the call is over: which is what was wanted.
_NOTHING_THERE: Final = frozenset({20404, 21220})


class ListeningControl:
    """Fits `objections.pausing.Carrier`."""

    def __init__(self, settings: Settings) -> None:
        self._client = TwilioClient(settings)
        self._addresses = twiml.Addresses(public_url=settings.public_url)

    def pause_recording(self, call_ref: str) -> bool:
        """Put silence in the place of what is said; False if nothing is recorded any more."""
        return self._record(call_ref, "pause a recording", status="paused", pause_behavior="silence")

    def resume_recording(self, call_ref: str) -> bool:
        """Record again; False if nothing was paused."""
        return self._record(call_ref, "go on with a recording", status="in-progress")

    def stop_listening(self, call: PausedCall, *, session: int) -> bool:
        """End a transcription; False if none runs."""
        from twilio.base.exceptions import TwilioException

        name = twiml.session_name(call.decision, session)
        try:
            with answered("stop a transcription", passes=_NOTHING_THERE):
                self._client().calls(call.call_ref).transcriptions(name).update(status="stopped")
        except TwilioException:
            return False
        return True

    def start_listening(self, call: PausedCall, *, session: int) -> bool:
        """Begin another transcription on the agent's leg; False if the call is over."""
        from twilio.base.exceptions import TwilioException

        try:
            with answered("start a transcription", passes=_NOTHING_THERE):
                self._client().calls(call.call_ref).transcriptions.create(
                    name=twiml.session_name(call.decision, session),
                    track="both_tracks",
                    inbound_track_label="agent",
                    outbound_track_label="callee",
                    status_callback_url=self._addresses.to(
                        "voice/transcription", decision=call.decision, n=session
                    ),
                    language_code=call.language,
                    profanity_filter=False,
                    partial_results=False,
                    hints=twiml.HINTS,
                )
        except TwilioException:
            return False
        return True

    def _record(self, call_ref: str, what: str, **order: str) -> bool:
        from twilio.base.exceptions import TwilioException

        try:
            with answered(what, passes=_NOTHING_THERE):
                self._client().calls(call_ref).recordings(_CURRENT).update(**order)
        except TwilioException:
            return False
        return True
