"""Who may ask: keys, roles, principals, and how much of a number is shown."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from flask import Flask

from dialer.people.roles import NumbersShown, Role
from dialer.store.configuration import Section
from dialer.web.api import every_door
from dialer.wiring import Parts
from tests.web.api.conftest import CAMPAIGN, NUMBER, Caller, CallerAs

BODIES = {"POST": {}, "PUT": {}}
DOORS = [(door.method, door.path.replace("{", "").replace("}", "")) for door in every_door()]


@pytest.mark.parametrize(("method", "path"), DOORS)
@pytest.mark.parametrize("header", [None, "", "Bearer", "Bearer ", "Basic abc", "Bearer wrong", "Bearer a b"])
def test_no_door_opens_without_a_known_key(app: Flask, method: str, path: str, header: str | None) -> None:
    headers = {} if header is None else {"Authorization": header}
    answer = app.test_client().open(path, method=method, json=BODIES.get(method), headers=headers)
    assert (answer.status_code, answer.content_type) == (401, "application/problem+json")
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_the_word_bearer_may_be_written_in_any_case(app: Flask, centre: Caller) -> None:
    headers = {"Authorization": f"bEARER {centre.token}"}
    assert app.test_client().get("/v1/campaigns", headers=headers).status_code == 200


def test_a_revoked_key_is_dead_at_the_next_request(parts: Parts, dialer: Caller) -> None:
    assert dialer.get("/v1/campaigns").status_code == 200
    key = next(k for k in parts.configuration.current().keys.values() if k.role is Role.DIALER)
    parts.configuration.put(Section.KEYS, key.id, replace(key, revoked_at=datetime(2026, 11, 23, tzinfo=UTC)))
    assert dialer.get("/v1/campaigns").status_code == 401


@pytest.mark.parametrize(
    ("role", "method", "path", "opens"),
    [
        (Role.DIALER, "POST", "/v1/screen", True),
        (Role.AGENT, "POST", "/v1/screen", True),
        (Role.AUDITOR, "POST", "/v1/screen", False),
        (Role.SUPERVISOR, "PUT", "/v1/campaigns/C9", True),
        (Role.COMPLIANCE, "PUT", "/v1/campaigns/C9", True),
        (Role.AUDITOR, "PUT", "/v1/campaigns/C9", False),
        (Role.DIALER, "PUT", "/v1/campaigns/C9", False),
        (Role.AUDITOR, "GET", "/v1/decisions", True),
        (Role.AGENT, "GET", "/v1/decisions", False),
        (Role.INTEGRATOR, "POST", "/v1/consents", True),
        (Role.DIALER, "POST", "/v1/consents", False),
        (Role.AUDITOR, "POST", "/v1/objections", False),
        (Role.DIALER, "POST", "/v1/objections", True),
        (Role.SUPERVISOR, "PUT", "/v1/destinations/crm", False),
        (Role.ADMIN, "PUT", "/v1/destinations/crm", True),
        (Role.AUDITOR, "POST", "/v1/what-if", True),
    ],
)
def test_a_door_opens_to_its_roles(caller: CallerAs, role: Role, method: str, path: str, opens: bool) -> None:
    body = None if method == "GET" else {"colour": "red"}
    status = caller(role).ask(method, path, body).status_code
    assert (status == 403) is not opens


@pytest.fixture
def birch(caller: CallerAs) -> Caller:
    """Whoever works for ORG_B alone."""
    return caller(Role.ADMIN, principals=("ORG_B",))


@pytest.mark.parametrize(
    "path", ["/v1/organisations/ORG_A", "/v1/campaigns/C1", "/v1/agents/a17", "/v1/organisations/OP_1"]
)
def test_another_principals_id_is_not_found(centre: Caller, birch: Caller, path: str) -> None:
    assert centre.put("/v1/agents/a17", {"campaigns": ["C1"]}).status_code == 200
    found, absent = birch.get(path), birch.get(path + "x")
    assert (found.status_code, absent.status_code) == (404, 404)
    assert found.json is not None
    assert absent.json is not None
    assert found.json["detail"] == absent.json["detail"]


def test_another_principals_records_cannot_be_written_either(centre: Caller, birch: Caller) -> None:
    stolen = {**CAMPAIGN, "principal": "ORG_B", "caller_id": "+442079460199"}
    consent = {
        "contact_point": NUMBER,
        "principal": "ORG_A",
        "channels": ["live_call"],
        "purposes": ["general"],
        "given_at": "2026-10-01T09:00:00Z",
    }
    assert birch.put("/v1/organisations/ORG_A", {"legal_name": "X"}).status_code == 404
    assert birch.put("/v1/campaigns/C1", stolen).status_code == 404
    assert birch.put("/v1/campaigns/C2", CAMPAIGN).status_code == 404
    assert birch.post("/v1/consents", consent).status_code == 404
    assert birch.post("/v1/objections", {"contact_point": NUMBER, "principal": "ORG_A"}).status_code == 404


def test_lists_hold_only_what_the_key_may_see(centre: Caller, birch: Caller) -> None:
    assert [o["id"] for o in birch.get("/v1/organisations").json["items"]] == ["ORG_B"]
    assert birch.get("/v1/campaigns").json["items"] == []


def test_another_principals_decision_and_line_show_nothing(
    centre: Caller, birch: Caller, dialer: Caller
) -> None:
    decision = dialer.post("/v1/screen", {"to": NUMBER, "campaign": "C1"}).json
    centre.post("/v1/objections", {"contact_point": NUMBER, "principal": "ORG_A"})
    assert birch.get(f"/v1/decisions/{decision['id']}").status_code == 404
    assert birch.get("/v1/decisions").json["items"] == []
    held = birch.get(f"/v1/numbers/{NUMBER}").json
    assert (held["events"], held["decisions"], held["notices"]) == ([], [], [])
    assert birch.post("/v1/objections", {"decision": decision["id"]}).status_code == 404


def test_a_dialer_cannot_screen_for_another_principals_campaign(centre: Caller, caller: CallerAs) -> None:
    answer = caller(Role.DIALER, principals=("ORG_B",)).post("/v1/screen", {"to": NUMBER, "campaign": "C1"})
    assert answer.status_code == 404


@pytest.mark.parametrize(("numbers", "shown"), [(NumbersShown.LAST4, "…0123"), (NumbersShown.NONE, "hidden")])
def test_a_number_is_shown_as_the_key_may_see_it_everywhere(
    centre: Caller, caller: CallerAs, numbers: NumbersShown, shown: str
) -> None:
    said = {"contact_point": NUMBER, "principal": "ORG_A", "words": "it's 020 7946 0123, take it off"}
    kept = centre.post("/v1/objections", said)
    reader = caller(Role.AUDITOR, numbers=numbers)
    line = centre.post("/v1/lines/lookup", {"number": NUMBER}).json["id"]
    assert kept.status_code == 201
    for path in (f"/v1/numbers/{NUMBER}", f"/v1/lines/{line}", "/v1/decisions", "/v1/notices"):
        text = reader.get(path).get_data(as_text=True)
        assert "79460123" not in text.replace(" ", "")
    assert reader.get(f"/v1/lines/{line}").json["contact_point"] == shown


def test_a_campaigns_caller_id_is_shown_to_all_since_every_callee_sees_it(
    centre: Caller, caller: CallerAs
) -> None:
    reader = caller(Role.AUDITOR, numbers=NumbersShown.NONE)
    assert reader.get("/v1/campaigns/C1").json["caller_id"] == "+442079460100"
