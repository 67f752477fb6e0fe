"""Possible opt-outs through the API: the agent's wrap-up, the supervisor's queue, who may see and do what."""

from pathlib import Path
from typing import Any

import pytest

from dialer.calls.dispositions import Disposition
from dialer.objections.hearing import hear
from dialer.objections.listening import Turn, listen
from dialer.objections.opt_out import Context, context_of
from dialer.objections.overdue import settle_overdue
from dialer.people.roles import Role
from dialer.store.configuration import Section
from tests.doubles.house import NUMBER, campaign
from tests.web.api.centre import Centre, centre_on
from tests.web.api.conftest import pointers

HOSTILE = "oh just get lost"
CODES = {"DNC": "opt_out", "FINE": "fine_to_call", "NOASK": "did_not_ask", "NOPE": "refusal"}
SCOPE = {"reach": "principal", "channels": "text"}


@pytest.fixture
def centre(redis_url: str, tmp_path: Path) -> Centre:
    made = centre_on(redis_url, tmp_path)
    codes = {code.casefold(): Disposition(means) for code, means in CODES.items()}
    made.house.parts.conduct.put_codes("alder", codes, by="test", at="2026-11-23T09:00:00+00:00")
    return made


def called(centre: Centre, words: str, line: str = NUMBER) -> str:
    """Call a line, let the callee say this, and return the decision."""
    decision = str(centre.decision(line, agent="a17")["id"])
    entry = centre.house.parts.ledger.find(decision)
    assert entry is not None
    turn = Turn(words=words, confidence=None, source="speech", objection_id=f"obj_{decision}")
    listen(turn, context_of(entry.fields), centre.house.parts.listening)
    return decision


def wrapped(centre: Centre, decision: str, code: str) -> Any:
    body = {"decision": decision, "code": code}
    return centre.caller(Role.AGENT, agent="a17").post("/v1/wrap-ups", body)


def reason(centre: Centre, line: str = NUMBER) -> str:
    return str(centre.decision(line)["reason"])


def waiting(centre: Centre, role: Role = Role.SUPERVISOR, **seen: Any) -> list[Any]:
    return list(centre.caller(role, **seen).get("/v1/reviews?kind=opt_out").json["items"])


def decided(centre: Centre, review: str, body: dict[str, Any], role: Role = Role.SUPERVISOR) -> Any:
    return centre.caller(role).post(f"/v1/reviews/{review}", body)


def test_asked_us_to_stop_is_an_objection_as_wide_as_what_was_heard(centre: Centre) -> None:
    decision = called(centre, HOSTILE)
    assert wrapped(centre, decision, "dnc").status_code == 201
    assert (reason(centre), waiting(centre)) == ("UK_ART21_OBJECTED", [])
    assert len(centre.house.parts.records.of_line(NUMBER).objections) == 1


def test_fine_to_call_lets_the_line_go_with_the_agents_name(centre: Centre) -> None:
    decision = called(centre, HOSTILE)
    (review,) = waiting(centre)
    wrapped(centre, decision, "FINE")
    assert (reason(centre), waiting(centre)) == ("UK_R21_CLEAR", [])
    settled = centre.caller(Role.AUDITOR).get(f"/v1/reviews/{review['id']}").json
    assert (settled["state"], settled["settled_by"]["agent"]) == ("released", "a17")
    assert settled["ruling_note"]


@pytest.mark.parametrize("code", ["NOASK", "a code nobody mapped"])
def test_did_not_ask_leaves_it_waiting(centre: Centre, code: str) -> None:
    wrapped(centre, called(centre, HOSTILE), code)
    assert (reason(centre), len(waiting(centre))) == ("POLICY_HOLD_REVIEW", 1)


def test_each_wrap_up_twice_does_what_it_does_once(centre: Centre) -> None:
    decision = called(centre, HOSTILE)
    assert [wrapped(centre, decision, code).status_code for code in ("DNC", "DNC", "FINE")] == [201] * 3
    assert reason(centre) == "UK_ART21_OBJECTED"
    assert len(centre.house.parts.records.of_line(NUMBER).objections) == 1


def test_another_calls_wrap_up_settles_nothing_here(centre: Centre) -> None:
    other = str(centre.decision(NUMBER, agent="a17")["id"])
    called(centre, HOSTILE)
    wrapped(centre, other, "FINE")
    assert len(waiting(centre)) == 1


def test_fine_to_call_comes_too_late_once_it_is_in_force(centre: Centre) -> None:
    decision = called(centre, HOSTILE)
    centre.house.clock.advance(days=2)
    assert wrapped(centre, decision, "FINE").status_code == 201
    settle_overdue(centre.house.parts.listening.reviews, centre.house.clock())
    assert [no.words for no in centre.house.parts.records.of_line(NUMBER).objections] == [HOSTILE]


def test_fine_to_call_lifts_the_bar_of_a_refusal_and_a_refusal_sets_it(centre: Centre) -> None:
    decision = called(centre, "no thanks not interested")
    assert (reason(centre), waiting(centre)) == ("POLICY_CAMPAIGN_REFUSED", [])
    wrapped(centre, decision, "FINE")
    assert reason(centre) == "UK_R21_CLEAR"


def test_a_refusal_bars_its_own_campaign_only_and_the_second_is_an_objection(centre: Centre) -> None:
    centre.house.put(Section.CAMPAIGNS, "C2", campaign("C2", topic="windows", caller_id="+442079460101"))
    wrapped(centre, str(centre.decision(NUMBER, agent="a17")["id"]), "NOPE")
    later = centre.decision(NUMBER, campaign="C2")
    assert (reason(centre), later["reason"]) == ("POLICY_CAMPAIGN_REFUSED", "UK_R21_CLEAR")
    told = {"kind": "refusal", "decision": later["id"]}
    answers = [centre.caller(Role.DIALER).post("/v1/reports", told).json for _ in range(2)]
    assert answers[0]["objection"] is not None
    assert answers[0] == answers[1]
    assert reason(centre) == "UK_R21_1A_OBJECTED"


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
