"""How a leg moves on: answered, reported, ended; each change made once and announced."""

from dialer.clock import utc_now
from dialer.sandbox.exchange.leg import CallStatus, Direction, Leg
from dialer.sandbox.listening import stop_listening
from dialer.sandbox.recorder import finish_recording, recording_fields
from dialer.sandbox.webhooks.forms import progress
from dialer.sandbox.world import World

# The SIP answer Twilio shows for each ending. Source: twilio.md section 5.
SIP_CODES = {
    CallStatus.COMPLETED: "200",
    CallStatus.BUSY: "486",
    CallStatus.NO_ANSWER: "487",
    CallStatus.FAILED: "404",
    CallStatus.CANCELED: "487",
}


def report(world: World, leg: Leg, event: str, status: CallStatus) -> None:
    """Post a progress event, if the leg's subscription wants it."""
    with world.changing():
        leg.story.add("status", leg.sid, status=status.value, direction=leg.direction.value)
        subscription = leg.subscription
        if subscription is None or event not in subscription.events:
            return
        form = progress(leg, status, sequence=leg.sequence, at=utc_now())
        if status.is_final:
            form = (*form, *recording_fields(world, leg))
        leg.sequence += 1
        world.callbacks.post(leg.story, leg.sid, subscription.url, form, method=subscription.method)


def answer(world: World, leg: Leg) -> None:
    """Let the leg be answered now; does nothing to one that was, or that has ended."""
    with world.changing():
        if leg.answered_tick is not None or leg.is_over:
            return
        leg.answered_tick = world.tempo.now()
        leg.started_at = utc_now()
        leg.status = CallStatus.IN_PROGRESS
        leg.party.begin(leg.answered_tick)
        report(world, leg, "answered", CallStatus.IN_PROGRESS)


def finish(world: World, leg: Leg, status: CallStatus) -> None:
    """End the leg with `status`; recordings and transcriptions end with it. Does nothing twice."""
    with world.changing():
        if leg.is_over:
            return
        if leg.answered_tick is not None:
            # Rounded up, so that a call that was answered never lasted nought seconds.
            leg.duration_seconds = max(1, round(world.tempo.now() - leg.answered_tick))
        for recording in leg.recordings:
            finish_recording(world, leg.story, recording)
        stop_listening(world, leg)
        leg.status = status
        leg.ended_at = utc_now()
        # An incoming call's one callback carries no SIP code (sample status.incoming_number.completed).
        leg.sip_code = None if leg.direction is Direction.INBOUND else SIP_CODES[status]
        if leg.peer is not None:
            leg.peer.peer = None
            leg.peer = None
        report(world, leg, "completed", status)
