"""Which call proves that somebody asked to be rung again: every condition, both sides of the two hours."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from dialer.consents.call_back import GOOD_FOR, OwnCall, is_connected, proves
from dialer.law.records import Relationship, Solicitation

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)
CALL = OwnCall(
    decision="dec_1",
    contact_point="+442079460123",
    principal="alder",
    campaign="C1",
    agent="a17",
    decided_at=NOON - timedelta(minutes=5),
    allowed=True,
    connected=True,
)
REQUEST = Solicitation(
    id="sol_1", contact_point="+442079460123", principal="alder", requested_at=NOON - timedelta(minutes=1)
)


def test_the_agents_own_connected_call_is_a_proof() -> None:
    assert proves(CALL, REQUEST, agent="a17", at=NOON)


@pytest.mark.parametrize(
    "changed",
    [
        {"agent": "a18"},
        {"agent": None},
        {"contact_point": "+442079460124"},
        {"principal": "birch"},
        {"allowed": False},
        {"connected": False},
        {"decided_at": NOON + SECOND},
    ],
)
def test_any_other_call_is_none(changed: dict[str, Any]) -> None:
    assert not proves(replace(CALL, **changed), REQUEST, agent="a17", at=NOON)


@pytest.mark.parametrize(("age", "is_proof"), [(GOOD_FOR, True), (GOOD_FOR + SECOND, False)])
def test_a_call_is_a_proof_for_two_hours(age: timedelta, is_proof: bool) -> None:
    assert proves(replace(CALL, decided_at=NOON - age), REQUEST, agent="a17", at=NOON) is is_proof


@pytest.mark.parametrize("requested_at", [None, CALL.decided_at - SECOND, NOON + SECOND])
def test_what_was_asked_before_the_call_or_not_yet_is_not_proven(requested_at: datetime | None) -> None:
    assert not proves(CALL, replace(REQUEST, requested_at=requested_at), agent="a17", at=NOON)


def test_a_key_without_an_agent_and_a_record_that_is_no_request_are_not_proven() -> None:
    assert not proves(replace(CALL, agent=None), REQUEST, agent=None, at=NOON)
    assert not proves(
        CALL, Relationship(contact_point="+442079460123", principal="alder"), agent="a17", at=NOON
    )


@pytest.mark.parametrize(
    ("event", "says_so"),
    [
        ({"ParentCallSid": "CA1", "CallStatus": "in-progress"}, True),
        ({"ParentCallSid": "CA1", "CallStatus": "completed"}, True),
        ({"ParentCallSid": "CA1", "CallStatus": "no-answer"}, False),
        ({"CallStatus": "in-progress"}, False),
        ({"outcome": "answered", "by": "dialer"}, True),
        ({"outcome": "answered", "by": "me"}, False),
        ({"outcome": "answered"}, False),
        ({"outcome": "machine", "by": "dialer"}, False),
    ],
)
def test_the_callees_leg_or_somebody_else_must_say_that_they_picked_up(
    event: dict[str, str], says_so: bool
) -> None:
    assert is_connected([event], not_by="me") is says_so
