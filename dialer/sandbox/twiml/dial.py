"""Dial: rings its nouns at once or one after another, bridges the first to answer, reports to its action.

Source: twilio.md sections 2 and 4.6.
"""

from dataclasses import replace

from dialer.clock import utc_now
from dialer.errors import CannotKeep
from dialer.sandbox.exchange.leg import CallStatus, Direction, Fetch, Fields, Leg
from dialer.sandbox.exchange.party import Party
from dialer.sandbox.exchange.recording import Recording
from dialer.sandbox.exchange.script import Press
from dialer.sandbox.progress import finish
from dialer.sandbox.recorder import recording_fields
from dialer.sandbox.twiml.attending import LegOver, Redirected
from dialer.sandbox.twiml.bridge import Bridge
from dialer.sandbox.twiml.child import ChildPlan, run_child
from dialer.sandbox.twiml.document import Document, TwimlFault, Verb
from dialer.sandbox.twiml.record import recording_for
from dialer.sandbox.twiml.targets import UNDIALLABLE, Target, caller_id, read_targets
from dialer.sandbox.twiml.walker import Next, Walker

_BUFFER_SECONDS = 5.0
_LONGEST_CALL_SECONDS = 14_400.0
_FAILED = (("DialCallStatus", "failed"), ("DialBridged", "false"))
# How long, in real seconds, a caller who left is kept for the children to end.
_CHILDREN_END_WITHIN_SECONDS = 20.0


def dial(walker: Walker, verb: Verb, document: Document) -> Next:
    """Ring, bridge, wait; then the action takes over, or without one the document goes on."""
    bridge = Bridge(walker.world, walker.leg)
    try:
        targets = read_targets(verb, document)
        shown = caller_id(walker, verb, rings_numbers=any(each.address.startswith("+") for each in targets))
    except TwimlFault as fault:
        if fault.code == 11100:
            raise
        walker.note(fault.code, str(fault))
        return _after(walker, verb, document, _FAILED)
    groups = [(each,) for each in targets] if verb.flag("sequential") else [targets]
    try:
        for group in groups:
            _ring(walker, bridge, verb, document, group, shown)
            if bridge.winner is not None:
                break
    except (LegOver, Redirected) as leaving:
        bridge.end()
        if isinstance(leaving, LegOver) and not walker.world.is_stopping:
            _report_after_the_caller_left(walker, bridge, verb, document)
        raise
    return _after(walker, verb, document, _outcome(walker, bridge))


def _ring(
    walker: Walker, bridge: Bridge, verb: Verb, document: Document, group: tuple[Target, ...], shown: str
) -> None:
    """Ring one group and see it through: until the bridge has ended or nobody is left to answer."""
    for target in group:
        try:
            _start_child(walker, bridge, verb, document, target, shown)
        except CannotKeep as full:
            walker.note(None, full.message)
    walker.attend(until=bridge.is_settled)
    # People who talk while it rings are not heard; keys they press then do nothing.
    while not bridge.is_settled():
        walker.attend(until=bridge.is_settled)
    if not bridge.is_bridged:
        return
    walker.answer()
    _talk(walker, bridge, verb)
    bridge.end()
    walker.attend(until=bridge.is_over)


def _talk(walker: Walker, bridge: Bridge, verb: Verb) -> None:
    end = walker.moment + verb.seconds("timeLimit", _LONGEST_CALL_SECONDS)
    while (left := end - walker.moment) > 0:
        act = walker.attend(left, listening=True, until=bridge.is_over)
        if act is None or (isinstance(act, Press) and "*" in act.keys and verb.flag("hangupOnStar")):
            return


def _start_child(
    walker: Walker, bridge: Bridge, verb: Verb, document: Document, target: Target, shown: str
) -> None:
    world, parent = walker.world, walker.leg
    child = Leg(
        account_sid=parent.account_sid,
        direction=Direction.OUTBOUND_DIAL,
        sender=shown,
        to=target.address,
        party=Party(world.script_of(target.address)),
        story=parent.story,
        created_at=utc_now(),
        parent=parent,
        subscription=target.subscription,
        detection=target.detection,
    )
    world.admit(child)
    with world.changing():
        bridge.children.append(child)
        child.story.add("leg", child.sid, parent=parent.sid, to=child.to, sender=child.sender)
    plan = ChildPlan(
        target=target,
        timeout_seconds=verb.seconds("timeout", 30) + _BUFFER_SECONDS,
        recording=_recording(walker, verb, document),
        records_from_ringing=verb.attributes.get("record", "").startswith("record-from-ringing"),
    )
    own = Walker(world, child, walker.verbs)
    try:
        world.threads.start(lambda: run_child(own, bridge, plan), name="child")
    except CannotKeep:
        finish(world, child, CallStatus.FAILED)
        raise


def _recording(walker: Walker, verb: Verb, document: Document) -> Recording | None:
    wanted = verb.attributes.get("record", "do-not-record")
    if wanted in {"do-not-record", "false", ""}:
        return None
    track = verb.attributes.get("recordingTrack", "both")
    channels = 2 if wanted.endswith("-dual") and track == "both" else 1
    return recording_for(walker, verb, document, source="DialVerb", channels=channels, track=track)


def _outcome(walker: Walker, bridge: Bridge) -> Fields:
    with walker.world.lock:
        if not bridge.children:
            return _FAILED
        last = bridge.winner or bridge.children[-1]
        status = CallStatus.COMPLETED if bridge.winner is not None else last.status
        was_answered = bridge.winner is not None and not bridge.was_redirected
        duration = (("DialCallDuration", str(last.duration_seconds)),) if was_answered else ()
        reason = (("ErrorCode", "13224"), ("ErrorMessage", UNDIALLABLE)) if last.is_undiallable else ()
        return (
            ("DialCallStatus", status.value),
            ("DialCallSid", last.sid),
            *duration,
            ("DialBridged", "true" if bridge.is_bridged else "false"),
            *recording_fields(walker.world, last),
            *reason,
        )


def _after(walker: Walker, verb: Verb, document: Document, fields: Fields) -> Next:
    if not verb.attributes.get("action"):
        return "on"
    action = document.fetch(verb)
    assert action is not None
    walker.leg.story.add("dialled", walker.leg.sid, **dict(fields))
    return replace(action, extra=fields)


def _report_after_the_caller_left(walker: Walker, bridge: Bridge, verb: Verb, document: Document) -> None:
    with walker.world.lock:
        walker.world.lock.wait_for(
            lambda: bridge.is_over() or walker.world.is_stopping, _CHILDREN_END_WITHIN_SECONDS
        )
    following = _after(walker, verb, document, _outcome(walker, bridge)) if bridge.children else "on"
    if isinstance(following, Fetch):
        walker.tell_at_the_end(following)
