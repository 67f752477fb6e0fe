"""Start and Stop: transcriptions and recordings that run beside the document."""

from dataclasses import replace

from dialer.sandbox.exchange.transcription import TranscriptionPlan
from dialer.sandbox.listening import start_listening, stop_listening
from dialer.sandbox.recorder import finish_recording, start_recording
from dialer.sandbox.twiml.document import Document, TwimlFault, Verb
from dialer.sandbox.twiml.record import recording_for
from dialer.sandbox.twiml.walker import Next, Walker


def start(walker: Walker, verb: Verb, document: Document) -> Next:
    """Start what is inside; the document goes on at once."""
    for noun in verb.children:
        if noun.name == "Transcription":
            start_listening(walker.world, walker.leg, _plan(walker, noun))
        else:
            track = noun.attributes.get("recordingTrack", "both")
            channels = 2 if noun.attributes.get("channels") == "dual" and track == "both" else 1
            recording = recording_for(
                walker, noun, document, source="StartCallRecordingAPI", channels=channels, track=track
            )
            start_recording(walker.world, walker.leg, recording)
    return "on"


def stop(walker: Walker, verb: Verb, _document: Document) -> Next:
    """Stop a transcription by its name, or the recordings this leg's documents started."""
    for noun in verb.children:
        if noun.name == "Recording":
            for recording in walker.leg.recordings:
                finish_recording(walker.world, walker.leg.story, recording)
        elif not noun.attributes.get("name"):
            walker.note(12200, "<Stop><Transcription> needs the name it was started with")
        elif stop_listening(walker.world, walker.leg, noun.attributes["name"]) is None:
            walker.note(12200, f"no transcription named {noun.attributes['name']!r} runs on this call")
    return "on"


def _plan(walker: Walker, noun: Verb) -> TranscriptionPlan:
    given = noun.attributes
    plan = TranscriptionPlan(
        callback=given.get("statusCallbackUrl"),
        callback_method=given.get("statusCallbackMethod", "POST").upper(),
        name=given.get("name"),
        track=given.get("track", "both_tracks"),
        inbound_label=given.get("inboundTrackLabel"),
        outbound_label=given.get("outboundTrackLabel"),
        language=given.get("languageCode", "en-US"),
        engine=given.get("transcriptionEngine", "google"),
        model=given.get("speechModel", "telephony"),
        hints=given.get("hints"),
        wants_partials=noun.flag("partialResults"),
        filters_profanity=noun.flag("profanityFilter", default=True),
        punctuates=noun.flag("enableAutomaticPunctuation", default=True),
    )
    return replace(plan, callback=checked_callback(walker, plan.callback))


def checked_callback(walker: Walker, url: str | None) -> str | None:
    """Return an absolute callback address; warn (17585) of another, which leaves the call as it is."""
    if url is None:
        return None
    try:
        return Document(verbs=()).absolute(url)
    except TwimlFault as fault:
        walker.note(17585, str(fault))
        return None
