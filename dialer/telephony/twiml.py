"""Our replies as TwiML, built by Twilio's own library from values that were checked before.

`<Dial>` is built in one place and only for a decision that allows: every other reply here dials nobody.
"""

from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from twilio.twiml.messaging_response import MessagingResponse
from twilio.twiml.voice_response import Dial, Gather, Start, VoiceResponse

LANGUAGE: Final = "en-GB"
# Ofcom's practice: let it ring at least 15 seconds before giving up (law.md 5.1); Twilio adds five.
RING_SECONDS: Final = 25
HINTS: Final = "stop, stop calling, take me off your list, do not call, remove me, unsubscribe"
OPT_OUT_KEY: Final = "9"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bridge:
    """Put the agent through to one number. `hears` is `live`, `keypad` or `off`."""

    number: str
    caller_id: str
    decision: str
    hears: str
    records: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Addresses:
    """Our own public addresses; every callback carries the decision, since events carry no numbers."""

    public_url: str

    def to(self, route: str, **query: str | int) -> str:
        """Return the absolute address of one of our routes; its query becomes part of the signature."""
        tail = f"?{urlencode(query)}" if query else ""
        return f"{self.public_url.rstrip('/')}/twilio/{route}{tail}"


def bridge(call: Bridge, addresses: Addresses) -> str:
    """Return the one reply that dials."""
    response = VoiceResponse()
    named = {"decision": call.decision}
    if call.hears == "live":
        _listen(response, addresses.to("voice/transcription", **named), name=call.decision)
    dial = Dial(
        caller_id=call.caller_id,
        timeout=RING_SECONDS,
        # Twilio answers the agent's leg at once where listening has to start first (twilio.md 11).
        answer_on_bridge=call.hears != "live",
        action=addresses.to("voice/dialled", **named),
        **_recording(call, addresses),
    )
    dial.number(
        call.number,
        url=addresses.to("voice/notice", **named) if call.hears == "keypad" else None,
        status_callback=addresses.to("voice/status", **named),
        status_callback_event="initiated ringing answered completed",
    )
    response.append(dial)
    return str(response)


def _listen(response: VoiceResponse, callback: str, *, name: str) -> None:
    start = Start()
    start.transcription(
        name=name,
        status_callback_url=callback,
        language_code=LANGUAGE,
        track="both_tracks",
        inbound_track_label="agent",
        outbound_track_label="callee",
        profanity_filter=False,
        partial_results=False,
        hints=HINTS,
    )
    response.append(start)


def _recording(call: Bridge, addresses: Addresses) -> dict[str, str]:
    if not call.records:
        return {}
    return {
        "record": "record-from-answer-dual",
        "recording_status_callback": addresses.to("voice/recording", decision=call.decision),
    }


def refuse(text: str) -> str:
    """Return a short spoken refusal that dials nobody."""
    return say_and_hang_up(text)


def say_and_hang_up(text: str) -> str:
    """Return one sentence and the end of the call."""
    response = VoiceResponse()
    response.say(text, language=LANGUAGE)
    response.hangup()
    return str(response)


def ask(text: str, *, action: str, then_hang_up: bool) -> str:
    """Return a question that may be answered by key 9 or by voice; silence goes on to what follows."""
    response = VoiceResponse()
    gather = Gather(
        input="dtmf speech",
        num_digits=1,
        timeout=4,
        speech_timeout="auto",
        language=LANGUAGE,
        hints=HINTS,
        profanity_filter=False,
        action=action,
    )
    gather.say(text, language=LANGUAGE)
    response.append(gather)
    if then_hang_up:
        response.hangup()
    return str(response)


def nothing() -> str:
    """Return the empty answer of a callback: taken note of."""
    return str(VoiceResponse())


def no_message() -> str:
    """Return the empty answer to an incoming text."""
    return str(MessagingResponse())


def hang_up() -> str:
    """Return the end of the call without a word."""
    response = VoiceResponse()
    response.hangup()
    return str(response)
