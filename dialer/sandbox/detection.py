"""Answering-machine detection: who answered, told at once or to a callback. Source: twilio.md 5."""

from dataclasses import replace

from dialer.sandbox.exchange.leg import Detection, Fields, Leg
from dialer.sandbox.world import World

_VERDICT_MILLISECONDS = "2840"


def detect(world: World, leg: Leg, detection: Detection) -> Fields:
    """Give the verdict on who answered.

    Returns the fields for the document's request; none when a callback is told instead.
    """
    verdict = "human"
    if leg.party.script.is_machine:
        verdict = "machine_end_beep" if detection.waits_for_greeting_end else "machine_start"
    fields = (("AnsweredBy", verdict), ("MachineDetectionDuration", _VERDICT_MILLISECONDS))
    with world.changing():
        leg.answered_by = verdict
        leg.story.add("answered_by", leg.sid, verdict=verdict)
        if detection.callback is None:
            return fields
        told = replace(detection.callback, extra=fields)
        form = (("AccountSid", leg.account_sid), ("CallSid", leg.sid), *fields)
        world.callbacks.post(leg.story, leg.sid, told.url, form, method=told.method)
    return ()
