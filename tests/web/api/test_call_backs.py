"""A call-back counts at once with the agent's own connected call as proof, and never over a no."""

from datetime import timedelta
from typing import Any

import pytest

from dialer.clock import utc_now
from dialer.people.roles import Role
from dialer.wiring import Parts
from tests.web.api.conftest import NUMBER, Caller, CallerAs, pointers

PICKED_UP = {"ParentCallSid": "CA1", "CallStatus": "in-progress"}


@pytest.fixture
def agent(centre: Caller, caller: CallerAs) -> Caller:
    kept = centre.put("/v1/agents/a17", {"endpoint": "client:a17", "campaigns": ["C1"]})
    assert kept.status_code == 200
    return caller(Role.AGENT, agent="a17")


def a_call(agent: Caller, parts: Parts, **event: str) -> str:
    """An allowed call of the agent, with what became of it; returns its decision."""
    decision = agent.post("/v1/screen", {"to": NUMBER, "campaign": "C1"}).json
    entry = parts.ledger.find(decision["id"])
    assert entry is not None
    if event:
        parts.calls.note(decision["id"], "digest", event)
    return str(decision["id"])


def counting(parts: Parts) -> list[str | None]:
    """The ids of the requests a judge sees."""
    return [request.id for request in parts.records.of_line(NUMBER).solicitations]


def test_a_call_back_without_a_connected_call_waits(agent: Caller, parts: Parts) -> None:
    kept = agent.post("/v1/callbacks", {"decision_id": a_call(agent, parts), "topic": "solar"})
    assert (kept.status_code, kept.json["proposed"], counting(parts)) == (201, True, [])
    assert kept.json["proof"] == {"kind": "call", "ref": kept.json["proof"]["ref"], "sha256": None}


def test_only_the_agents_own_call_is_a_proof(agent: Caller, caller: CallerAs, parts: Parts) -> None:
    decision = a_call(agent, parts, **PICKED_UP)
    another = caller(Role.AGENT, agent="a18")
    kept = another.post("/v1/callbacks", {"decision_id": decision}).json
    assert (kept["proposed"], counting(parts)) == (True, [])


def test_a_call_nobody_knows_is_not_found(agent: Caller, caller: CallerAs, parts: Parts) -> None:
    decision = a_call(agent, parts)
    stranger = caller(Role.AGENT, ("ORG_B",), agent="b1")
    assert agent.post("/v1/callbacks", {"decision_id": "dec_x"}).status_code == 404
    assert stranger.post("/v1/callbacks", {"decision_id": decision}).status_code == 404


@pytest.mark.parametrize(
    ("changed", "pointer"),
    [
        ({"at": (utc_now() + timedelta(days=1)).isoformat()}, "/at"),
        ({"at": "2020-01-01T00:00:00Z"}, "/at"),
        ({"window": {"from": "2027-01-02T10:00:00Z"}}, "/window"),
        ({"window": {"from": "2027-01-02T10:00:00Z", "until": "2027-01-02T10:00:00Z"}}, "/window"),
        ({"topic": ""}, "/topic"),
        ({"whom": "P1"}, "/whom"),
    ],
)
def test_a_call_back_that_cannot_be_kept_is_pointed_at(
    agent: Caller, parts: Parts, changed: dict[str, Any], pointer: str
) -> None:
    answer = agent.post("/v1/callbacks", {"decision_id": a_call(agent, parts), **changed})
    assert (answer.status_code, pointers(answer)) == (400, [pointer])
