"""Recordings by REST: started, paused, stopped, fetched, deleted; and their sound."""

import base64
import io
import urllib.request
import wave

from twilio.rest import Client

from tests.doubles.application import Application
from tests.doubles.standin import StandIn
from tests.sandbox.refusal import refusal

CALLEE, OURS = "+442079460123", "+442079460100"
HELLO = "<Response><Say>Hello</Say></Response>"


def test_a_recording_is_paused_resumed_stopped_fetched_and_deleted(
    standin: StandIn, application: Application, client: Client
) -> None:
    application.gives("/twilio/voice/outgoing", '<Response><Say>Hello</Say><Pause length="500"/></Response>')
    sid = standin.rings_in("client:a17", CALLEE)
    standin.until_answered(sid)
    made = client.calls(sid).recordings.create(
        recording_track="inbound", recording_status_callback=f"{application.url}/recording"
    )

    states = [
        client.calls(sid).recordings("Twilio.CURRENT").update(status=status).status
        for status in ("paused", "in-progress", "stopped")
    ]

    assert states == ["paused", "in-progress", "completed"]
    assert application.wait_for("/recording")[0].form["RecordingSource"] == "StartCallRecordingAPI"
    sound = client.request("GET", f"{client.recordings(made.sid).fetch().media_url}.wav")
    assert sound.status_code == 200
    assert client.recordings(made.sid).delete()
    assert refusal(lambda: client.recordings(made.sid).fetch()) == (404, 20404)
    assert client.recordings(made.sid).fetch(include_soft_deleted=True).status == "deleted"
    assert client.recordings.list() == []


def test_a_recordings_sound_is_as_long_as_it_says(
    standin: StandIn, application: Application, client: Client
) -> None:
    made = client.calls.create(to=CALLEE, from_=OURS, twiml=HELLO, record=True, recording_channels="dual")
    standin.story(made.sid)
    (recording,) = client.recordings.list(call_sid=made.sid)
    secret = base64.b64encode(f"{standin.account.sid}:{standin.account.auth_token}".encode()).decode()
    request = urllib.request.Request(recording.media_url, headers={"Authorization": f"Basic {secret}"})

    with urllib.request.urlopen(request, timeout=10) as answer:
        body = io.BytesIO(answer.read())

    with wave.open(body) as sound:
        assert sound.getnchannels() == 2
        assert sound.getnframes() == int(recording.duration) * sound.getframerate()
