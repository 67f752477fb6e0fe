"""A mark that should not stand: one proposes, a second person agrees, and it ends then, on every line."""

from datetime import timedelta
from typing import Any

import pytest

from dialer.people.roles import Role
from dialer.screening.past import Moment, judge_past
from dialer.screening.rejudge import rejudge
from tests.doubles.house import NUMBER, OTHER_NUMBER
from tests.store.linking import link
from tests.web.api.centre import Centre, centre_on
from tests.web.api.conftest import Caller, pointers

MISREPORTED = {"why": "misreported", "note": "it was her neighbour who said so"}
KINDS = [
    ("wrong_person", "UK_CONSENT_WRONG_PERSON"),
    ("deceased", "POLICY_NO_CONTACT"),
    ("vulnerable", "POLICY_NO_CONTACT"),
    ("legal", "POLICY_NO_CONTACT"),
]


@pytest.fixture
def centre(redis_url: str, tmp_path: Any) -> Centre:
    return centre_on(redis_url, tmp_path)


@pytest.fixture
def agent(centre: Centre) -> Caller:
    return centre.caller(Role.AGENT, agent="a17")


@pytest.fixture
def compliance(centre: Centre) -> Caller:
    return centre.caller(Role.COMPLIANCE)


def mark(centre: Centre, kind: str, line: str = NUMBER) -> str:
    """Report a kind of mark for P1 and return the mark's name, as the line's dossier has it."""
    told = {"contact_point": line, "kind": kind, "person": "P1", "principal": "alder"}
    kept = centre.caller(Role.DIALER).post("/v1/reports", told)
    assert kept.status_code == 201, kept.json
    (known,) = centre.caller(Role.COMPLIANCE).get(f"/v1/numbers/{line}").json["known"]
    assert [made["id"] for made in known["marks"]] == [kept.json["id"]]
    return str(kept.json["id"])


def path(name: str, line: str = NUMBER) -> str:
    return f"/v1/lines/{line}/marks/{name}/correction"


@pytest.mark.parametrize(("kind", "reason"), KINDS)
def test_a_mark_ends_when_the_second_person_agrees(
    centre: Centre, agent: Caller, compliance: Caller, kind: str, reason: str
) -> None:
    name = mark(centre, kind)
    proposed = agent.post(path(name), MISREPORTED)
    assert (proposed.status_code, proposed.json["state"]) == (201, "open")
    assert centre.decision(NUMBER, person="P1")["reason"] == reason
    agreed = compliance.post(f"/v1/reviews/{proposed.json['review']}", {"outcome": "approve"})
    assert (agreed.status_code, agreed.json["kind"]) == (200, "mark")
    assert centre.decision(NUMBER, person="P1")["verdict"] == "allow"


def test_compliance_may_agree_at_the_door_it_was_proposed_at(
    centre: Centre, agent: Caller, compliance: Caller
) -> None:
    name = mark(centre, "deceased")
    agent.post(path(name), MISREPORTED)
    assert compliance.post(path(name), {"why": "wrong_line"}).status_code == 409
    assert compliance.post(path(name), MISREPORTED).json["state"] == "approved"
    assert compliance.post(path(name), MISREPORTED).status_code == 409


def test_nobody_agrees_with_themselves(centre: Centre, agent: Caller, compliance: Caller) -> None:
    name = mark(centre, "deceased")
    compliance.post(path(name), MISREPORTED)
    assert compliance.post(path(name), MISREPORTED).status_code == 403
    assert agent.post(path(name), MISREPORTED).status_code == 409
    assert centre.decision(NUMBER)["reason"] == "POLICY_NO_CONTACT"


def test_a_rejected_lifting_may_be_proposed_again(centre: Centre, agent: Caller, compliance: Caller) -> None:
    name = mark(centre, "legal")
    review = agent.post(path(name), MISREPORTED).json["review"]
    assert compliance.post(f"/v1/reviews/{review}", {"outcome": "reject"}).status_code == 200
    assert centre.decision(NUMBER)["reason"] == "POLICY_NO_CONTACT"
    assert agent.post(path(name), MISREPORTED).status_code == 201


