"""Twilio's events of a leg in our words: its own samples, and what no sample shows."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from dialer.calls.leg import Ended, LegState, ended
from dialer.telephony.inbound import Form
from dialer.telephony.legs import call_refs, event_of, instant, leg_seen
from tests.sandbox.shared import shared_file

AT = datetime(2026, 11, 23, 10, 15, 9, tzinfo=UTC)


def form(**fields: str) -> Form:
    return Form(fields.items())


def sample(name: str) -> dict[str, Any]:
    samples = json.loads(shared_file("twilio/twilio_webhook_samples.json").read_text())["samples"]
    (found,) = (each["params"] for each in samples if each["name"] == name)
    return dict(found)


@pytest.mark.parametrize(
    ("name", "state", "outcome"),
    [
        ("status.dial_number.initiated", None, None),
        ("status.dial_number.ringing", None, None),
        ("status.dial_number.answered", LegState.PICKED_UP, "answered"),
        ("status.dial_number.completed", LegState.PICKED_UP, "answered"),
        ("status.outbound_api.failed", None, None),
        ("status.outbound_api.canceled", None, None),
        ("status.outbound_api.completed_us_stir", LegState.NO_ANSWER, "no_answer"),
        ("amd.async_result", None, "machine"),
        ("recording.dial.completed", None, None),
    ],
)
def test_twilios_own_samples_are_read(name: str, state: LegState | None, outcome: str | None) -> None:
    leg = leg_seen(Form(sample(name).items()))
    end = ended(leg)
    assert (leg.state, end.outcome if end else None) == (state, outcome)


def test_a_call_that_no_agent_is_on_is_not_answered_by_being_picked_up() -> None:
    assert ended(leg_seen(form(CallSid="CA1", CallStatus="completed"))) is None
    assert ended(leg_seen(form(CallSid="CA1", CallStatus="busy"))) is not None


def test_detection_is_the_firmer_word() -> None:
    event = form(CallStatus="completed", ParentCallSid="CA1", AnsweredBy="machine_end_other")
    assert ended(leg_seen(event)) == Ended("machine", is_firm=True)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text",
    [
        "Mon, 23 Nov 2026 10:15:09 +0000",
        "Mon, 23 Nov 2026 10:15:09 GMT",
        "Mon, 23 Nov 2026 11:15:09 +0100",
        "2026-11-23T10:15:09Z",
        "2026-11-23T10:15:09.000000+00:00",
    ],
)
def test_an_instant_is_read_in_either_spelling(text: str) -> None:
    assert instant(text) == AT


@pytest.mark.parametrize("text", [None, "", "soon", "31 Feb", "Mon, 99 Nov 2026 10:15:09 +0000"])
def test_what_is_no_instant_is_none(text: str | None) -> None:
    assert instant(text) is None


def test_what_is_kept_of_an_event_holds_no_number() -> None:
    told = {"From": "+442079460100", "To": "+442079460123", "CallSid": "CA1", "CallStatus": "busy"}
    event = event_of(form(**told, SequenceNumber="3", Timestamp="Mon, 23 Nov 2026 10:15:09 +0000"))
    kept = {"CallSid": "CA1", "CallStatus": "busy", "SequenceNumber": "3", "Timestamp": AT.isoformat()}
    assert event == kept


def test_a_call_is_known_by_its_agents_leg_first() -> None:
    assert call_refs(form(CallSid="CA2", ParentCallSid="CA1")) == ("CA1", "CA2")
    assert call_refs(form()) == ()
