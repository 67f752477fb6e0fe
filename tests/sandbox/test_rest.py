"""The REST doors as the official SDK uses them: create, fetch, list, update, and every refusal."""

import urllib.request

import pytest
from twilio.base.exceptions import TwilioRestException
from twilio.rest import Client

from tests.doubles.application import Application
from tests.doubles.standin import StandIn, running_standin

CALLEE, OURS = "+442079460123", "+442079460100"
ALL = ["initiated", "ringing", "answered", "completed"]
HELLO = "<Response><Say>Hello</Say></Response>"


def refusal(attempt: object) -> tuple[int, int]:
    """Return the HTTP status and the code of the refusal that `attempt` meets."""
    with pytest.raises(TwilioRestException) as refused:
        attempt()
    return refused.value.status, refused.value.code


def test_a_call_is_queued_rung_answered_and_ended(
    standin: StandIn, application: Application, client: Client
) -> None:
    application.gives("/run", HELLO)

    made = client.calls.create(
        to=CALLEE,
        from_=OURS,
        url=f"{application.url}/run?decision=dec_1",
        status_callback=f"{application.url}/status",
        status_callback_event=ALL,
    )

    assert (made.status, made.direction) == ("queued", "outbound-api")
    standin.story(made.sid)
    fetched = client.calls(made.sid).fetch()
    assert (fetched.status, fetched.to) == ("completed", CALLEE)
    assert int(fetched.duration) >= 1
    told = [(each.form["SequenceNumber"], each.form["CallStatus"]) for each in application.at("/status")]
    assert told == [("0", "initiated"), ("1", "ringing"), ("2", "in-progress"), ("3", "completed")]
    assert application.at("/run")[0].query == "decision=dec_1"


def test_without_events_only_the_end_is_told_and_counts_nought(
    standin: StandIn, application: Application, client: Client
) -> None:
    standin.scripts(CALLEE, {"busy": True})

    made = client.calls.create(
        to=CALLEE, from_=OURS, twiml=HELLO, status_callback=f"{application.url}/status"
    )

    standin.story(made.sid)
    (told,) = application.at("/status")
    assert (told.form["CallStatus"], told.form["SequenceNumber"]) == ("busy", "0")


@pytest.mark.parametrize(("steps", "answered_by"), [([], "human"), ([{"machine": True}], "machine_start")])
def test_a_machine_is_told_from_a_person_before_the_document_runs(
    standin: StandIn, application: Application, client: Client, steps: list, answered_by: str
) -> None:
    standin.scripts(CALLEE, *steps)

    made = client.calls.create(
        to=CALLEE, from_=OURS, url=f"{application.url}/run", machine_detection="Enable"
    )

    standin.story(made.sid)
    assert application.at("/run")[0].form["AnsweredBy"] == answered_by


def test_an_asynchronous_verdict_comes_with_four_fields(
    standin: StandIn, application: Application, client: Client
) -> None:
    made = client.calls.create(
        to=CALLEE,
        from_=OURS,
        url=f"{application.url}/run",
        machine_detection="DetectMessageEnd",
        async_amd="true",
        async_amd_status_callback=f"{application.url}/amd",
    )

    standin.story(made.sid)
    assert set(application.at("/amd")[0].form) == {
        "AccountSid", "CallSid", "AnsweredBy", "MachineDetectionDuration",
    }  # fmt: skip
    assert "AnsweredBy" not in application.at("/run")[0].form


def test_a_call_cancelled_while_queued_tells_nobody(
    standin: StandIn, application: Application, client: Client
) -> None:
    standin.post("/sandbox/clock", {"queue_s": 500})
    made = client.calls.create(
        to=CALLEE, from_=OURS, twiml=HELLO, status_callback=f"{application.url}/status",
        status_callback_event=ALL,
    )  # fmt: skip
    assert [each.sid for each in client.calls.list(to=CALLEE, status="queued")] == [made.sid]

    client.calls(made.sid).update(status="canceled")

    assert standin.story(made.sid)["status"] == "canceled"
    assert application.asked == []


def test_a_call_cancelled_while_it_rings_is_reported(
    standin: StandIn, application: Application, client: Client
) -> None:
    standin.scripts(CALLEE, {"answer_after_s": 500})
    made = client.calls.create(
        to=CALLEE, from_=OURS, twiml=HELLO, timeout=600, status_callback=f"{application.url}/status",
        status_callback_event=ALL,
    )  # fmt: skip
    application.wait_for("/status", 2)

    client.calls(made.sid).update(status="canceled")

    standin.story(made.sid)
    last = application.at("/status")[-1].form
    assert (last["CallStatus"], last["SipResponseCode"]) == ("canceled", "487")


def test_a_list_is_paged_newest_first(client: Client) -> None:
    sids = [client.messages.create(to=CALLEE, from_=OURS, body=f"{number}").sid for number in range(5)]

    pages = [[each.sid for each in page] for page in _pages(client)]

    assert pages == [sids[:2:-1], sids[2:0:-1], sids[:1]]
    assert [each.sid for each in client.messages.list(page_size=2)] == sids[::-1]


