"""The agent's wrap-up settles what was heard in the call: asked us to stop, fine to call, did not ask."""

from pathlib import Path

import pytest

from dialer.objections.overdue import settle_overdue
from dialer.people.roles import Role
from dialer.store.configuration import Section
from tests.doubles.house import NUMBER, campaign
from tests.web.api.centre import Centre, centre_on
from tests.web.api.doubts import HOSTILE, called, map_codes, reason, waiting, wrapped


@pytest.fixture
def centre(redis_url: str, tmp_path: Path) -> Centre:
    made = centre_on(redis_url, tmp_path)
    map_codes(made)
    return made


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
