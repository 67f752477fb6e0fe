"""Click to call over HTTP against the stand-in: the agent rings first, the callee after a second look."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from dialer.people.agents import Agent
from dialer.people.keys import Key, digest_of
from dialer.people.roles import Role
from dialer.store import keys
from dialer.store.configuration import Section
from tests.doubles.centre import Centre, running_centre
from tests.doubles.house import NUMBER


@pytest.fixture
def centre(redis_url: str, tmp_path: Path) -> Iterator[Centre]:
    with running_centre(redis_url, tmp_path) as running:
        yield running


def test_the_agent_is_rung_and_then_the_callee_and_one_attempt_counts(centre: Centre) -> None:
    status, told = centre.clicks()
    assert (status, told["status"], told["decision"]["verdict"]) == (201, "queued", "allow")
    assert (told["decision"]["permit"], centre.attempts()) == (None, 0)
    story = centre.standin.story(told["call_ref"])
    assert [leg["to"] for leg in story["legs"]] == ["client:a17", NUMBER]
    assert centre.attempts() == 1
    second = centre.house.parts.ledger.decision_of_call(told["call_ref"])
    assert second not in (None, told["decision"]["id"])


def test_a_refusal_is_told_with_its_decision_and_rings_nobody(centre: Centre) -> None:
    centre.house.object()
    status, told = centre.clicks()
    assert (status, told["status"], told["call_ref"]) == (200, "refused", None)
    assert told["decision"]["reason"] == "UK_R21_1A_OBJECTED"
    assert centre.legs() == []


def test_a_no_while_the_agent_is_rung_dials_nobody(centre: Centre) -> None:
    centre.standin.scripts("client:a17", {"answer_after_s": 20}, {"stay": True})
    _, told = centre.clicks()
    centre.house.object()
    story = centre.standin.story(told["call_ref"])
    assert [leg["to"] for leg in story["legs"]] == ["client:a17"]
    assert "Not dialled" in str(story)
    assert centre.attempts() == 0


def test_the_same_click_twice_rings_once(centre: Centre) -> None:
    first, second = centre.clicks(idempotency="k1"), centre.clicks(idempotency="k1")
    assert first == second
    assert len({leg["sid"] for leg in centre.legs() if leg["to"] == "client:a17"}) == 1


def test_a_permit_is_taken_once_and_counts_one_attempt(centre: Centre) -> None:
    permit = centre.screens()["permit"]
    status, told = centre.clicks(permit=permit)
    again, refused = centre.clicks(permit=permit)
    assert (status, again, refused["decision"]["reason"]) == (201, 200, "E_PERMIT_DEAD")
    centre.standin.story(told["call_ref"])
    assert centre.attempts() == 1


def test_an_agent_who_is_not_assigned_is_refused(centre: Centre) -> None:
    centre.house.put(Section.AGENTS, "b2", Agent(id="b2", endpoint="client:b2"))
    status, told = centre.clicks(agent="b2")
    assert (status, told["decision"]["reason"]) == (200, "E_NOT_ASSIGNED")


@pytest.mark.parametrize("changed", [{"agent": "nobody"}, {"campaign": "nowhere"}])
def test_what_is_not_known_is_404_for_a_key_of_one_principal(centre: Centre, changed: dict[str, str]) -> None:
    assert centre.clicks(token=_key(centre, "alder"), **changed)[0] == 404


def test_another_principals_key_learns_of_neither_campaign_nor_agent(centre: Centre) -> None:
    status, problem = centre.clicks(token=_key(centre, "birch"))
    assert (status, problem["code"]) == (404, "not_found")
    assert centre.legs() == []


def test_a_telephone_that_is_no_verified_line_of_ours_is_not_rung(centre: Centre) -> None:
    phone = Agent(id="a17", endpoint="+442079460777", campaigns=("C1",))
    centre.house.put(Section.AGENTS, "a17", phone)
    assert centre.clicks()[0] == 409
    assert centre.legs() == []


def test_a_verified_line_of_ours_is_rung(centre: Centre) -> None:
    phone = Agent(id="a17", endpoint="+442079460777", campaigns=("C1",))
    centre.house.put(Section.AGENTS, "a17", phone)
    centre.house.parts.redis.hset(keys.line("+442079460777"), "own", '{"kind":"staff","verified":true}')
    status, told = centre.clicks()
    assert status == 201, told
    assert centre.standin.story(told["call_ref"])["legs"][0]["to"] == "+442079460777"


def _key(centre: Centre, principal: str) -> str:
    token = f"rfk_{principal}"
    made = Key(
        id=f"k-{principal}", name="k", role=Role.DIALER, digest=digest_of(token), principals=(principal,)
    )
    centre.house.put(Section.KEYS, made.id, made)
    return token
