"""Gather: keys and speech asked for, with Twilio's time-outs and its rule that the first kind wins.

Source: twilio.md section 3.
"""

from dataclasses import dataclass, replace

from dialer.sandbox.exchange.leg import Fields
from dialer.sandbox.exchange.party import Act
from dialer.sandbox.exchange.script import Press, Say
from dialer.sandbox.exchange.transcription import without_profanity
from dialer.sandbox.twiml.document import Document, TwimlFault, Verb
from dialer.sandbox.twiml.prompts import prompt
from dialer.sandbox.twiml.walker import Next, Walker
from dialer.sandbox.webhooks.forms import standard

MOST_SPEECH_SECONDS = 60.0
_AUTO_SILENCE_SECONDS = 1.0
_CONFIDENCE = "0.92735535"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plan:
    takes_keys: bool
    takes_speech: bool
    timeout_seconds: float
    silence_seconds: float
    digits: int | None
    finish_key: str
    language: str
    filters_profanity: bool
    acts_when_empty: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Heard:
    digits: str = ""
    finished_on: str = ""
    words: str = ""

    @property
    def is_nothing(self) -> bool:
        return not (self.digits or self.words)


def gather(walker: Walker, verb: Verb, document: Document) -> Next:
    """Ask, listen, and go to the action with what was heard; on with the document if nothing was."""
    try:
        plan = _plan(verb)
    except TwimlFault as fault:
        # A Gather that cannot start fails alone: the document goes on (twilio.md section 3).
        walker.note(fault.code, str(fault))
        return "on"
    heard = _listen(walker, verb, document, plan)
    walker.leg.story.add("gathered", walker.leg.sid, digits=heard.digits, words=heard.words)
    if heard.is_nothing and not plan.acts_when_empty:
        return "on"
    action = document.fetch(verb)
    if action is None:
        raise TwimlFault(11100, "a Gather in TwiML given in words needs an absolute action")
    return replace(action, extra=_fields(plan, heard))


def _plan(verb: Verb) -> _Plan:
    kinds = verb.attributes.get("input", "dtmf").split()
    timeout = verb.seconds("timeout", 5)
    asked = verb.attributes.get("speechTimeout", "")
    if "speechModel" in verb.attributes and asked == "auto":
        raise TwimlFault(12200, "with a speechModel, speechTimeout must be a positive whole number, not auto")
    silence = _AUTO_SILENCE_SECONDS if asked == "auto" else verb.seconds("speechTimeout", timeout)
    count = verb.attributes.get("numDigits", "")
    return _Plan(
        takes_keys="dtmf" in kinds,
        takes_speech="speech" in kinds,
        timeout_seconds=timeout,
        silence_seconds=silence,
        digits=int(count) if count.isdecimal() else None,
        finish_key=verb.attributes.get("finishOnKey", "#"),
        language=verb.attributes.get("language", "en-US"),
        filters_profanity=verb.flag("profanityFilter", default=True),
        acts_when_empty=verb.flag("actionOnEmptyResult"),
    )


def _listen(walker: Walker, verb: Verb, document: Document, plan: _Plan) -> _Heard:
    act: Act | None = None
    for child in verb.children:
        act = prompt(walker, child, document, interruptible=True)
        if _counts(act, plan):
            break
    if not _counts(act, plan):
        act = _wanted(walker, plan, plan.timeout_seconds)
    if isinstance(act, Press):
        return _keys(walker, plan, act)
    if isinstance(act, Say):
        return _speech(walker, verb, document, plan, act)
    return _Heard()


def _counts(act: Act | None, plan: _Plan) -> bool:
    return (isinstance(act, Press) and plan.takes_keys) or (isinstance(act, Say) and plan.takes_speech)


def _wanted(walker: Walker, plan: _Plan, seconds: float) -> Act | None:
    until = walker.moment + seconds
    while (left := until - walker.moment) > 0:
        act = walker.attend(left, listening=True)
        if _counts(act, plan):
            return act
    return None


def _keys(walker: Walker, plan: _Plan, first: Press) -> _Heard:
    """Collect keys until the count, the finishing key or silence; the finishing key is not a digit."""
    typed, keys = "", first.keys
    while True:
        for key in keys:
            if key and key in plan.finish_key:
                return _Heard(digits=typed, finished_on=key)
            typed += key
            if len(typed) == plan.digits:
                return _Heard(digits=typed)
        more = walker.attend(plan.timeout_seconds, listening=True)
        if more is None:
            return _Heard(digits=typed)
        keys = more.keys if isinstance(more, Press) else ""


def _speech(walker: Walker, verb: Verb, document: Document, plan: _Plan, first: Say) -> _Heard:
    """Collect speech until a silence; keys pressed meanwhile are ignored, since speech came first."""
    words, began = first.words, walker.moment
    _partial(walker, verb, document, plan, words, 0)
    number = 1
    while walker.moment - began < MOST_SPEECH_SECONDS:
        more = walker.attend(plan.silence_seconds, listening=True)
        if more is None:
            break
        if isinstance(more, Say):
            words = f"{words} {more.words}"
            _partial(walker, verb, document, plan, words, number)
            number += 1
    return _Heard(words=without_profanity(words) if plan.filters_profanity else words)


def _partial(walker: Walker, verb: Verb, document: Document, plan: _Plan, words: str, number: int) -> None:
    to = verb.attributes.get("partialResultCallback")
    if not to:
        return
    split = words.split()
    half = len(split) // 2
    fields = (
        ("SequenceNumber", str(number)),
        ("StableSpeechResult", " ".join(split[:half])),
        ("UnstableSpeechResult", " ".join(split[half:])),
        ("Stability", "0.9"),
        ("Language", plan.language),
    )
    method = verb.attributes.get("partialResultCallbackMethod", "POST").upper()
    form = (*standard(walker.leg), *fields)
    walker.world.callbacks.post(walker.leg.story, walker.leg.sid, document.absolute(to), form, method=method)


def _fields(plan: _Plan, heard: _Heard) -> Fields:
    if heard.words:
        return (("SpeechResult", heard.words), ("Confidence", _CONFIDENCE), ("Language", plan.language))
    # FinishedOnKey comes with a Gather for keys alone (sample gather.dtmf).
    finished = () if plan.takes_speech or heard.is_nothing else (("FinishedOnKey", heard.finished_on),)
    return (("Digits", heard.digits), *finished)
