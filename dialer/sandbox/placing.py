"""Calls that begin: somebody rings in, or the REST API rings out; each gets a thread and a first leg."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from dialer.clock import utc_now
from dialer.errors import CannotKeep
from dialer.sandbox.detection import detect
from dialer.sandbox.exchange.leg import (
    CallStatus,
    Detection,
    Direction,
    Fetch,
    Fields,
    Leg,
    Source,
    Subscription,
)
from dialer.sandbox.exchange.party import Party
from dialer.sandbox.exchange.recording import Recording
from dialer.sandbox.exchange.script import Script
from dialer.sandbox.exchange.story import Story
from dialer.sandbox.progress import answer, finish
from dialer.sandbox.recorder import start_recording
from dialer.sandbox.twiml.attending import LegOver, Redirected
from dialer.sandbox.twiml.ringing import ring
from dialer.sandbox.twiml.verbs import VERBS
from dialer.sandbox.twiml.walker import Walker
from dialer.sandbox.world import World


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """Somebody who rings in: who, whom, what their first request adds, and how they behave."""

    sender: str
    to: str
    url: str
    script: Script
    called: str | None = None
    opening: Fields = ()
    lasting: Fields = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """A REST call: whom to ring and what to run when they answer."""

    sender: str
    to: str
    source: Source
    timeout_seconds: float
    fallback: Fetch | None = None
    subscription: Subscription | None = None
    detection: Detection | None = None
    recording: Recording | None = None
    time_limit_seconds: float | None = None


def ring_in(world: World, call: Incoming) -> Leg:
    """Start an incoming call; returns its leg at once. Raises `CannotKeep` at the limits."""
    setup = world.setup
    leg = Leg(
        account_sid=setup.account.sid,
        direction=Direction.INBOUND,
        sender=call.sender,
        to=call.to,
        called=call.called,
        party=Party(call.script),
        story=Story(),
        created_at=utc_now(),
        opening=call.opening,
        lasting=call.lasting,
        fallback=Fetch(url=setup.webhook(setup.fallback_path)),
        subscription=Subscription(url=setup.webhook(setup.status_path)),
    )
    walker = _admitted(world, leg)
    first = Fetch(url=call.url, extra=call.opening)
    return _started(walker, lambda: walker.run(first))


def ring_out(world: World, call: Outgoing) -> Leg:
    """Start a call of the REST API; returns its leg, queued. Raises `CannotKeep` at the limits."""
    leg = Leg(
        account_sid=world.setup.account.sid,
        direction=Direction.OUTBOUND_API,
        sender=call.sender,
        to=call.to,
        party=Party(world.script_of(call.to)),
        story=Story(),
        created_at=utc_now(),
        status=CallStatus.QUEUED,
        fallback=call.fallback,
        subscription=call.subscription,
        detection=call.detection,
    )
    walker = _admitted(world, leg)
    return _started(walker, lambda: _queue_and_ring(walker, call))


def _admitted(world: World, leg: Leg) -> Walker:
    world.admit(leg)
    with world.changing():
        leg.story.add("leg", leg.sid, to=leg.to, sender=leg.sender, direction=leg.direction.value)
    return Walker(world, leg, VERBS)


def _started(walker: Walker, story: Callable[[], CallStatus]) -> Leg:
    try:
        walker.world.threads.start(lambda: _play(walker, story), name="call")
    except CannotKeep:
        finish(walker.world, walker.leg, CallStatus.FAILED)
        raise
    return walker.leg


def _queue_and_ring(walker: Walker, call: Outgoing) -> CallStatus:
    world, leg = walker.world, walker.leg
    try:
        walker.attend(world.queue_seconds)
    except LegOver:
        # Cancelled while queued: no status callback at all (twilio.md section 5).
        with world.changing():
            leg.subscription = None
        raise
    unanswered = ring(walker, timeout_seconds=call.timeout_seconds)
    if unanswered is not None:
        return unanswered
    answer(world, leg)
    with world.changing():
        if call.time_limit_seconds is not None:
            leg.time_limit_tick = world.tempo.now() + call.time_limit_seconds
    if call.recording is not None:
        running = replace(call.recording, call_sid=leg.sid, started_tick=world.tempo.now())
        start_recording(world, leg, running)
    verdict = detect(world, leg, leg.detection) if leg.detection is not None else ()
    source = call.source
    return walker.run(replace(source, extra=verdict) if isinstance(source, Fetch) else source)


def _play(walker: Walker, story: Callable[[], CallStatus]) -> None:
    """Run a first leg to its end; whatever ends it, it ends with a status."""
    status = CallStatus.FAILED
    try:
        status = story()
    except LegOver as over:
        status = over.status
    except Redirected as order:
        status = _redirected_early(walker, order)
    finally:
        finish(walker.world, walker.leg, status)


def _redirected_early(walker: Walker, order: Redirected) -> CallStatus:
    try:
        return walker.run(order.source)
    except LegOver as over:
        return over.status
