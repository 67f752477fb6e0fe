"""What is known of a line over the API: kept under one principal, added to, never quietly taken back."""

from typing import Any

import pytest

from dialer.people.roles import Role
from dialer.wiring import Parts
from tests.web.api.conftest import NUMBER, Caller, CallerAs, pointers

OTHER = "+441134960123"


def test_what_is_put_is_what_is_read_and_what_is_left_out_stays(centre: Caller) -> None:
    given = {"principal": "ORG_A", "subscriber": "individual", "persons": ["P1"], "no_contact": "vulnerable"}
    assert centre.put(f"/v1/lines/{NUMBER}", given).status_code == 200
    kept = centre.put("/v1/lines/020 7946 0123", {"principal": "ORG_A", "company": "B1"})
    read = centre.get(f"/v1/lines/{NUMBER}?principal=ORG_A")
    assert read.json == kept.json
    assert (read.json["persons"], read.json["no_contact"], read.json["company"]) == (
        ["P1"],
        "vulnerable",
        "B1",
    )


def test_a_persons_lines_know_each_other(centre: Caller) -> None:
    for line in (NUMBER, OTHER, "jo@example.com"):
        centre.put(f"/v1/lines/{line}", {"principal": "ORG_A", "persons": ["P1"]})
    known = centre.get(f"/v1/lines/{NUMBER}?principal=ORG_A").json
    assert known["other_lines"] == [OTHER, "jo@example.com"]


def test_a_key_of_one_principal_need_not_name_it(centre: Caller, caller: CallerAs) -> None:
    integrator = caller(Role.INTEGRATOR, ("ORG_A",))
    assert integrator.put(f"/v1/lines/{NUMBER}", {"persons": ["P1"]}).json["principal"] == "ORG_A"
    assert integrator.get(f"/v1/lines/{NUMBER}").json["persons"] == ["P1"]


def test_another_principals_knowledge_is_not_there(centre: Caller, caller: CallerAs) -> None:
    centre.put(f"/v1/lines/{NUMBER}", {"principal": "ORG_A", "persons": ["P1"]})
    other = caller(Role.SUPERVISOR, ("ORG_B",))
    assert other.get(f"/v1/lines/{NUMBER}").json["persons"] == []
    assert other.get(f"/v1/lines/{NUMBER}?principal=ORG_A").status_code == 404
    assert other.put(f"/v1/lines/{NUMBER}", {"principal": "ORG_A", "persons": ["P9"]}).status_code == 404


def test_a_line_answers_to_its_name_and_an_integrator_reads_no_dossier(
    centre: Caller, caller: CallerAs
) -> None:
    name = centre.post("/v1/lines/lookup", {"number": NUMBER}).json["id"]
    kept = centre.put(f"/v1/lines/{name}", {"principal": "ORG_A", "persons": ["P1"]})
    assert kept.json["contact_point"] == NUMBER
    assert caller(Role.INTEGRATOR).get(f"/v1/lines/{name}").status_code == 403


@pytest.mark.parametrize(
    ("given", "pointer"),
    [
        ({"principal": "ORG_A", "subscriber": "corporate"}, "/subscriber_evidence"),
        ({"principal": "ORG_A", "subscriber": "nobody"}, "/subscriber"),
        ({"principal": "ORG_A", "no_contact": "tired"}, "/no_contact"),
        ({"principal": "ORG_A", "persons": [""]}, "/persons/0"),
        ({"principal": "ORG_A", "person": "P1"}, "/person"),
        ({"persons": ["P1"]}, "/principal"),
    ],
)
def test_what_cannot_be_kept_is_pointed_at(centre: Caller, given: dict[str, Any], pointer: str) -> None:
    answer = centre.put(f"/v1/lines/{NUMBER}", given)
    assert (answer.status_code, pointers(answer)) == (400, [pointer])
    assert centre.get(f"/v1/lines/{NUMBER}?principal=ORG_A").json["persons"] == []


def test_a_companys_line_needs_its_evidence_once(centre: Caller) -> None:
    told = {"principal": "ORG_A", "subscriber": "corporate"}
    evidence = {"subscriber_evidence": "register of companies, 1 November"}
    assert centre.put(f"/v1/lines/{NUMBER}", {**told, **evidence}).status_code == 200
    assert centre.put(f"/v1/lines/{NUMBER}", {**told, "company": "B1"}).status_code == 200


@pytest.mark.parametrize("line", ["999", "ln_nothing", "nonsense"])
def test_a_line_that_cannot_be_is_not_found(centre: Caller, line: str) -> None:
    assert centre.put(f"/v1/lines/{line}", {"principal": "ORG_A"}).status_code == 404
    assert centre.get(f"/v1/lines/{line}?principal=ORG_A").status_code == 404


def test_a_dialer_keeps_no_line(centre: Caller, dialer: Caller) -> None:
    assert dialer.put(f"/v1/lines/{NUMBER}", {"principal": "ORG_A"}).status_code == 403


@pytest.mark.parametrize("path", ["consents", "objections", "screen"])
def test_a_blank_person_links_no_lines_and_an_endless_one_is_refused(
    centre: Caller, caller: CallerAs, parts: Parts, path: str
) -> None:
    bodies: dict[str, Any] = {
        "consents": {
            "contact_point": NUMBER,
            "principal": "ORG_A",
            "channels": ["live_call"],
            "purposes": ["general"],
            "given_at": "2026-11-20T09:00:00Z",
        },
        "objections": {"contact_point": NUMBER, "principal": "ORG_A"},
        "screen": {"to": NUMBER, "campaign": "C1"},
    }
    teller = caller(Role.DIALER if path == "screen" else Role.INTEGRATOR)
    for blank in ("", "  "):
        assert teller.post(f"/v1/{path}", {**bodies[path], "person": blank}).status_code in (200, 201)
    assert parts.records.of_line(NUMBER).links == {}
    refused = teller.post(f"/v1/{path}", {**bodies[path], "person": "x" * 129})
    assert (refused.status_code, pointers(refused)) == (400, ["/person"])
