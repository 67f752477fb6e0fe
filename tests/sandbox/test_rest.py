"""The REST doors as the official SDK uses them: create, fetch, list, update."""

import pytest
from twilio.rest import Client

from tests.doubles.application import Application
from tests.doubles.standin import StandIn

CALLEE, OURS = "+442079460123", "+442079460100"
ALL = ["initiated", "ringing", "answered", "completed"]
HELLO = "<Response><Say>Hello</Say></Response>"


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
