"""The doors under /sandbox, for tests and for people at a terminal."""

from dataclasses import asdict, replace

from dialer.clock import utc_now
from dialer.errors import Unreadable
from dialer.sandbox.doors.placing_form import ignored, read_call
from dialer.sandbox.exchange.addresses import is_number
from dialer.sandbox.exchange.leg import Leg
from dialer.sandbox.exchange.message import Message
from dialer.sandbox.exchange.script import read_script
from dialer.sandbox.exchange.tempo import LEAST_SPEED, MOST_SPEED
from dialer.sandbox.placing import ring_in
from dialer.sandbox.rest.calls import shape
from dialer.sandbox.rest.shapes import message_shape
from dialer.sandbox.routing import Answer, Request, Route, json_answer, route
from dialer.sandbox.texting import receive
from dialer.sandbox.webhooks.faults import read_faults
from dialer.sandbox.world import World

LONGEST_WAIT_SECONDS = 30.0
MOST_LISTED = 500
_Json = dict[str, object]


def routes(world: World) -> tuple[Route, ...]:
    """Return the stand-in's own doors."""
    doors = (
        ("GET", "", _about),
        ("POST", "callees", _script_callee),
        ("GET", "callees", _callees),
        ("POST", "calls", _place),
        ("GET", "calls", _calls),
        ("GET", "calls/{sid}", _call),
        ("POST", "faults", _order_faults),
        ("GET", "faults", _faults),
        ("POST", "messages", _text_in),
        ("GET", "messages", _messages),
        ("POST", "clock", _set_clock),
        ("POST", "reset", _reset),
    )

    def bound(door: object) -> object:
        return lambda request: door(world, request)  # type: ignore[operator]

    return tuple(route(method, f"/sandbox/{path}".rstrip("/"), bound(door)) for method, path, door in doors)  # type: ignore[arg-type]


def _about(world: World, _request: Request) -> Answer:
    """Say what can be played here, with a first call to copy."""
    return json_answer(
        {
            "what": "a stand-in for Twilio: no call leaves this machine; see docs/sandbox.md",
            "calls": world.setup.public_url,
            "doors": ["callees", "calls", "calls/{sid}?wait_s=20", "messages", "faults", "clock", "reset"],
            "script": [{"wait_s": 1}, {"say": "take me off your list"}, {"hang_up": True}],
            "call": {"from": "client:a17", "to": "+442079460123", "params": {}},
        }
    )


def _script_callee(world: World, request: Request) -> Answer:
    raw = request.json()
    number = raw.get("number")
    if not isinstance(number, str) or not number.strip() or set(raw) - {"number", "script"}:
        raise Unreadable(
            "a callee is {number, script}: the number in E.164, client:identity or sip:user@host"
        )
    key = world.remember(number, read_script(raw.get("script")))
    return json_answer({"number": key}, status=201)


def _callees(world: World, _request: Request) -> Answer:
    with world.lock:
        shown = list(world.callees.items())[-MOST_LISTED:]
    return json_answer(
        {"callees": [{"number": number, "script": _steps(asdict(script))} for number, script in shown]}
    )


def _place(world: World, request: Request) -> Answer:
    raw = request.json()
    leg = ring_in(world, read_call(world, raw))
    lost = ignored(raw)
    return json_answer({"sid": leg.sid} | ({"ignored": lost} if lost else {}), status=201)


def _calls(world: World, _request: Request) -> Answer:
    with world.lock:
        first = [leg for leg in world.legs.values() if leg.parent is None][-MOST_LISTED:]
        return json_answer({"calls": [_summary(world, leg) for leg in reversed(first)]})


def _call(world: World, request: Request) -> Answer:
    """Tell the whole story; `?wait_s=` waits up to so many real seconds for it to end."""
    leg = world.leg(request.parts["sid"])
    with world.lock:
        world.lock.wait_for(lambda: world.is_stopping or world.is_finished(leg), _wait(request))
        story = {
            **_summary(world, leg),
            "legs": [shape(world, each) for each in world.family(leg)],
            "events": list(leg.story.entries),
            "events_lost": leg.story.lost,
        }
    return json_answer(story)


