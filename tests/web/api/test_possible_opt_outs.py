"""Possible opt-outs through the API: the supervisor's queue, and who may see and do what."""

from pathlib import Path
from typing import Any

import pytest

from dialer.objections.hearing import hear
from dialer.objections.listening import Turn, listen
from dialer.objections.opt_out import Context
from dialer.people.roles import Role
from tests.doubles.house import NUMBER
from tests.web.api.centre import Centre, centre_on
from tests.web.api.conftest import pointers
from tests.web.api.doubts import HOSTILE, called, decided, reason, waiting

SCOPE = {"reach": "principal", "channels": "text"}


@pytest.fixture
def centre(redis_url: str, tmp_path: Path) -> Centre:
    return centre_on(redis_url, tmp_path)


def test_the_queue_shows_what_was_heard_and_where_the_doubt_lies(centre: Centre) -> None:
    decision = called(centre, HOSTILE)
    (review,) = waiting(centre, Role.AUDITOR)
    heard = review["possible"]
    start, end = heard["span"]
    assert (heard["words"], "get lost" in HOSTILE[start:end]) == (HOSTILE, True)
    assert (heard["decision"], heard["agent"], heard["campaign"]) == (decision, "a17", "C1")
    assert heard["confidence"] == hear(HOSTILE).confidence
    assert heard["comes_into_force_at"].startswith("2026-11-25T00:00:00")


def test_a_supervisor_settles_it_each_way(centre: Centre) -> None:
    bodies = [
        ({"outcome": "confirm"}, "confirmed", "UK_ART21_OBJECTED"),
        ({"outcome": "not_an_opt_out", "note": "they meant the dog"}, "released", "UK_R21_CLEAR"),
        ({"outcome": "change_scope", "scope": SCOPE}, "confirmed", "UK_R21_CLEAR"),
    ]
    for number, (body, state, after) in enumerate(bodies):
        line = f"+44207946020{number}"
        called(centre, HOSTILE, line)
        (review,) = waiting(centre)
        assert [decided(centre, review["id"], body).json["state"] for _ in range(2)] == [state] * 2
        assert (reason(centre, line), waiting(centre)) == (after, [])


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"outcome": "not_an_opt_out"}, "/note"),
        ({"outcome": "change_scope"}, "/scope"),
        ({"outcome": "confirm", "scope": SCOPE}, "/scope"),
        ({"outcome": "approve"}, "/outcome"),
        ({"outcome": "perhaps"}, "/outcome"),
        ({}, "/outcome"),
    ],
)
def test_half_a_decision_is_refused_and_points_at_what_lacks(
    centre: Centre, body: dict[str, Any], pointer: str
) -> None:
    called(centre, HOSTILE)
    (review,) = waiting(centre)
    assert pointer in pointers(decided(centre, review["id"], body))
    assert len(waiting(centre)) == 1


def test_settled_one_way_it_is_not_settled_another_way(centre: Centre) -> None:
    called(centre, HOSTILE)
    (review,) = waiting(centre)
    decided(centre, review["id"], {"outcome": "confirm"})
    too_late = {"outcome": "not_an_opt_out", "note": "no"}
    assert decided(centre, review["id"], too_late).status_code == 409
    assert reason(centre) == "UK_ART21_OBJECTED"


def test_an_objection_in_between_wins_over_a_release(centre: Centre) -> None:
    called(centre, HOSTILE)
    (review,) = waiting(centre)
    centre.house.clock.advance(minutes=1)
    centre.house.object()
    answer = decided(centre, review["id"], {"outcome": "not_an_opt_out", "note": "no"})
    assert answer.status_code == 409
    assert "objected since" in answer.json["detail"]


@pytest.mark.parametrize("role", [Role.AGENT, Role.DIALER, Role.INTEGRATOR, Role.AUDITOR])
def test_only_a_supervisor_decides(centre: Centre, role: Role) -> None:
    called(centre, HOSTILE)
    (review,) = waiting(centre)
    assert decided(centre, review["id"], {"outcome": "confirm"}, role).status_code == 403
    assert reason(centre) == "POLICY_HOLD_REVIEW"


def test_another_principals_queue_is_empty_and_its_reviews_are_not_there(centre: Centre) -> None:
    called(centre, HOSTILE)
    (review,) = waiting(centre)
    assert waiting(centre, principals=("birch",)) == []
    stranger = centre.caller(Role.SUPERVISOR, principals=("birch",))
    assert stranger.get(f"/v1/reviews/{review['id']}").status_code == 404
    assert stranger.post(f"/v1/reviews/{review['id']}", {"outcome": "confirm"}).status_code == 404


def test_an_agent_reads_the_prompts_of_their_own_call_only(centre: Centre) -> None:
    decision = called(centre, HOSTILE)
    path = f"/v1/calls/{decision}/prompts"
    own = centre.caller(Role.AGENT, agent="a17").get(path).json
    assert [item["kind"] for item in own["items"]] == ["possible_opt_out"]
    assert HOSTILE not in str(own)
    assert centre.caller(Role.AGENT, agent="a18").get(path).status_code == 404
    assert centre.caller(Role.DIALER).get("/v1/calls/CA_nobody/prompts").status_code == 404


def test_a_return_call_without_a_decision_waits_as_well(centre: Centre) -> None:
    context = Context(
        contact_point=NUMBER,
        principal="alder",
        operator="beck",
        campaign="C1",
        agent=None,
        decision=None,
        call_ref="CA7",
    )
    turn = Turn(words=HOSTILE, confidence=None, source="speech", objection_id="obj_7")
    for _ in range(2):
        listen(turn, context, centre.house.parts.listening)
    assert len(centre.house.parts.listening.reviews.waiting.of_line(NUMBER).reviews) == 1
