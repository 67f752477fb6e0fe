"""Live transcriptions by REST: start one on any leg in progress, stop it. Source: twilio.md section 4.1."""

from dialer.sandbox.exchange.transcription import TranscriptionPlan
from dialer.sandbox.listening import start_listening, stop_listening
from dialer.sandbox.rest import fields
from dialer.sandbox.rest.calls import find
from dialer.sandbox.rest.refusals import RestRefusal, not_found
from dialer.sandbox.rest.shapes import transcription_shape
from dialer.sandbox.routing import Answer, Request, Route, json_answer, route
from dialer.sandbox.world import World

_TRACKS = frozenset({"inbound_track", "outbound_track", "both_tracks"})


def routes(world: World) -> tuple[Route, ...]:
    """Return the doors to live transcriptions."""
    base = "/2010-04-01/Accounts/{account}/Calls/{call}/Transcriptions"
    return (
        route("POST", f"{base}.json", lambda request: _started(world, request)),
        route("POST", f"{base}/{{sid}}.json", lambda request: _stopped(world, request)),
    )


def _started(world: World, request: Request) -> Answer:
    leg, plan = find(world, request, "call"), _plan(request.form())
    if leg.is_over or leg.answered_tick is None:
        raise RestRefusal(21220, "Call is not in-progress. Cannot transcribe.")
    if plan.name and any(
        each.plan.name == plan.name and each.status == "in-progress" for each in leg.transcriptions
    ):
        raise RestRefusal(20001, "A transcription of that Name runs on this call already")
    return json_answer(transcription_shape(start_listening(world, leg, plan)))


def _stopped(world: World, request: Request) -> Answer:
    leg = find(world, request, "call")
    if fields.first(request.form(), "Status") != "stopped":
        raise RestRefusal(20001, "Status must be stopped")
    stopped = stop_listening(world, leg, request.parts["sid"])
    if stopped is None:
        raise not_found(request.path)
    return json_answer(transcription_shape(stopped))


def _plan(form: fields.Form) -> TranscriptionPlan:
    track = fields.first(form, "Track") or "both_tracks"
    if track not in _TRACKS:
        raise RestRefusal(20001, f"Track must be one of {', '.join(sorted(_TRACKS))}")
    return TranscriptionPlan(
        callback=fields.address(form, "StatusCallbackUrl"),
        callback_method=fields.method(form, "StatusCallbackMethod"),
        name=fields.first(form, "Name") or None,
        track=track,
        inbound_label=fields.first(form, "InboundTrackLabel") or None,
        outbound_label=fields.first(form, "OutboundTrackLabel") or None,
        language=fields.first(form, "LanguageCode") or "en-US",
        engine=fields.first(form, "TranscriptionEngine") or "google",
        model=fields.first(form, "SpeechModel") or "telephony",
        hints=fields.first(form, "Hints") or None,
        wants_partials=fields.flag(form, "PartialResults"),
        filters_profanity=fields.flag(form, "ProfanityFilter", default=True),
        punctuates=fields.flag(form, "EnableAutomaticPunctuation", default=True),
    )
