"""Our replies as TwiML, built verb by verb from values that were checked before.

`<Dial>` is built in one place and only for a decision that allows: every other reply here dials nobody.
"""

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote_plus

from dialer.telephony.verbs import response, text, verb

LANGUAGE: Final = "en-GB"
# Ofcom's practice: let it ring at least 15 seconds before giving up (law.md 5.1); Twilio adds five.
RING_SECONDS: Final = 25
HINTS: Final = "stop, stop calling, take me off your list, do not call, remove me, unsubscribe"
OPT_OUT_KEY: Final = "9"
_PLAIN: Final = re.compile(r"[A-Za-z0-9_.~-]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Bridge:
    """Put the agent through to one number. `hears` is `live`, `keypad` or `off`.

    `announces` lets a message of ours tell the callee of recording and listening before they are put through.
    """

    number: str
    caller_id: str
    decision: str
    hears: str
    records: bool
    announces: bool = False
    detects_machines: bool = False
    language: str = LANGUAGE


@dataclass(frozen=True, slots=True, kw_only=True)
class Addresses:
    """Our own public addresses; every callback carries the decision, since events carry no numbers."""

    public_url: str

    def to(self, route: str, **query: str | int) -> str:
        """Return the absolute address of one of our routes; its query becomes part of the signature."""
        tail = "&".join([f"{name}={_quoted(str(value))}" for name, value in query.items()])
        return f"{self.public_url.rstrip('/')}/twilio/{route}{'?' + tail if tail else ''}"


def _quoted(value: str) -> str:
    """Quote as a query does; an id of ours holds nothing that has to be."""
    return value if _PLAIN.fullmatch(value) else quote_plus(value)


def bridge(call: Bridge, addresses: Addresses) -> str:
    """Return the one reply that dials."""
    named = {"decision": call.decision}
    listens = call.hears == "live"
    number = verb(
        "Number",
        text(call.number),
        # Looked at once more before anybody is put through, and told what they must be told.
        url=addresses.to("voice/notice", **named),
        status_callback=addresses.to("voice/status", **named),
        status_callback_event="initiated ringing answered completed",
        machine_detection="Enable" if call.detects_machines else None,
        amd_status_callback=addresses.to("voice/amd", **named) if call.detects_machines else None,
    )
    dial = verb(
        "Dial",
        number,
        caller_id=call.caller_id,
        timeout=RING_SECONDS,
        # Twilio answers the agent's leg at once where listening has to start first (twilio.md 11).
        answer_on_bridge=not listens,
        action=addresses.to("voice/dialled", **named),
        record="record-from-answer-dual" if call.records else None,
        # What is cut away would shift every place in it (twilio.md 4.4).
        trim="do-not-trim" if call.records else None,
        recording_status_callback=addresses.to("voice/recording", **named) if call.records else None,
    )
    callback = addresses.to("voice/transcription", **named, n=1)
    return response(
        *([_listen(callback, name=call.decision, language=call.language)] if listens else []), dial
    )


def session_name(decision: str, session: int) -> str:
    """Return the name of one session of listening to a call: the first has the decision's own."""
    return decision if session == 1 else f"{decision}-{session}"


def _listen(callback: str, *, name: str, language: str) -> str:
    transcription = verb(
        "Transcription",
        name=name,
        status_callback_url=callback,
        language_code=language,
        track="both_tracks",
        inbound_track_label="agent",
        outbound_track_label="callee",
        profanity_filter=False,
        partial_results=False,
        hints=HINTS,
    )
    return verb("Start", transcription)


def say(said: str) -> str:
    """Return one sentence; then goes on what was going on."""
    return response(say_words(said))


def refuse(said: str) -> str:
    """Return a short spoken refusal that dials nobody."""
    return say_and_hang_up(said)


def say_and_hang_up(said: str) -> str:
    """Return one sentence and the end of the call."""
    return response(say_words(said), verb("Hangup"))


def ask(
    said: str, *, action: str, then_hang_up: bool, language: str = LANGUAGE, tells_silence: bool = False
) -> str:
    """Return a question that may be answered by key 9 or by voice, in the language answers are heard in.

    Silence goes on to what follows, unless the action is told of it.
    """
    asked = question(said, action=action, language=language, tells_silence=tells_silence)
    return response(asked, *([verb("Hangup")] if then_hang_up else []))


def question(said: str, *, action: str, language: str, tells_silence: bool) -> str:
    """Return the verb of a question, for a reply of several."""
    return verb(
        "Gather",
        say_words(said),
        input="dtmf speech",
        num_digits=1,
        timeout=4,
        speech_timeout="auto",
        language=language,
        hints=HINTS,
        profanity_filter=False,
        action_on_empty_result=tells_silence or None,
        action=action,
    )


def nothing() -> str:
    """Return the empty answer of a callback: taken note of."""
    return response()


def no_message() -> str:
    """Return the empty answer to an incoming text."""
    return response()


def hang_up() -> str:
    """Return the end of the call without a word."""
    return response(verb("Hangup"))


def say_words(said: str) -> str:
    """Return the verb that says words of ours."""
    return verb("Say", text(said), language=LANGUAGE)