def _pages(client: Client) -> list:
    pages, page = [], client.messages.page(page_size=2)
    while page is not None:
        pages.append(page)
        page = page.next_page()
    return pages


def test_calls_are_found_by_their_parent_and_their_ends(
    standin: StandIn, application: Application, client: Client
) -> None:
    application.gives(
        "/twilio/voice/outgoing", f'<Response><Dial callerId="{OURS}">{CALLEE}</Dial></Response>'
    )
    sid = standin.rings_in("client:a17", CALLEE)
    standin.story(sid)

    (child,) = client.calls.list(parent_call_sid=sid)

    assert (child.to, child._from, child.parent_call_sid) == (CALLEE, OURS, sid)
    assert len(client.calls.list(from_=OURS, to=CALLEE)) == 1
    assert client.calls.list(to="+442079460199") == []


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"to": "", "from_": OURS, "twiml": HELLO}, 21201),
        ({"to": "07946", "from_": OURS, "twiml": HELLO}, 21211),
        ({"to": CALLEE, "from_": "", "twiml": HELLO}, 21213),
        ({"to": CALLEE, "from_": "Beck", "twiml": HELLO}, 21212),
        ({"to": CALLEE, "from_": OURS}, 21205),
        ({"to": CALLEE, "from_": OURS, "url": "/relative"}, 21205),
        ({"to": CALLEE, "from_": OURS, "url": "http://[bad"}, 21205),
        ({"to": CALLEE, "from_": OURS, "twiml": "x" * 4_001}, 32018),
        ({"to": CALLEE, "from_": OURS, "twiml": HELLO, "timeout": 601}, 20001),
        ({"to": CALLEE, "from_": OURS, "url": "http://127.0.0.1/", "method": "PATCH"}, 21403),
    ],
)
def test_a_call_twilio_would_not_make_is_refused(client: Client, fields: dict, code: int) -> None:
    assert refusal(lambda: client.calls.create(**fields)) == (400, code)
    assert client.calls.list() == []


def test_a_number_that_is_not_the_accounts_may_not_be_shown(application: Application) -> None:
    with running_standin(application.url, numbers=frozenset({OURS})) as standin:
        client = Client(standin.account.sid, standin.account.auth_token)
        client.api.base_url = standin.url

        refused = refusal(lambda: client.calls.create(to=CALLEE, from_="+442079460199", twiml=HELLO))

    assert refused == (400, 21210)


@pytest.mark.parametrize("change", [{"status": "completed"}, {"twiml": HELLO}, {"status": "canceled"}])
def test_a_call_that_is_over_cannot_be_changed(standin: StandIn, client: Client, change: dict) -> None:
    made = client.calls.create(to=CALLEE, from_=OURS, twiml=HELLO)
    standin.story(made.sid)

    assert refusal(lambda: client.calls(made.sid).update(**change)) == (400, 21220)


def test_what_is_not_there_is_not_found(client: Client) -> None:
    assert refusal(lambda: client.calls("CA" + "0" * 32).fetch()) == (404, 20404)
    assert refusal(lambda: client.recordings("RE" + "0" * 32).fetch()) == (404, 20404)
    assert refusal(lambda: client.conferences("CF" + "0" * 32).fetch()) == (404, 20404)


@pytest.mark.parametrize("wrong", ["sid", "token"])
def test_strangers_are_not_let_in(standin: StandIn, wrong: str) -> None:
    sid, token = standin.account.sid, standin.account.auth_token
    stranger = Client("AC" + "0" * 31 + "9", token) if wrong == "sid" else Client(sid, token[::-1])
    stranger.api.base_url = standin.url

    assert refusal(lambda: stranger.messages("SM" + "0" * 32).fetch()) == (401, 20003)


def test_a_refusal_never_has_a_type_and_a_title(standin: StandIn) -> None:
    status, body = standin.get("/2010-04-01/Accounts/AC1/Calls.json")

    assert status == 401
    assert set(body) == {"code", "message", "more_info", "status"}


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
    import base64
    import io
    import wave

    made = client.calls.create(to=CALLEE, from_=OURS, twiml=HELLO, record=True, recording_channels="dual")
    standin.story(made.sid)
    (recording,) = client.recordings.list(call_sid=made.sid)
    secret = base64.b64encode(f"{standin.account.sid}:{standin.account.auth_token}".encode()).decode()
    request = urllib.request.Request(recording.media_url, headers={"Authorization": f"Basic {secret}"})

    with urllib.request.urlopen(request, timeout=10) as answer:
        sound = wave.open(io.BytesIO(answer.read()))

    assert sound.getnchannels() == 2
    assert sound.getnframes() == int(recording.duration) * sound.getframerate()
