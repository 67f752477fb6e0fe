"""What a call showed, over the API: wrong person, care, refusal; an agent only of a call of their own."""

from pathlib import Path
from typing import Any

import pytest

from dialer.errors import Conflict
from dialer.people.roles import Role
from tests.doubles.house import NUMBER, OTHER_NUMBER
from tests.web.api.centre import Centre, centre_on
from tests.web.api.conftest import pointers


@pytest.fixture
def centre(redis_url: str, tmp_path: Path) -> Centre:
    return centre_on(redis_url, tmp_path)


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        ("wrong_person", "UK_CONSENT_WRONG_PERSON"),
        ("deceased", "POLICY_NO_CONTACT"),
        ("vulnerable", "POLICY_NO_CONTACT"),
        ("legal", "POLICY_NO_CONTACT"),
        ("refusal", "POLICY_CAMPAIGN_REFUSED"),
    ],
)
def test_a_report_of_a_call_blocks_the_next(centre: Centre, kind: str, reason: str) -> None:
    decision = centre.decision(NUMBER)
    told = {"contact_point": NUMBER, "kind": kind, "decision": decision["id"]}
    kept = centre.caller(Role.DIALER).post("/v1/reports", told)
    assert (kept.status_code, kept.json["principal"]) == (201, "alder")
    assert centre.decision(NUMBER)["reason"] == reason


def test_a_report_kills_the_permits_of_its_line(centre: Centre) -> None:
    decision = centre.decision(NUMBER)
    centre.caller(Role.DIALER).post("/v1/reports", {"kind": "legal", "decision": decision["id"]})
    spent = centre.caller(Role.DIALER).post(
        "/v1/permits/redeem", {"permit": decision["permit"], "call_ref": "T1"}
    )
    assert spent.status_code == Conflict.status


def test_the_person_asked_for_is_the_one_it_is_wrong_for(centre: Centre) -> None:
    decision = centre.decision(NUMBER, person="P1")
    kept = centre.caller(Role.DIALER).post(
        "/v1/reports", {"kind": "wrong_person", "decision": decision["id"]}
    )
    assert kept.json["person"] == "P1"
    assert centre.decision(NUMBER, person="P2")["verdict"] == "allow"
    assert centre.decision(NUMBER, person="P1")["reason"] == "UK_CONSENT_WRONG_PERSON"


def test_the_same_report_of_one_call_is_kept_once(centre: Centre) -> None:
    told = {"kind": "vulnerable", "decision": centre.decision(NUMBER)["id"]}
    first, second = (centre.caller(Role.DIALER).post("/v1/reports", told).json for _ in range(2))
    assert first == second
    timeline = centre.caller(Role.COMPLIANCE).get(f"/v1/numbers/{NUMBER}").json["timeline"]
    assert [event["kind"] for event in timeline] == ["report", "decision"]


def test_an_agent_reports_only_a_call_of_their_own(centre: Centre) -> None:
    agent = centre.caller(Role.AGENT, agent="a17")
    own = agent.post("/v1/screen", {"to": NUMBER, "campaign": "C1"}).json
    others = centre.decision(OTHER_NUMBER)
    assert agent.post("/v1/reports", {"kind": "legal", "decision": own["id"]}).status_code == 201
    assert agent.post("/v1/reports", {"kind": "legal", "decision": others["id"]}).status_code == 404
    unnamed = agent.post("/v1/reports", {"kind": "legal", "contact_point": NUMBER})
    assert (unnamed.status_code, pointers(unnamed)) == (400, ["/decision"])


def test_another_principals_call_is_not_found(centre: Centre) -> None:
    decision = centre.decision(NUMBER)
    stranger = centre.caller(Role.DIALER, ("birch",))
    told = {"kind": "legal", "decision": decision["id"]}
    assert stranger.post("/v1/reports", told).status_code == 404
    assert centre.decision(NUMBER)["verdict"] == "allow"


@pytest.mark.parametrize(
    ("told", "pointer"),
    [
        ({"kind": "legal", "principal": "alder"}, "/contact_point"),
        ({"kind": "rude", "contact_point": NUMBER, "principal": "alder"}, "/kind"),
        ({"contact_point": NUMBER, "principal": "alder"}, "/kind"),
        ({"kind": "legal", "contact_point": NUMBER}, "/principal"),
        ({"kind": "legal", "contact_point": NUMBER, "principal": "alder", "words": "x"}, "/words"),
    ],
)
def test_a_report_that_cannot_be_kept_is_pointed_at(
    centre: Centre, told: dict[str, Any], pointer: str
) -> None:
    answer = centre.caller(Role.DIALER).post("/v1/reports", told)
    assert (answer.status_code, pointers(answer)) == (400, [pointer])


def test_a_report_about_another_line_than_its_call_is_refused(centre: Centre) -> None:
    told = {"kind": "legal", "decision": centre.decision(NUMBER)["id"], "contact_point": OTHER_NUMBER}
    assert pointers(centre.caller(Role.DIALER).post("/v1/reports", told)) == ["/contact_point"]
