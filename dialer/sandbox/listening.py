"""What is said on a leg, and who writes it down.

inbound_track is what Twilio receives on a leg, outbound_track what it sends there: the far party of a bridge
and everything played. Source: twilio.md section 4.3.
"""

from dialer.clock import utc_now
from dialer.sandbox.exchange.leg import Fields, Leg
from dialer.sandbox.exchange.transcription import Transcription, TranscriptionPlan, without_profanity
from dialer.sandbox.webhooks.forms import transcription_content, transcription_event, transcription_started
from dialer.sandbox.world import World

_ERROR = (("TranscriptionErrorCode", "32655"), ("TranscriptionError", "Provider Unavailable"))
INBOUND, OUTBOUND = "inbound_track", "outbound_track"


def start_listening(world: World, leg: Leg, plan: TranscriptionPlan) -> Transcription:
    """Start a transcription on a leg; under an ordered fault it reports an error and hears nothing."""
    session = Transcription(account_sid=leg.account_sid, call_sid=leg.sid, plan=plan, updated_at=utc_now())
    with world.changing():
        leg.transcriptions.append(session)
        _tell(world, leg, session, "transcription-started", transcription_started(session))
        if world.callbacks.faults.transcription_error:
            session.is_deaf = True
            _tell(world, leg, session, "transcription-error", _ERROR)
    return session


def stop_listening(world: World, leg: Leg, name: str | None = None) -> Transcription | None:
    """Stop the leg's transcription of that name or sid (None: all of them); returns the one stopped."""
    stopped = None
    with world.changing():
        for session in leg.transcriptions:
            if session.status == "in-progress" and (name is None or session.is_called(name)):
                session.status = "stopped"
                session.updated_at = utc_now()
                _tell(world, leg, session, "transcription-stopped", ())
                stopped = session
    return stopped


def is_taken_down(leg: Leg) -> bool:
    """Tell whether what the leg's party says is being transcribed on that leg."""
    return any(session.hears(INBOUND) for session in leg.transcriptions)


def say_on(world: World, leg: Leg, words: str, *, was_heard: bool) -> None:
    """Let the leg's party say something: to its own leg's ears, and to the leg it is bridged with.

    `was_heard` is for the story alone: whether a Gather, a Record or a bridge was open at that moment.
    """
    with world.changing():
        leg.story.add("said", leg.sid, words=words, by=_end(leg), heard=was_heard)
        _take_down(world, leg, INBOUND, words)
        if leg.peer is not None:
            _take_down(world, leg.peer, OUTBOUND, words)
        for recording in leg.recordings:
            recording.words.append(words)


def play_to(world: World, leg: Leg, words: str, *, kind: str) -> None:
    """Let Twilio play or say something on the leg; it lies on the outbound track like a person's words."""
    with world.changing():
        leg.story.add("played", leg.sid, kind=kind, words=words)
        if kind == "say":
            _take_down(world, leg, OUTBOUND, words)


def _take_down(world: World, leg: Leg, track: str, words: str) -> None:
    for session in leg.transcriptions:
        if not session.hears(track):
            continue
        text = without_profanity(words) if session.plan.filters_profanity else words
        if session.plan.wants_partials and len(text.split()) > 1:
            begun = " ".join(text.split()[: len(text.split()) // 2])
            content = transcription_content(session, track, begun, is_final=False)
            _tell(world, leg, session, "transcription-content", content)
        content = transcription_content(session, track, text, is_final=True)
        _tell(world, leg, session, "transcription-content", content)


def _tell(world: World, leg: Leg, session: Transcription, event: str, fields: Fields) -> None:
    session.sequence += 1
    leg.story.add(event, leg.sid, transcription=session.sid, **dict(fields))
    if session.plan.callback is None:
        return
    form = (*transcription_event(session, event, utc_now()), *fields)
    world.callbacks.post(leg.story, leg.sid, session.plan.callback, form, method=session.plan.callback_method)


def _end(leg: Leg) -> str:
    return leg.sender if leg.direction == "inbound" else leg.to