def _order_faults(world: World, request: Request) -> Answer:
    faults = read_faults(request.json())
    with world.changing():
        world.callbacks.order(faults)
    return json_answer(asdict(faults))


def _faults(world: World, _request: Request) -> Answer:
    return json_answer(asdict(world.callbacks.faults))


def _text_in(world: World, request: Request) -> Answer:
    """Let a person text one of our numbers; `opt_out_type` is what Advanced Opt-Out would add."""
    raw = request.json()
    known = ("from", "to", "body", "opt_out_type", "messaging_service_sid")
    if (
        not all(isinstance(value, str) for value in raw.values())
        or set(raw) - set(known)
        or not raw.get("body")
    ):
        raise Unreadable(f"a text is {{from, to, body}}, all text; also {', '.join(known[3:])}")
    given = {name: str(value) for name, value in raw.items()}
    if not is_number(given.get("to", "")) or not is_number(given.get("from", "")):
        raise Unreadable("from and to of a text must be E.164 numbers")
    message = Message(
        account_sid=world.setup.account.sid,
        direction="inbound",
        sender=given["from"],
        to=given["to"],
        body=given["body"][:1_600],
        created_at=utc_now(),
        status="received",
        messaging_service_sid=given.get("messaging_service_sid"),
    )
    receive(world, message, opt_out_type=given.get("opt_out_type"))
    return json_answer({"sid": message.sid}, status=201)


def _messages(world: World, _request: Request) -> Answer:
    with world.lock:
        shown = list(world.messages.values())[-MOST_LISTED:]
        told = [message_shape(each) | {"events": list(each.story.entries)} for each in reversed(shown)]
    return json_answer({"messages": told})


def _set_clock(world: World, request: Request) -> Answer:
    """Set how fast stories run, how long a call is queued, and (in real seconds) how patient webhooks are."""
    raw = request.json()
    limits = {
        "speed": (LEAST_SPEED, MOST_SPEED),
        "queue_s": (0.0, 3_600.0),
        "webhook_timeout_s": (0.05, 15.0),
    }
    for name, value in raw.items():
        if name not in limits:
            raise Unreadable(f"unknown key {name!r}; the clock takes {', '.join(limits)}")
        least, most = limits[name]
        if not isinstance(value, int | float) or isinstance(value, bool) or not least <= value <= most:
            raise Unreadable(f"{name} must be a number from {least} to {most}")
    with world.changing():
        world.tempo.run_at(float(str(raw.get("speed", world.tempo.speed))))
        world.queue_seconds = float(str(raw.get("queue_s", world.queue_seconds)))
        patience = world.callbacks.patience
        limit = float(str(raw.get("webhook_timeout_s", patience.total_seconds)))
        world.callbacks.patience = replace(patience, read_seconds=limit, total_seconds=limit)
        return json_answer(
            {"speed": world.tempo.speed, "queue_s": world.queue_seconds, "webhook_timeout_s": limit}
        )


def _reset(world: World, _request: Request) -> Answer:
    world.reset()
    return json_answer({"reset": True})


def _summary(world: World, leg: Leg) -> _Json:
    return {
        "sid": leg.sid,
        "from": leg.sender,
        "to": leg.to,
        "direction": leg.direction.value,
        "status": leg.status.value,
        "finished": world.is_finished(leg),
    }


def _steps(script: _Json) -> _Json:
    return {name: value for name, value in script.items() if value not in (None, False)}


def _wait(request: Request) -> float:
    try:
        wanted = float(request.asked("wait_s", "0"))
    except ValueError as error:
        raise Unreadable("wait_s must be a number of seconds") from error
    return min(max(0.0, wanted), LONGEST_WAIT_SECONDS)
