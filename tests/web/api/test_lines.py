"""A yes over the API, and everything held about a line afterwards."""

import pytest

from dialer.people.roles import Role
from tests.web.api.conftest import NUMBER, Caller, CallerAs, pointers

CONSENT = {
    "contact_point": "020 7946 0123",
    "principal": "ORG_A",
    "named_as": "Alder Energy Ltd",
    "channels": ["live_call"],
    "purposes": ["general"],
    "given_at": "2026-10-01T09:00:00+01:00",
    "method": "web_form",
    "wording": {"version": "w3", "text": "May we call?"},
    "proof": {"kind": "form_log", "ref": "f/1"},
    "given_by": "subscriber",
    "source": "own",
    "specific": True,
}


def test_a_consent_is_kept_with_its_id_and_both_clocks(centre: Caller) -> None:
    kept = centre.post("/v1/consents", {**CONSENT, "id": "con_mine", "recorded_at": "2020-01-01T00:00:00Z"})
    assert kept.status_code == 201
    assert (kept.json["contact_point"], kept.json["proposed"]) == (NUMBER, False)
    assert kept.json["id"] != "con_mine"
    assert kept.json["recorded_at"] > "2026"
    events = centre.get(f"/v1/numbers/{NUMBER}").json["events"]
    assert [(e["kind"], e["record"]["id"]) for e in events] == [("consent", kept.json["id"])]


@pytest.mark.parametrize("missing", ["contact_point", "principal", "channels", "purposes", "given_at"])
def test_a_consent_lacking_what_it_is_about_is_pointed_at(centre: Caller, missing: str) -> None:
    answer = centre.post("/v1/consents", {name: value for name, value in CONSENT.items() if name != missing})
    assert pointers(answer) == [f"/{missing}"]
    assert answer.status_code in {400, 404}


def test_a_consent_to_nobody_we_know_is_pointed_at(centre: Caller) -> None:
    assert pointers(centre.post("/v1/consents", {**CONSENT, "principal": "ORG_X"})) == ["/principal"]


def test_an_agents_consent_waits_for_a_second_person(centre: Caller, caller: CallerAs) -> None:
    kept = caller(Role.AGENT, agent="a17").post("/v1/consents", CONSENT)
    assert (kept.status_code, kept.json["proposed"]) == (201, True)
    assert centre.get(f"/v1/numbers/{NUMBER}").json["events"] == []


def test_a_solicitation_and_a_relationship_are_kept_too(centre: Caller) -> None:
    asked = {
        "contact_point": NUMBER,
        "principal": "ORG_A",
        "topic": "solar",
        "channels": ["live_call"],
        "requested_at": "2026-11-20T09:00:00Z",
        "window": {"from": "2026-11-24T09:00:00Z", "until": "2026-11-24T10:00:00Z"},
    }
    sale = {
        "contact_point": NUMBER,
        "principal": "ORG_A",
        "kind": "sale",
        "own_sale": True,
        "collected_at": "2026-01-01T00:00:00Z",
    }
    assert centre.post("/v1/solicitations", asked).json["window"]["from"] == "2026-11-24T09:00:00Z"
    assert centre.post("/v1/relationships", sale).json["id"].startswith("rel_")
    kinds = [event["kind"] for event in centre.get(f"/v1/numbers/{NUMBER}").json["events"]]
    assert kinds == ["relationship", "solicitation"]


def test_a_line_has_a_name_without_its_number_and_answers_to_it(centre: Caller) -> None:
    name = centre.post("/v1/lines/lookup", {"number": "020 7946 0123"}).json["id"]
    same = centre.post("/v1/lines/lookup", {"number": "+44 20 7946 0123"}).json["id"]
    assert name == same
    assert name.startswith("ln_")
    assert "79460123" not in name
    assert centre.get(f"/v1/lines/{name}").json["contact_point"] == NUMBER


def test_an_address_has_a_line_too(centre: Caller) -> None:
    centre.post(
        "/v1/objections", {"contact_point": "Jo@Example.COM", "principal": "ORG_A", "source": "email"}
    )
    name = centre.post("/v1/lines/lookup", {"number": "jo@example.com"}).json["id"]
    assert centre.get(f"/v1/lines/{name}").json["events"][0]["kind"] == "objection"


@pytest.mark.parametrize("path", ["/v1/lines/ln_nothing", "/v1/numbers/999", "/v1/numbers/nonsense"])
def test_a_line_that_cannot_be_is_not_found(centre: Caller, path: str) -> None:
    assert centre.get(path).status_code == 404


def test_a_line_nobody_touched_has_an_empty_dossier(centre: Caller) -> None:
    held = centre.get(f"/v1/numbers/{NUMBER}").json
    assert (held["events"], held["decisions"], held["calls"], held["notices"]) == ([], [], [], [])


def test_a_dossier_tells_decisions_newest_first_and_its_notices(centre: Caller, dialer: Caller) -> None:
    centre.put("/v1/destinations/crm", {"name": "CRM", "url": "https://crm.example/hooks"})
    ids = [dialer.post("/v1/screen", {"to": NUMBER, "campaign": "C1"}).json["id"] for _ in range(3)]
    dialer.post("/v1/screen", {"to": "+442079460124", "campaign": "C1"})
    centre.post("/v1/objections", {"contact_point": NUMBER, "principal": "ORG_A"})
    held = centre.get(f"/v1/numbers/{NUMBER}").json
    assert [decision["id"] for decision in held["decisions"]] == ids[::-1]
    assert [notice["destination"] for notice in held["notices"]] == ["crm"]
    assert held["standing"]["objections"] == [held["events"][0]["record"]["id"]]
