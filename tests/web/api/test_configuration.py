"""Organisations, campaigns and agents: kept whole under their id, and refused where they may not stand."""

from typing import Any

import pytest

from dialer.people.roles import Role
from tests.web.api.conftest import CAMPAIGN, Caller, CallerAs, pointers


def test_an_organisation_comes_back_as_it_was_kept(centre: Caller) -> None:
    kept = centre.get("/v1/organisations/ORG_A").json
    assert (kept["id"], kept["legal_name"], kept["trading_names"]) == (
        "ORG_A",
        "Alder Energy Ltd",
        ["Alder Energy"],
    )
    assert (kept["charity"], kept["fca"]) == (False, None)


def test_an_organisation_without_its_legal_name_is_not_kept(admin: Caller) -> None:
    answer = admin.put("/v1/organisations/ORG_A", {"trading_names": ["Alder"]})
    assert (answer.status_code, pointers(answer)) == (400, ["/legal_name"])
    assert admin.get("/v1/organisations/ORG_A").status_code == 404


def test_an_id_in_the_body_may_only_repeat_the_one_in_the_path(admin: Caller) -> None:
    body = {"legal_name": "Alder Energy Ltd"}
    assert admin.put("/v1/organisations/ORG_A", {**body, "id": "ORG_A"}).status_code == 200
    assert pointers(admin.put("/v1/organisations/ORG_A", {**body, "id": "ORG_B"})) == ["/id"]


@pytest.mark.parametrize("bad", ["a%20b", "a:b", "%C3%BC", "x" * 65, "-a", "a%00b", "%2e%2e"])
def test_an_id_that_cannot_be_one_is_refused(admin: Caller, bad: str) -> None:
    assert admin.put(f"/v1/organisations/{bad}", {"legal_name": "X"}).status_code in {400, 404}


def test_a_campaigns_caller_id_is_kept_in_e164_whatever_was_typed(centre: Caller) -> None:
    kept = centre.put("/v1/campaigns/C1", {**CAMPAIGN, "caller_id": "020 7946 0100"})
    assert kept.json["caller_id"] == "+442079460100"


def test_a_caller_id_belongs_to_one_principal(centre: Caller) -> None:
    theirs = {**CAMPAIGN, "principal": "ORG_B", "announced_name": "Birch Homes Ltd"}
    answer = centre.put("/v1/campaigns/C2", {**theirs, "caller_id": "020 7946 0100"})
    assert (answer.status_code, pointers(answer)) == (409, ["/caller_id"])
    assert centre.put("/v1/campaigns/C2", {**theirs, "caller_id": "+442079460101"}).status_code == 200
    assert centre.put("/v1/campaigns/C3", CAMPAIGN).status_code == 200


@pytest.mark.parametrize("missing", ["principal", "operator"])
def test_a_campaigns_organisations_must_be_kept_first(centre: Caller, missing: str) -> None:
    answer = centre.put("/v1/campaigns/C2", {**CAMPAIGN, missing: "ORG_X"})
    assert (answer.status_code, pointers(answer)) == (422, [f"/{missing}"])


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"classification": None}, "/classification/by"),
        ({"classification": {"by": None, "promotional": False}}, "/classification/by"),
        ({"caller_id": "withheld"}, "/caller_id"),
        ({"caller_id": None}, "/caller_id"),
        ({"announced_name": None}, "/announced_name"),
        ({"announced_name": "National Solar Board"}, "/announced_name"),
        ({"purpose": None}, "/purpose"),
        ({"operator": None}, "/operator"),
    ],
)
def test_an_unlawful_or_unclassified_campaign_is_not_kept_and_why_is_said(
    centre: Caller, change: dict[str, Any], pointer: str
) -> None:
    answer = centre.put("/v1/campaigns/C2", {**CAMPAIGN, **change})
    assert (answer.status_code, pointers(answer)) == (422, [pointer])
    assert centre.get("/v1/campaigns/C2").status_code == 404


def test_an_agent_is_kept_with_campaigns_that_exist(centre: Caller) -> None:
    agent = {"name": "Ann", "endpoint": "client:ann", "campaigns": ["C1"], "default_campaign": "C1"}
    assert centre.put("/v1/agents/a17", agent).json == {"id": "a17", **agent}
    answer = centre.put("/v1/agents/a18", {"campaigns": ["C1", "C9"], "default_campaign": "C8"})
    assert (answer.status_code, pointers(answer)) == (422, ["/campaigns/1"])


def test_an_endpoint_is_one_agents_and_a_number_is_kept_in_e164(centre: Caller) -> None:
    assert centre.put("/v1/agents/a17", {"endpoint": "020 7946 0555"}).json["endpoint"] == "+442079460555"
    answer = centre.put("/v1/agents/a18", {"endpoint": "+442079460555"})
    assert (answer.status_code, pointers(answer)) == (409, ["/endpoint"])


@pytest.mark.parametrize("endpoint", ["", "client:", "sip:", "client:a b", "http://x", "nobody"])
def test_an_endpoint_that_cannot_be_rung_is_refused(centre: Caller, endpoint: str) -> None:
    answer = centre.put("/v1/agents/a17", {"endpoint": endpoint})
    assert (answer.status_code, pointers(answer)) == (400, ["/endpoint"])


def test_who_sees_some_of_an_agents_campaigns_leaves_the_others_alone(
    centre: Caller, caller: CallerAs
) -> None:
    theirs = {
        **CAMPAIGN,
        "principal": "ORG_B",
        "announced_name": "Birch Homes Ltd",
        "caller_id": "+442079460101",
    }
    centre.put("/v1/campaigns/C2", theirs)
    centre.put("/v1/agents/a17", {"campaigns": ["C1", "C2"]})
    birch = caller(Role.SUPERVISOR, principals=("ORG_B",))
    assert birch.get("/v1/agents/a17").json["campaigns"] == ["C2"]
    assert birch.put("/v1/agents/a17", {"name": "Ann", "campaigns": []}).status_code == 200
    assert centre.get("/v1/agents/a17").json["campaigns"] == ["C1"]


def test_a_list_goes_on_where_its_page_ended(admin: Caller) -> None:
    for number in range(5):
        admin.put(f"/v1/organisations/O{number}", {"legal_name": "X"})
    first = admin.get("/v1/organisations?limit=2").json
    second = admin.get(f"/v1/organisations?limit=2&cursor={first['next_cursor']}").json
    last = admin.get(f"/v1/organisations?limit=2&cursor={second['next_cursor']}").json
    ids = [o["id"] for page in (first, second, last) for o in page["items"]]
    assert (ids, last["next_cursor"]) == (["O0", "O1", "O2", "O3", "O4"], None)


@pytest.mark.parametrize(
    "query", ["limit=0", "limit=201", "limit=x", "cursor=x", "cursor=YWJj", "colour=red"]
)
def test_a_page_that_cannot_be_is_refused(admin: Caller, query: str) -> None:
    answer = admin.get(f"/v1/organisations?{query}")
    assert (answer.status_code, pointers(answer)) == (400, [f"/{query.partition('=')[0]}"])
