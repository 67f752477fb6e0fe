"""A no that was misheard: one proposes, a second person agrees, it ends then and everybody is told."""

import json
from typing import Any

import pytest

from dialer.law.records import Reach, Scope
from dialer.objections.record import record
from dialer.objections.saying import Saying
from dialer.people.roles import Role
from dialer.store import keys
from dialer.wiring import Parts
from tests.web.api.conftest import NUMBER, Caller, CallerAs, pointers

OTHER = "+442079460124"
THIRD = "+442079460125"
MISHEARD = {"why": "misheard", "note": "he said: stop by"}


@pytest.fixture
def agent(caller: CallerAs) -> Caller:
    return caller(Role.AGENT, agent="a17")


@pytest.fixture
def supervisor(caller: CallerAs) -> Caller:
    return caller(Role.SUPERVISOR)


def a_no(parts: Parts, source: str = "agent", **changed: Any) -> str:
    """Record a no of Alder's, by the way it came."""
    scope = Scope(reach=Reach.PRINCIPAL, channels="voice")
    plain = {"contact_point": NUMBER, "principal": "ORG_A", "operator": "OP_1", "scope": scope}
    return record(Saying(**(plain | {"source": source} | changed)), parts.desk).id


def blocked(dialer: Caller, to: str = NUMBER) -> bool:
    """Whether a screening says that they objected."""
    answer = dialer.post("/v1/screen?advisory=true", {"to": to, "campaign": "C1"})
    return "UK_R21_1A_OBJECTED" in str(answer.json)


def test_the_objection_ends_when_the_second_person_agrees(
    centre: Caller, agent: Caller, supervisor: Caller, dialer: Caller, parts: Parts
) -> None:
    name = a_no(parts)
    proposed = agent.post(f"/v1/objections/{name}/correction", MISHEARD)
    assert (proposed.status_code, proposed.json["state"], blocked(dialer)) == (201, "open", True)
    agreed = supervisor.post(f"/v1/reviews/{proposed.json['review']}", {"outcome": "approve"})
    assert (agreed.status_code, blocked(dialer)) == (200, False)
    (objection,) = parts.records.of_line(NUMBER).objections
    assert objection.corrected_at is not None


def test_a_supervisor_may_agree_at_the_door_it_was_proposed_at(
    centre: Caller, agent: Caller, supervisor: Caller, dialer: Caller, parts: Parts
) -> None:
    path = f"/v1/objections/{a_no(parts)}/correction"
    agent.post(path, MISHEARD)
    agreed = supervisor.post(path, MISHEARD)
    assert (agreed.status_code, agreed.json["state"], blocked(dialer)) == (201, "approved", False)
    assert supervisor.post(path, MISHEARD).status_code == 409


def test_nobody_agrees_with_themselves(
    centre: Caller, agent: Caller, supervisor: Caller, parts: Parts
) -> None:
    path = f"/v1/objections/{a_no(parts)}/correction"
    supervisor.post(path, MISHEARD)
    assert supervisor.post(path, MISHEARD).status_code == 403
    assert agent.post(path, MISHEARD).status_code == 409


@pytest.mark.parametrize("source", ["sms", "web", "email", "letter", "keypad", "import"])
def test_what_the_person_typed_or_wrote_is_not_open_to_correction(
    centre: Caller, agent: Caller, parts: Parts, source: str
) -> None:
    refused = agent.post(f"/v1/objections/{a_no(parts, source)}/correction", MISHEARD)
    assert refused.status_code == 409
    assert source in refused.json["detail"]


def test_it_ends_on_every_line_of_the_person_also_one_linked_later(
    centre: Caller, agent: Caller, supervisor: Caller, dialer: Caller, parts: Parts
) -> None:
    at = parts.clock()
    for line in (NUMBER, OTHER):
        parts.lines.link(line, "ORG_A", "P1", by="test", at=at)
    path = f"/v1/objections/{a_no(parts, person='P1')}/correction"
    assert blocked(dialer, OTHER)
    agent.post(path, MISHEARD)
    supervisor.post(path, MISHEARD)
    parts.lines.link(THIRD, "ORG_A", "P1", by="test", at=at)
    assert [blocked(dialer, line) for line in (NUMBER, OTHER, THIRD)] == [False, False, False]


