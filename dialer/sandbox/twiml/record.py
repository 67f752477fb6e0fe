"""Record: what a caller leaves on the line, its finishing key, and the old transcription of it."""

from dataclasses import replace

from dialer.clock import utc_now
from dialer.sandbox.exchange.leg import new_sid
from dialer.sandbox.exchange.recording import Recording
from dialer.sandbox.exchange.script import Press
from dialer.sandbox.recorder import finish_recording, recording_url, start_recording
from dialer.sandbox.twiml.attending import LegOver
from dialer.sandbox.twiml.document import Document, TwimlFault, Verb
from dialer.sandbox.twiml.walker import Next, Walker
from dialer.sandbox.webhooks.forms import recorded, standard

_DEFAULT_FINISH = "1234567890*#"
_LONGEST_SECONDS = 3_600.0
_SHORTEST_TRANSCRIBED_SECONDS = 2


def record(walker: Walker, verb: Verb, document: Document) -> Next:
    """Record until a key, a silence or the length limit, then go to the action.

    A caller who hangs up still makes the action fire, with Digits=hangup; its answer is not run. Of one who
    says nothing, nothing is left where silence is trimmed away.
    """
    action = document.fetch(verb)
    if action is None:
        raise TwimlFault(11100, "a Record in TwiML given in words needs an absolute action")
    world, leg = walker.world, walker.leg
    recording = start_recording(
        world, leg, recording_for(walker, verb, document, source="RecordVerb", channels=1)
    )
    left: LegOver | None = None
    try:
        digits = _until_done(walker, verb)
    except LegOver as over:
        digits, left = "hangup", over
    finally:
        finish_recording(world, leg.story, recording)
    if verb.attributes.get("trim") == "trim-silence" and not recording.words:
        recording.duration_seconds = 0
    _transcribe(walker, verb, document, recording)
    answered = replace(
        action, extra=(*recorded(recording, recording_url(world, recording)), ("Digits", digits))
    )
    if left is None:
        return answered
    if not world.is_stopping:
        walker.tell_at_the_end(answered)
    raise left


def recording_for(
    walker: Walker, verb: Verb, document: Document, *, source: str, channels: int, track: str = "both"
) -> Recording:
    """Return a recording as a verb's recordingStatusCallback attributes ask for it."""
    callback = verb.attributes.get("recordingStatusCallback")
    return Recording(
        account_sid=walker.leg.account_sid,
        call_sid=walker.leg.sid,
        source=source,
        channels=channels,
        track=track,
        created_at=utc_now(),
        started_tick=walker.world.tempo.now(),
        callback=document.absolute(callback) if callback else None,
        callback_method=verb.attributes.get("recordingStatusCallbackMethod", "POST").upper(),
        callback_events=frozenset(verb.attributes.get("recordingStatusCallbackEvent", "completed").split()),
    )


def _until_done(walker: Walker, verb: Verb) -> str:
    """Return the key that ended the recording, empty for silence or the limit."""
    end = walker.moment + min(verb.seconds("maxLength", _LONGEST_SECONDS), _LONGEST_SECONDS)
    finish = verb.attributes.get("finishOnKey", _DEFAULT_FINISH)
    while (left := end - walker.moment) > 0:
        act = walker.attend(min(left, verb.seconds("timeout", 5)), listening=True)
        if act is None:
            return ""
        if isinstance(act, Press) and (ended := next((key for key in act.keys if key in finish), "")):
            return ended
    return ""


def _transcribe(walker: Walker, verb: Verb, document: Document, recording: Recording) -> None:
    url = verb.attributes.get("transcribeCallback")
    if not url or recording.duration_seconds < _SHORTEST_TRANSCRIBED_SECONDS:
        return
    where = recording_url(walker.world, recording)
    sid = new_sid("TR")
    fields = (
        ("RecordingSid", recording.sid),
        ("RecordingUrl", where),
        ("TranscriptionSid", sid),
        ("TranscriptionText", " ".join(recording.words)),
        ("TranscriptionStatus", "completed"),
        ("TranscriptionType", "fast"),
        ("TranscriptionUrl", f"{where}/Transcriptions/{sid}"),
    )
    form = (*standard(walker.leg), *fields)
    walker.world.callbacks.post(walker.leg.story, walker.leg.sid, document.absolute(url), form)