@pytest.mark.parametrize("seen_on", [NUMBER, OTHER_NUMBER])
def test_it_ends_on_every_line_of_the_person_and_on_one_linked_later(
    centre: Centre, agent: Caller, compliance: Caller, seen_on: str
) -> None:
    for line in (NUMBER, OTHER_NUMBER):
        link(centre.house, line)
    name = mark(centre, "vulnerable")
    for who in (agent, compliance):
        who.post(path(name, seen_on), MISREPORTED)
    link(centre.house, "+441134960000")
    for line in (NUMBER, OTHER_NUMBER, "+441134960000"):
        assert centre.decision(line)["verdict"] == "allow", line


def test_it_lifts_that_mark_alone(centre: Centre, agent: Caller, compliance: Caller) -> None:
    name = mark(centre, "wrong_person")
    centre.caller(Role.DIALER).post(
        "/v1/reports", {"contact_point": NUMBER, "kind": "legal", "principal": "alder"}
    )
    for who in (agent, compliance):
        who.post(path(name), MISREPORTED)
    reasons = [reason["code"] for reason in centre.decision(NUMBER, person="P1")["reasons"]]
    assert reasons == ["POLICY_NO_CONTACT"]


def test_the_day_before_is_judged_as_it_was(centre: Centre, agent: Caller, compliance: Caller) -> None:
    name, house = mark(centre, "deceased"), centre.house
    blocked = centre.decision(NUMBER)
    house.clock.advance(hours=1)
    for who in (agent, compliance):
        who.post(path(name), MISREPORTED)
    allowed = centre.decision(NUMBER)
    asked = house.outgoing()
    then = Moment.then(house.clock() - timedelta(minutes=1))
    assert judge_past(asked, then, house.parts.past, house.parts.book).reason == "POLICY_NO_CONTACT"
    for decision in (blocked, allowed):
        line = house.parts.ledger.find(decision["id"])
        assert line is not None
        assert rejudge(line, house.parts.past, house.parts.book).is_same


def test_the_line_tells_who_lifted_it(centre: Centre, agent: Caller, compliance: Caller) -> None:
    name = mark(centre, "deceased")
    for who in (agent, compliance):
        who.post(path(name), MISREPORTED)
    held = centre.caller(Role.COMPLIANCE).get(f"/v1/numbers/{NUMBER}").json
    assert held["known"][0]["no_contact"] is None
    assert held["known"][0]["marks"][0]["lifted_at"] is not None
    told = [(event["kind"], event["actor"]) for event in held["timeline"][:2]]
    assert told == [("lifting", compliance.token), ("lifting proposed", agent.token)]


def test_another_principals_mark_is_not_there(centre: Centre, agent: Caller) -> None:
    name = mark(centre, "deceased")
    stranger = centre.caller(Role.COMPLIANCE, ("birch",))
    assert stranger.post(path(name), MISREPORTED).status_code == 404
    assert agent.post(path("mrk_nothing"), MISREPORTED).status_code == 404
    assert agent.post(path(name, OTHER_NUMBER), MISREPORTED).status_code == 404
    review = agent.post(path(name), MISREPORTED).json["review"]
    assert stranger.post(f"/v1/reviews/{review}", {"outcome": "approve"}).status_code == 404


@pytest.mark.parametrize("given", [{}, {"why": "because"}, {"why": 3}])
def test_a_wish_without_a_reason_is_pointed_at(centre: Centre, agent: Caller, given: Any) -> None:
    answer = agent.post(path(mark(centre, "deceased")), given)
    assert (answer.status_code, pointers(answer)) == (400, ["/why"])


def test_it_stands_in_the_report_of_approvals(centre: Centre, agent: Caller, compliance: Caller) -> None:
    name = mark(centre, "deceased")
    for who in (agent, compliance):
        who.post(path(name), MISREPORTED)
    (settled,) = compliance.get("/v1/reports/approvals?from=2026-11-23&to=2026-11-23&kind=mark").json["items"]
    assert (settled["subject"], settled["state"]) == (name, "approved")
