"""The doors under /sandbox, for tests and for people at a terminal."""

from dataclasses import asdict

from dialer.errors import Unreadable
from dialer.sandbox.doors.clock import set_clock
from dialer.sandbox.doors.placing_form import ignored, read_call
from dialer.sandbox.doors.texts import text_in, texts
from dialer.sandbox.exchange.leg import Leg
from dialer.sandbox.exchange.script import read_script
from dialer.sandbox.placing import ring_in
from dialer.sandbox.rest.calls import shape
from dialer.sandbox.routing import Answer, Request, Route, json_answer, route
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
        ("POST", "messages", text_in),
        ("GET", "messages", texts),
        ("POST", "clock", set_clock),
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
