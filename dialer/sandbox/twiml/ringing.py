"""Letting somebody's phone ring, until they answer, do not, or are not to be had."""

from typing import assert_never

from dialer.sandbox.exchange.leg import CallStatus
from dialer.sandbox.exchange.script import Pickup
from dialer.sandbox.progress import report
from dialer.sandbox.twiml.walker import Walker

_UNREACHABLE_AFTER_SECONDS = 0.5


def ring(walker: Walker, *, timeout_seconds: float) -> CallStatus | None:
    """Ring the leg's party; returns None when they pick up, else what the leg ends as.

    Raises `LegOver` when the call is given up meanwhile.
    """
    world, leg, script = walker.world, walker.leg, walker.leg.party.script
    report(world, leg, "initiated", CallStatus.INITIATED)
    walker.attend(world.queue_seconds)
    if script.pickup is Pickup.UNREACHABLE:
        walker.attend(_UNREACHABLE_AFTER_SECONDS)
        return CallStatus.FAILED
    with world.changing():
        leg.status = CallStatus.RINGING
    report(world, leg, "ringing", CallStatus.RINGING)
    if script.pickup is Pickup.NO_ANSWER or script.ring_seconds > timeout_seconds:
        walker.attend(timeout_seconds)
        return CallStatus.NO_ANSWER
    walker.attend(script.ring_seconds)
    match script.pickup:
        case Pickup.BUSY:
            return CallStatus.BUSY
        case Pickup.ANSWERS:
            return None
        case _:
            assert_never(script.pickup)
