"""Say, Play, Pause, Redirect, Reject, Hangup: the verbs that only speak, wait or go elsewhere."""

from dialer.sandbox.exchange.leg import CallStatus
from dialer.sandbox.exchange.party import Act
from dialer.sandbox.listening import is_taken_down, play_to
from dialer.sandbox.twiml.attending import LegOver
from dialer.sandbox.twiml.document import Document, TwimlFault, Verb
from dialer.sandbox.twiml.walker import Next, Walker

# Ordinary speech: about 170 words a minute.
_SECONDS_A_WORD = 0.35
_SOUND_SECONDS = 3.0
MOST_LOOPS = 20


def say(walker: Walker, verb: Verb, document: Document) -> Next:
    """Speak, and go on; the party hears it out unless they hang up."""
    prompt(walker, verb, document, interruptible=False)
    return "on"


def pause(walker: Walker, verb: Verb, document: Document) -> Next:
    """Wait; somebody who is being transcribed may speak into the silence."""
    prompt(walker, verb, document, interruptible=False)
    return "on"


def redirect(_walker: Walker, verb: Verb, document: Document) -> Next:
    """Go on with another document; an empty one asks for the same again, as Twilio does."""
    if not verb.text:
        raise TwimlFault(12100, "<Redirect> needs an address")
    method = "GET" if verb.attributes.get("method", "POST").upper() == "GET" else "POST"
    followed = document.fetch(Verb(name="Redirect", attributes={"action": verb.text, "method": method}))
    return followed if followed is not None else "end"


def reject(walker: Walker, verb: Verb, _document: Document) -> Next:
    """Refuse without answering, if it is the first verb; later it only ends the call.

    The SIP answer is 486 for busy and 404 for rejected (twilio.md section 1.2 gives both texts seen).
    """
    if walker.leg.answered_tick is not None:
        return "end"
    is_busy = verb.attributes.get("reason", "rejected") == "busy"
    raise LegOver(CallStatus.BUSY if is_busy else CallStatus.FAILED)


def hangup(_walker: Walker, _verb: Verb, _document: Document) -> Next:
    """End the call; as a first verb it was answered first, and billed."""
    raise LegOver(CallStatus.COMPLETED)


def prompt(walker: Walker, verb: Verb, document: Document, *, interruptible: bool) -> Act | None:
    """Play one Say, Play or Pause; returns what the party did if they may interrupt, which ends it."""
    if verb.name == "Pause":
        listening = interruptible or is_taken_down(walker.leg)
        return _wait(walker, verb.seconds("length", 1), listening=listening, interruptible=interruptible)
    loops = min(max(1, int(verb.seconds("loop", 1))), MOST_LOOPS)
    if verb.name == "Play":
        words = document.absolute(verb.text) if verb.text else verb.attributes.get("digits", "")
        length = _SOUND_SECONDS
    else:
        words, length = verb.text, 0.5 + _SECONDS_A_WORD * len(verb.text.split())
    play_to(walker.world, walker.leg, words, kind=verb.name.lower())
    return _wait(walker, length * loops, listening=interruptible, interruptible=interruptible)


def _wait(walker: Walker, seconds: float, *, listening: bool, interruptible: bool) -> Act | None:
    until = walker.moment + seconds
    while (left := until - walker.moment) > 0:
        act = walker.attend(left, listening=listening)
        if act is not None and interruptible:
            return act
    return None
