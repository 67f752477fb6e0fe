"""Which function walks which verb."""

from collections.abc import Mapping
from types import MappingProxyType

from dialer.sandbox.twiml.dial import dial
from dialer.sandbox.twiml.document import Document, Verb
from dialer.sandbox.twiml.gather import gather
from dialer.sandbox.twiml.prompts import hangup, pause, redirect, reject, say
from dialer.sandbox.twiml.record import record
from dialer.sandbox.twiml.start_stop import start, stop
from dialer.sandbox.twiml.walker import Next, VerbFunction, Walker


def _not_for_voice(walker: Walker, verb: Verb, _document: Document) -> Next:
    walker.note(12200, f"<{verb.name}> in a voice call is passed over")
    return "on"


VERBS: Mapping[str, VerbFunction] = MappingProxyType(
    {
        "Say": say,
        "Play": say,
        "Pause": pause,
        "Gather": gather,
        "Dial": dial,
        "Record": record,
        "Redirect": redirect,
        "Reject": reject,
        "Hangup": hangup,
        "Start": start,
        "Stop": stop,
        "Message": _not_for_voice,
    }
)
