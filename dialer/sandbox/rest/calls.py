"""Calls: create, fetch, list and delete. Source: twilio.md section 7.1."""

from datetime import UTC, date, datetime, timedelta

from dialer.clock import utc_now
from dialer.sandbox.exchange.leg import CallStatus, Leg
from dialer.sandbox.exchange.recording import Recording
from dialer.sandbox.placing import Outgoing, ring_out
from dialer.sandbox.rest import fields
from dialer.sandbox.rest.paging import page_of
from dialer.sandbox.rest.refusals import RestRefusal, not_found
from dialer.sandbox.rest.shapes import Shape, call_shape
from dialer.sandbox.routing import Answer, Request, Route, json_answer, route
from dialer.sandbox.world import World


def routes(world: World) -> tuple[Route, ...]:
    """Return the doors to calls, updates apart."""
    base = "/2010-04-01/Accounts/{account}/Calls"
    return (
        route("POST", f"{base}.json", lambda request: create(world, request)),
        route("GET", f"{base}.json", lambda request: listed(world, request)),
        route("GET", f"{base}/{{sid}}.json", lambda request: fetched(world, request)),
        route("DELETE", f"{base}/{{sid}}.json", lambda request: deleted(world, request)),
    )


def create(world: World, request: Request) -> Answer:
    """Ring somebody; answers 201 with the call, queued."""
    form = request.form()
    to, sender = fields.callee(form), fields.caller(form, world.setup.numbers)
    setup = world.setup
    source = fields.source(form, application_url=setup.webhook(setup.outgoing_path))
    if source is None:
        raise RestRefusal(21205, "Url parameter is required: send Url, Twiml or ApplicationSid")
    limit = fields.whole(form, "TimeLimit", 0, most=86_400)
    call = Outgoing(
        sender=sender,
        to=to,
        source=source,
        timeout_seconds=fields.ringing_seconds(form),
        fallback=fields.fallback(form),
        subscription=fields.subscription(form),
        detection=fields.detection(form),
        recording=_recording(world, form),
        time_limit_seconds=limit or None,
    )
    leg = ring_out(world, call)
    with world.lock:
        return json_answer(shape(world, leg) | {"status": CallStatus.QUEUED.value}, status=201)


def fetched(world: World, request: Request) -> Answer:
    """Show one call."""
    leg = find(world, request)
    with world.lock:
        return json_answer(shape(world, leg))


def listed(world: World, request: Request) -> Answer:
    """List calls, newest first, by To, From, Status, ParentCallSid, StartTime and EndTime."""
    with world.lock:
        legs = [leg for leg in reversed(world.legs.values()) if _fits(leg, request)]
        shown, page = page_of(request, legs)
        return json_answer({**page, "calls": [shape(world, leg) for leg in shown]})


def deleted(world: World, request: Request) -> Answer:
    """Forget a call that has ended; one that has not cannot be deleted."""
    leg = find(world, request)
    with world.changing():
        if not leg.is_over:
            raise RestRefusal(20409, "A call in progress cannot be deleted", http_status=409)
        world.legs.pop(leg.sid, None)
    return Answer(status=204)


def find(world: World, request: Request, part: str = "sid") -> Leg:
    """Return the call a path names; raises `RestRefusal` 20404."""
    with world.lock:
        leg = world.legs.get(request.parts[part])
    if leg is None:
        raise not_found(request.path)
    return leg


def shape(world: World, leg: Leg) -> Shape:
    """Return a call's JSON; called under the lock."""
    return call_shape(leg, queue_milliseconds=round(world.queue_seconds * 1000))


def _fits(leg: Leg, request: Request) -> bool:
    shown = CallStatus.RINGING if leg.status is CallStatus.INITIATED else leg.status
    parent = leg.parent.sid if leg.parent else ""
    asked = (("To", leg.to), ("From", leg.sender), ("Status", shown.value), ("ParentCallSid", parent))
    if any(request.asked(name) not in {"", value} for name, value in asked):
        return False
    return _in_time(leg.started_at or leg.created_at, request, "StartTime") and _in_time(
        leg.ended_at, request, "EndTime"
    )


def _in_time(at: datetime | None, request: Request, name: str) -> bool:
    """Tell whether `at` fits `Name` (that day), `Name<` (before) and `Name>` (from then on)."""
    for suffix in ("", "<", ">"):
        wanted = request.asked(name + suffix)
        if not wanted:
            continue
        edge = _instant(wanted, name + suffix)
        if at is None:
            return False
        is_that_day = edge <= at < edge + timedelta(days=1)
        if not {"": is_that_day, "<": at <= edge, ">": at >= edge}[suffix]:
            return False
    return True


def _instant(text: str, name: str) -> datetime:
    try:
        if len(text) == len("2026-11-23"):
            return datetime.combine(date.fromisoformat(text), datetime.min.time(), UTC)
        read = datetime.fromisoformat(text)
    except ValueError as error:
        raise RestRefusal(20001, f"{name} must be a date or an instant, such as 2026-11-23") from error
    return read if read.tzinfo is not None else read.replace(tzinfo=UTC)


def _recording(world: World, form: fields.Form) -> Recording | None:
    if not fields.flag(form, "Record"):
        return None
    events = frozenset(" ".join(form.get("RecordingStatusCallbackEvent", [])).split())
    return Recording(
        account_sid=world.setup.account.sid,
        call_sid="",
        source="OutboundAPI",
        channels=2 if fields.first(form, "RecordingChannels") == "dual" else 1,
        track=fields.first(form, "RecordingTrack") or "both",
        created_at=utc_now(),
        started_tick=0.0,
        callback=fields.address(form, "RecordingStatusCallback"),
        callback_method=fields.method(form, "RecordingStatusCallbackMethod"),
        callback_events=events or frozenset({"completed"}),
    )
