"""A no over the API: in force when it is answered, however little was said with it."""

from typing import Any

import pytest

from dialer.people.roles import Role
from dialer.wiring import Parts
from tests.web.api.conftest import NUMBER, Caller, CallerAs, pointers


def test_an_objection_is_in_force_when_it_is_answered(centre: Caller, dialer: Caller) -> None:
    before = dialer.post("/v1/screen?advisory=true", {"to": NUMBER, "campaign": "C1"}).json
    kept = dialer.post("/v1/objections", {"contact_point": "020 7946 0123", "principal": "ORG_A"})
    after = dialer.post("/v1/screen?advisory=true", {"to": NUMBER, "campaign": "C1"}).json
    assert kept.status_code == 201
    assert "UK_R21_1A_OBJECTED" not in str(before)
    assert (after["verdict"], after["reason"]) == ("block", "UK_R21_1A_OBJECTED")


def test_the_answer_names_the_reference_and_each_notice(centre: Caller) -> None:
    centre.put("/v1/destinations/crm", {"name": "CRM", "url": "https://crm.example/hooks"})
    kept = centre.post("/v1/objections", {"contact_point": NUMBER, "principal": "ORG_A"}).json
    assert [notice["destination"] for notice in kept["notices"]] == ["crm"]
    assert len(kept["reference"].replace(" ", "")) == 8
    assert kept["id"].startswith("obj_")
    listed = centre.get("/v1/notices?destination=crm").json["items"]
    assert [notice["id"] for notice in listed] == [kept["notices"][0]["id"]]


def test_a_decision_stands_for_number_principal_and_operator(centre: Caller, dialer: Caller) -> None:
    decision = dialer.post("/v1/screen", {"to": NUMBER, "campaign": "C1"}).json
    kept = dialer.post("/v1/objections", {"decision": decision["id"], "words": "never again"})
    event = centre.get(f"/v1/numbers/{NUMBER}").json["events"][-1]["record"]
    assert kept.status_code == 201
    assert (event["principal"], event["operator"], event["words"]) == ("ORG_A", "OP_1", "never again")


@pytest.mark.parametrize("named", [{"decision": "dec_x"}, {"call_sid": "CA" + "0" * 32}])
def test_a_call_nobody_knows_is_not_found(centre: Caller, named: dict[str, str]) -> None:
    assert centre.post("/v1/objections", named).status_code == 404


@pytest.mark.parametrize(
    ("said", "pointer"),
    [
        ({"principal": "ORG_A"}, "/contact_point"),
        ({"contact_point": "999", "principal": "ORG_A"}, "/contact_point"),
        ({"contact_point": NUMBER}, "/principal"),
        ({"contact_point": NUMBER, "principal": "ORG_A", "source": "smoke"}, "/source"),
        ({"contact_point": NUMBER, "principal": "ORG_A", "words": "x" * 2001}, "/words"),
        ({"contact_point": NUMBER, "principal": "ORG_A", "scope": {"reach": "campaign"}}, "/scope/campaign"),
        ({"contact_point": NUMBER, "principal": "ORG_A", "scope": {"reach": "brand"}}, "/scope/brand"),
        ({"contact_point": NUMBER, "principal": "ORG_A", "effective_at": "now"}, "/effective_at"),
    ],
)
def test_an_objection_that_cannot_be_kept_is_pointed_at(
    centre: Caller, said: dict[str, Any], pointer: str
) -> None:
    answer = centre.post("/v1/objections", said)
    assert (answer.status_code, pointers(answer)) == (400, [pointer])


@pytest.mark.parametrize(
    ("source", "channels"), [(None, "voice"), ("keypad", "voice"), ("sms", "text"), ("email", "text")]
)
def test_a_scope_left_open_is_the_whole_organisation_by_the_kind_of_channel(
    centre: Caller, source: str | None, channels: str
) -> None:
    centre.post("/v1/objections", {"contact_point": NUMBER, "principal": "ORG_A", "source": source})
    scope = centre.get(f"/v1/numbers/{NUMBER}").json["events"][0]["record"]["scope"]
    assert (scope["reach"], scope["channels"]) == ("principal", channels)


@pytest.mark.parametrize(
    ("told", "channels", "reach"),
    [
        ({"source": "email", "words": "stop calling me"}, ["calls", "texts", "email"], "principal"),
        ({"source": "agent", "words": "take me off your list"}, "all", "principal"),
        ({"source": "agent", "words": "do not ring me again"}, "voice", "principal"),
        ({"source": "web", "words": "Thank you, goodbye"}, "voice", "principal"),
        ({"source": "web", "words": "no more from you or any of your partners"}, "all", "group"),
        (
            {"source": "agent", "words": "stop everything", "scope": {"channels": "voice"}},
            "voice",
            "principal",
        ),
    ],
)
def test_a_scope_left_open_is_as_wide_as_the_words(
    centre: Caller, told: dict[str, Any], channels: object, reach: str
) -> None:
    kept = centre.post("/v1/objections", {"contact_point": NUMBER, "principal": "ORG_A", **told})
    assert kept.status_code == 201
    scope = centre.get(f"/v1/numbers/{NUMBER}").json["events"][0]["record"]["scope"]
    assert (scope["channels"], scope["reach"]) == (channels, reach)


def test_a_no_is_kept_whatever_cannot_be_seen_in_it(centre: Caller) -> None:
    copied = {
        "contact_point": "\u202d020 7946 0123\u202c",
        "principal": "ORG_A",
        "words": "stop\x00 it\u202e",
    }
    kept = centre.post("/v1/objections", copied)
    event = centre.get(f"/v1/numbers/{NUMBER}").json["events"][0]["record"]
    assert (kept.status_code, event["words"]) == (201, "stop it")


def test_an_objection_to_come_is_in_force_now_and_an_old_one_keeps_its_time(centre: Caller) -> None:
    said = {"contact_point": NUMBER, "principal": "ORG_A"}
    old = centre.post("/v1/objections", {**said, "effective_at": "2026-01-02T03:04:05+00:00"}).json
    later = centre.post("/v1/objections", {**said, "effective_at": "2199-01-01T00:00:00Z"}).json
    assert old["effective_at"] == "2026-01-02T03:04:05Z"
    assert later["effective_at"] < "2199"


def test_an_agents_objection_names_the_agent_and_needs_no_more_than_the_call(
    centre: Caller, caller: CallerAs, parts: Parts
) -> None:
    kept = caller(Role.AGENT, agent="a17").post(
        "/v1/objections", {"contact_point": NUMBER, "principal": "ORG_A"}
    )
    written = parts.decisions.page(
        lambda e: e.kind == "objection", since=None, until=None, after=None, at_most=1
    )
    fields = written.entries[0].fields
    assert (kept.status_code, fields["agent"], fields["source"]) == (201, "a17", "agent")