def test_a_line_linked_while_it_waits_is_corrected_with_the_others(
    centre: Caller, agent: Caller, supervisor: Caller, dialer: Caller, parts: Parts
) -> None:
    path = f"/v1/objections/{a_no(parts, person='P1')}/correction"
    agent.post(path, MISHEARD)
    parts.lines.link(THIRD, "ORG_A", "P1", by="test", at=parts.clock())
    assert blocked(dialer, THIRD)
    supervisor.post(path, MISHEARD)
    assert not blocked(dialer, THIRD)


def test_destinations_learn_of_it_in_the_same_act(
    centre: Caller, agent: Caller, supervisor: Caller, parts: Parts
) -> None:
    centre.put("/v1/destinations/crm", {"name": "CRM", "url": "https://crm.example/hooks"})
    name = a_no(parts)
    path = f"/v1/objections/{name}/correction"
    agent.post(path, MISHEARD)
    supervisor.post(path, MISHEARD)
    last = sorted(parts.redis.zrange(keys.due("crm"), 0, -1))[-1].decode()
    told = json.loads(parts.redis.hget(keys.notice(last), "body") or b"{}")
    assert (told["type"], told["data"]["id"], told["data"]["why"]) == (
        "withdrawal.corrected",
        name,
        "misheard",
    )


def test_a_newer_no_stays_whatever_becomes_of_the_older(
    centre: Caller, agent: Caller, supervisor: Caller, dialer: Caller, parts: Parts
) -> None:
    path = f"/v1/objections/{a_no(parts)}/correction"
    agent.post(path, MISHEARD)
    a_no(parts)
    assert supervisor.post(path, MISHEARD).status_code == 201
    assert blocked(dialer)


def test_another_principals_objection_is_not_there(centre: Caller, caller: CallerAs, parts: Parts) -> None:
    stranger = caller(Role.SUPERVISOR, ("ORG_B",))
    path = f"/v1/objections/{a_no(parts)}/correction"
    assert stranger.post(path, MISHEARD).status_code == 404
    assert stranger.post("/v1/objections/obj_x/correction", MISHEARD).status_code == 404


@pytest.mark.parametrize(("given", "pointer"), [({}, "/why"), ({"why": "angry"}, "/why")])
def test_a_correction_that_cannot_be_read_is_pointed_at(
    centre: Caller, agent: Caller, parts: Parts, given: dict[str, str], pointer: str
) -> None:
    assert pointers(agent.post(f"/v1/objections/{a_no(parts)}/correction", given)) == [pointer]


def test_a_rejected_correction_may_be_proposed_again(
    centre: Caller, agent: Caller, supervisor: Caller, dialer: Caller, parts: Parts
) -> None:
    path = f"/v1/objections/{a_no(parts)}/correction"
    review = agent.post(path, MISHEARD).json["review"]
    assert supervisor.post(f"/v1/reviews/{review}", {"outcome": "reject"}).json["state"] == "rejected"
    assert blocked(dialer)
    assert agent.post(path, MISHEARD).status_code == 201


def test_the_same_proposal_and_the_same_ruling_again_are_the_same(
    centre: Caller, agent: Caller, supervisor: Caller, parts: Parts
) -> None:
    """Whoever lost an answer sends the request again."""
    path = f"/v1/objections/{a_no(parts)}/correction"
    first, second = agent.post(path, MISHEARD), agent.post(path, MISHEARD)
    assert (first.status_code, first.json) == (second.status_code, second.json)
    assert agent.post(path, MISHEARD | {"note": "another"}).status_code == 409
    review = f"/v1/reviews/{first.json['review']}"
    ruled, again = (supervisor.post(review, {"outcome": "approve"}) for _ in range(2))
    assert (ruled.status_code, ruled.json) == (again.status_code, again.json)
    assert supervisor.post(review, {"outcome": "approve", "note": "really"}).status_code == 409
