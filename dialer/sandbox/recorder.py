"""Starting and ending recordings, and telling the application about them."""

from dialer.clock import utc_now
from dialer.sandbox.exchange.leg import Fields, Leg
from dialer.sandbox.exchange.recording import Recording
from dialer.sandbox.exchange.story import Story
from dialer.sandbox.webhooks.forms import recorded, recording_status
from dialer.sandbox.world import World

# Sources whose recording Twilio names again in the call's last status callback.
_NAMED_AT_THE_END = frozenset({"DialVerb", "OutboundAPI"})


def recording_url(world: World, recording: Recording) -> str:
    """Return where the recording is fetched: the stand-in itself, since it holds the sound."""
    return f"{world.base_url}/2010-04-01/Accounts/{recording.account_sid}/Recordings/{recording.sid}"


def start_recording(world: World, leg: Leg, recording: Recording) -> Recording:
    """Let `recording` run on `leg` until the leg or the bridge ends."""
    with world.changing():
        leg.recordings.append(recording)
        world.keep(recording)
        leg.story.add("recording", recording.call_sid, sid=recording.sid, status="in-progress")
        _tell(world, leg.story, recording)
    return recording


def finish_recording(world: World, story: Story, recording: Recording) -> None:
    """End a recording; one that has ended stays as it is."""
    with world.changing():
        if not recording.is_running:
            return
        recording.duration_seconds = max(1, round(world.tempo.now() - recording.started_tick))
        recording.status = "completed"
        recording.updated_at = utc_now()
        story.add("recording", recording.call_sid, sid=recording.sid, status="completed")
        _tell(world, story, recording)


def recording_fields(world: World, leg: Leg) -> Fields:
    """Return the fields that name the leg's last recording in its final callback; none without one."""
    named = [each for each in leg.recordings if each.source in _NAMED_AT_THE_END]
    return recorded(named[-1], recording_url(world, named[-1])) if named else ()


def _tell(world: World, story: Story, recording: Recording) -> None:
    if recording.callback and recording.status in recording.callback_events:
        form = recording_status(recording, recording_url(world, recording))
        world.callbacks.post(
            story, recording.call_sid, recording.callback, form, method=recording.callback_method
        )
