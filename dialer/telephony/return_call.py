"""TwiML of the return-call line beyond a plain question: a number keyed in, and a caller put through to us.

The one phone that is dialled here is our own, and only for a decision that says so.
"""

from dataclasses import dataclass
from typing import Final

from dialer.telephony.script import AFTER_TALKING
from dialer.telephony.twiml import HINTS, RING_SECONDS, question, say_words
from dialer.telephony.verbs import response, text, verb

_LONGEST_NUMBER: Final = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnPhone:
    """One of our phones that takes a caller. `notice` is said before a machine listens; None: none does.

    `words_to` is where what the caller says goes, `afterwards` where key or voice go once we hung up.
    """

    number: str
    caller_id: str
    language: str
    notice: str | None
    words_to: str
    afterwards: str


def ask_number(said: str, *, action: str) -> str:
    """Return a question for a number, ended by hash; silence is told to the action too."""
    gather = verb(
        "Gather",
        say_words(said),
        input="dtmf",
        timeout=8,
        num_digits=_LONGEST_NUMBER,
        finish_on_key="#",
        action_on_empty_result=True,
        action=action,
    )
    return response(gather, verb("Hangup"))


def put_through(phone: OwnPhone) -> str:
    """Return the reply that rings our own phone for a caller, listening for a stop, and asks at the end."""
    listening = (say_words(phone.notice), _listen(phone)) if phone.notice is not None else ()
    dial = verb("Dial", verb("Number", text(phone.number)), caller_id=phone.caller_id, timeout=RING_SECONDS)
    asked = question(AFTER_TALKING, action=phone.afterwards, language=phone.language, tells_silence=True)
    return response(*listening, dial, asked, verb("Hangup"))


def _listen(phone: OwnPhone) -> str:
    # On a call that came in, what comes in on its leg is the caller; our words are not sent (twilio.md 4.3).
    transcription = verb(
        "Transcription",
        name="return-call",
        status_callback_url=phone.words_to,
        language_code=phone.language,
        track="inbound_track",
        inbound_track_label="caller",
        profanity_filter=False,
        partial_results=False,
        hints=HINTS,
    )
    return verb("Start", transcription)
