"""A child leg of a Dial: rings, answers, hears its whisper, is bridged; or is sent elsewhere."""

from dataclasses import dataclass

from dialer.clock import utc_now
from dialer.sandbox.detection import detect
from dialer.sandbox.exchange.leg import CallStatus
from dialer.sandbox.exchange.recording import Recording
from dialer.sandbox.progress import answer, finish
from dialer.sandbox.recorder import start_recording
from dialer.sandbox.twiml.attending import LegOver, Redirected
from dialer.sandbox.twiml.bridge import Bridge
from dialer.sandbox.twiml.ringing import ring
from dialer.sandbox.twiml.schema import WHISPERED
from dialer.sandbox.twiml.targets import UNDIALLABLE, Target
from dialer.sandbox.twiml.walker import Walker


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildPlan:
    """What a Dial asks of one child; `recording` starts at the answer (or the ringing)."""

    target: Target
    timeout_seconds: float
    recording: Recording | None
    records_from_ringing: bool


def run_child(walker: Walker, bridge: Bridge, plan: ChildPlan) -> None:
    """Play one child leg to its end, in its own thread."""
    status = CallStatus.COMPLETED
    try:
        status = _ring_and_talk(walker, bridge, plan)
    except LegOver as over:
        status = over.status
    except Redirected as order:
        bridge.leave(walker.leg)
        status = _run_on(walker, order)
    finally:
        finish(walker.world, walker.leg, status)


def _ring_and_talk(walker: Walker, bridge: Bridge, plan: ChildPlan) -> CallStatus:
    if not plan.target.is_dialable:
        walker.note(13224, UNDIALLABLE)
        walker.leg.is_undiallable = True
        return CallStatus.FAILED
    if plan.records_from_ringing:
        _record(walker, plan)
    unanswered = ring(walker, timeout_seconds=plan.timeout_seconds)
    if unanswered is not None:
        return unanswered
    if not bridge.claim(walker.leg):
        return CallStatus.CANCELED
    answer(walker.world, walker.leg)
    if not plan.records_from_ringing:
        _record(walker, plan)
    if plan.target.detection is not None:
        detect(walker.world, walker.leg, plan.target.detection)
    if plan.target.whisper is not None:
        _whisper(walker, plan)
    bridge.join(walker.leg)
    while walker.attend(listening=True, until=lambda: walker.leg.peer is None) is not None:
        pass
    return CallStatus.COMPLETED


def _whisper(walker: Walker, plan: ChildPlan) -> None:
    """Run the noun's own document; the end of it is the bridge, a Hangup in it is the end of the leg."""
    assert plan.target.whisper is not None
    whisper = Walker(walker.world, walker.leg, walker.verbs, allowed=WHISPERED)
    whisper.run(plan.target.whisper, follows_orders=False)


def _run_on(walker: Walker, order: Redirected) -> CallStatus:
    try:
        return Walker(walker.world, walker.leg, walker.verbs).run(order.source)
    except LegOver as over:
        return over.status


def _record(walker: Walker, plan: ChildPlan) -> None:
    if plan.recording is None:
        return
    plan.recording.created_at = utc_now()
    plan.recording.started_tick = walker.world.tempo.now()
    start_recording(walker.world, walker.leg, plan.recording)
