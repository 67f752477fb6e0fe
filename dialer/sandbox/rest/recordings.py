"""Recordings: of the account and of one call; started, paused, resumed, stopped, fetched, deleted."""

from collections.abc import Callable

from dialer.clock import utc_now
from dialer.sandbox.exchange.leg import Leg
from dialer.sandbox.exchange.recording import Recording, sound
from dialer.sandbox.recorder import finish_recording, recording_url, start_recording
from dialer.sandbox.rest import fields
from dialer.sandbox.rest.calls import find
from dialer.sandbox.rest.paging import page_of
from dialer.sandbox.rest.refusals import RestRefusal, not_found
from dialer.sandbox.rest.shapes import Shape, call_recording_shape, recording_shape
from dialer.sandbox.routing import Answer, Request, Route, json_answer, route
from dialer.sandbox.world import World


def routes(world: World) -> tuple[Route, ...]:
    """Return the doors to recordings."""
    own, call = (
        "/2010-04-01/Accounts/{account}/Recordings",
        "/2010-04-01/Accounts/{account}/Calls/{call}/Recordings",
    )

    def of_account(recording: Recording) -> Shape:
        return recording_shape(recording, recording_url(world, recording))

    return (
        route("GET", f"{own}.json", lambda request: _listed(world, request, of_account)),
        route("GET", f"{own}/{{sid}}.json", lambda request: _fetched(world, request, of_account)),
        route("DELETE", f"{own}/{{sid}}.json", lambda request: _deleted(world, request)),
        route("GET", f"{own}/{{sid}}.wav", lambda request: _media(world, request)),
        route("GET", f"{own}/{{sid}}", lambda request: _media(world, request)),
        route("POST", f"{call}.json", lambda request: _started(world, request)),
        route("GET", f"{call}.json", lambda request: _listed(world, request, call_recording_shape)),
        route("GET", f"{call}/{{sid}}.json", lambda request: _fetched(world, request, call_recording_shape)),
        route("POST", f"{call}/{{sid}}.json", lambda request: _updated(world, request)),
        route("DELETE", f"{call}/{{sid}}.json", lambda request: _deleted(world, request)),
    )


def _listed(world: World, request: Request, shape: Callable[[Recording], Shape]) -> Answer:
    if "call" in request.parts:
        find(world, request, "call")
    wanted = request.parts.get("call") or request.asked("CallSid")
    shows_deleted = request.asked("IncludeSoftDeleted").lower() == "true"
    with world.lock:
        rows = [
            each
            for each in reversed(world.recordings.values())
            if wanted in {"", each.call_sid} and (shows_deleted or not each.is_deleted)
        ]
        shown, page = page_of(request, rows)
        return json_answer({**page, "recordings": [shape(each) for each in shown]})


def _fetched(world: World, request: Request, shape: Callable[[Recording], Shape]) -> Answer:
    recording = _find(world, request, or_deleted=request.asked("IncludeSoftDeleted").lower() == "true")
    with world.lock:
        return json_answer(shape(recording))


def _deleted(world: World, request: Request) -> Answer:
    recording = _find(world, request)
    with world.changing():
        if recording.is_running:
            raise RestRefusal(20409, "A recording in progress cannot be deleted", http_status=409)
        recording.is_deleted = True
    return Answer(status=204)


def _media(world: World, request: Request) -> Answer:
    recording = _find(world, request)
    # The sound may be asked for before it is there, as at Twilio.
    if recording.status != "completed":
        raise not_found(request.path)
    return Answer(body=sound(recording), content_type="audio/x-wav")


def _started(world: World, request: Request) -> Answer:
    leg, form = find(world, request, "call"), request.form()
    if leg.is_over or leg.answered_tick is None:
        raise RestRefusal(21220, "Requested resource is not eligible for recording")
    track = fields.first(form, "RecordingTrack") or "both"
    is_dual = fields.first(form, "RecordingChannels") == "dual" and track == "both"
    events = frozenset(" ".join(form.get("RecordingStatusCallbackEvent", [])).split())
    recording = Recording(
        account_sid=leg.account_sid,
        call_sid=leg.sid,
        source="StartCallRecordingAPI",
        channels=2 if is_dual else 1,
        track=track,
        created_at=utc_now(),
        started_tick=world.tempo.now(),
        callback=fields.address(form, "RecordingStatusCallback"),
        callback_method=fields.method(form, "RecordingStatusCallbackMethod"),
        callback_events=events or frozenset({"completed"}),
    )
    start_recording(world, leg, recording)
    return json_answer(call_recording_shape(recording), status=201)


def _updated(world: World, request: Request) -> Answer:
    """Pause, resume or stop; `Twilio.CURRENT` names the recording that runs now."""
    leg, status = find(world, request, "call"), fields.first(request.form(), "Status")
    if status not in {"paused", "in-progress", "stopped"}:
        raise RestRefusal(20001, "Status must be paused, in-progress or stopped")
    recording = _current(world, leg) if request.parts["sid"] == "Twilio.CURRENT" else _find(world, request)
    if recording is None:
        raise not_found(request.path)
    with world.changing():
        if not recording.is_running:
            raise RestRefusal(21220, "The recording is not in progress")
        if status == "stopped":
            finish_recording(world, leg.story, recording)
        else:
            recording.status = status
        recording.updated_at = utc_now()
        leg.story.add("recording", recording.call_sid, sid=recording.sid, status=status)
        return json_answer(call_recording_shape(recording))


def _current(world: World, leg: Leg) -> Recording | None:
    with world.lock:
        running = [each for each in world.recordings.values() if each.call_sid == leg.sid and each.is_running]
        return running[-1] if running else None


def _find(world: World, request: Request, *, or_deleted: bool = False) -> Recording:
    with world.lock:
        recording = world.recordings.get(request.parts["sid"])
        is_there = recording is not None and (or_deleted or not recording.is_deleted)
        if (
            recording is None
            or not is_there
            or request.parts.get("call", recording.call_sid) != recording.call_sid
        ):
            raise not_found(request.path)
        return recording
