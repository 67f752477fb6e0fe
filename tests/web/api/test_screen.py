"""`POST /v1/screen`: the decision, its permit, and what the permit is good for."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask

from dialer.people.keys import Key, digest_of
from dialer.people.roles import Role
from dialer.store.configuration import Section
from dialer.web import make_app
from dialer.wiring import Parts, wire
from tests.web.api.conftest import CAMPAIGN, NUMBER, Caller, CallerAs, pointers, settings_for

AT = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
ASKED = {"to": "020 7946 0123", "campaign": "C1"}


@pytest.fixture
def parts(redis_url: str, tmp_path: Path) -> Parts:
    """Parts whose decisions fall on a Tuesday morning, when everybody may be called."""
    return wire(settings_for(redis_url, tmp_path), clock=lambda: AT)


@pytest.fixture
def service(centre: Caller) -> Caller:
    """C1 as a service campaign: no register is asked for it, so a sound number may be called."""
    assert centre.put("/v1/campaigns/C1", {**CAMPAIGN, "purpose": "service"}).status_code == 200
    return centre


def redeemed(dialer: Caller, permit: str, call_ref: str = "CA1") -> int:
    return dialer.post("/v1/permits/redeem", {"permit": permit, "call_ref": call_ref}).status_code


def test_a_binding_allow_carries_a_permit_and_an_advisory_one_does_not(
    service: Caller, dialer: Caller
) -> None:
    binding = dialer.post("/v1/screen", ASKED).json
    advisory = dialer.post("/v1/screen?advisory=true", ASKED).json
    assert (binding["verdict"], binding["reason"], binding["to"]) == ("allow", "UK_SERVICE_OK", NUMBER)
    assert (advisory["verdict"], advisory["permit"], advisory["advisory"]) == ("allow", None, True)
    assert binding["permit"]
    kept = service.get(f"/v1/decisions/{binding['id']}").get_data(as_text=True)
    assert binding["permit"] not in kept


def test_a_decision_says_who_asked_for_what(service: Caller, caller: CallerAs) -> None:
    service.put("/v1/agents/a17", {"campaigns": ["C1"]})
    decision = caller(Role.AGENT, agent="a17").post("/v1/screen", ASKED).json
    assert (decision["campaign"], decision["principal"], decision["agent"]) == ("C1", "ORG_A", "a17")
    assert decision["decided_at"] < decision["valid_until"]


def test_an_agent_dials_only_for_campaigns_it_is_assigned_to(service: Caller, caller: CallerAs) -> None:
    service.put("/v1/agents/a17", {"campaigns": []})
    agent = caller(Role.AGENT, agent="a17")
    for asked in (ASKED, {**ASKED, "agent": "somebody_else"}):
        decision = agent.post("/v1/screen", asked).json
        assert (decision["verdict"], decision["permit"]) == ("block", None)
        assert "E_NOT_ASSIGNED" in [reason["code"] for reason in decision["reasons"]]


def test_a_permit_is_spent_once(service: Caller, dialer: Caller) -> None:
    permit = dialer.post("/v1/screen", ASKED).json["permit"]
    assert [redeemed(dialer, permit), redeemed(dialer, permit)] == [200, 409]


def test_a_permit_dies_with_the_first_no(service: Caller, dialer: Caller) -> None:
    permit = dialer.post("/v1/screen", ASKED).json["permit"]
    no = {"contact_point": NUMBER, "principal": "ORG_A", "scope": {"reach": "no_contact", "channels": "all"}}
    assert dialer.post("/v1/objections", no).status_code == 201
    assert redeemed(dialer, permit) == 409
    assert dialer.post("/v1/screen", ASKED).json["verdict"] == "block"


def test_a_permit_is_its_own_keys_and_none_can_be_made_up(
    service: Caller, dialer: Caller, parts: Parts, app: Flask
) -> None:
    parts.configuration.put(
        Section.KEYS, "key_2", Key(id="key_2", name="other", role=Role.DIALER, digest=digest_of("other"))
    )
    permit = dialer.post("/v1/screen", ASKED).json["permit"]
    assert redeemed(Caller(app.test_client(), "other"), permit) == 409
    assert redeemed(dialer, "rfp_made_up") == 409
    assert redeemed(dialer, permit) == 200


def test_a_redeemed_permit_names_the_call_for_a_later_no(service: Caller, dialer: Caller) -> None:
    decision = dialer.post("/v1/screen", ASKED).json
    assert redeemed(dialer, decision["permit"], "CA77") == 200
    kept = dialer.post("/v1/objections", {"call_sid": "CA77"})
    event = service.get(f"/v1/numbers/{NUMBER}").json["events"][-1]["record"]
    assert (kept.status_code, event["contact_point"], event["principal"]) == (201, NUMBER, "ORG_A")


def test_an_allow_is_repeated_while_nothing_has_changed(service: Caller, dialer: Caller) -> None:
    first = dialer.post("/v1/screen", ASKED, Idempotency_Key="k1")
    again = dialer.post("/v1/screen", ASKED, Idempotency_Key="k1")
    assert (again.status_code, again.get_data()) == (200, first.get_data())


@pytest.mark.parametrize("query", ["", "?advisory=true"])
def test_an_allow_is_never_repeated_after_a_no(service: Caller, dialer: Caller, query: str) -> None:
    assert dialer.post(f"/v1/screen{query}", ASKED, Idempotency_Key="k1").json["verdict"] == "allow"
    dialer.post("/v1/objections", {"contact_point": NUMBER, "principal": "ORG_A"})
    again = dialer.post(f"/v1/screen{query}", ASKED, Idempotency_Key="k1")
    assert (again.status_code, again.json["code"]) == (409, "answer_expired")


@pytest.mark.parametrize(("seconds", "status"), [(60, 200), (61, 409)])
def test_an_allow_is_repeated_for_sixty_seconds(
    service: Caller, parts: Parts, dialer: Caller, seconds: int, status: int
) -> None:
    dialer.post("/v1/screen", ASKED, Idempotency_Key="k1")
    later = replace(parts, clock=lambda: AT + timedelta(seconds=seconds))
    client = make_app(later.settings, parts=later).test_client()
    again = Caller(client, dialer.token).post("/v1/screen", ASKED, Idempotency_Key="k1")
    assert again.status_code == status


def test_a_block_is_repeated_for_as_long_as_it_is_kept(service: Caller, dialer: Caller) -> None:
    asked = {**ASKED, "to": "999"}
    first = dialer.post("/v1/screen", asked, Idempotency_Key="k1")
    dialer.post("/v1/objections", {"contact_point": NUMBER, "principal": "ORG_A"})
    assert dialer.post("/v1/screen", asked, Idempotency_Key="k1").get_data() == first.get_data()


def test_a_spent_permit_is_confirmed_again_until_something_happens_to_its_line(
    service: Caller, dialer: Caller
) -> None:
    permit = dialer.post("/v1/screen", ASKED).json["permit"]
    spend = {"permit": permit, "call_ref": "CA1"}
    told = [dialer.post("/v1/permits/redeem", spend, Idempotency_Key="k1").status_code for _ in range(2)]
    dialer.post("/v1/objections", {"contact_point": NUMBER, "principal": "ORG_A"})
    after = dialer.post("/v1/permits/redeem", spend, Idempotency_Key="k1")
    assert (told, after.status_code) == ([200, 200], 409)


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        ({**ASKED, "to": "999"}, "E_NUMBER_EMERGENCY_OR_SHORTCODE"),
        ({**ASKED, "to": "nonsense"}, "E_NUMBER_INVALID"),
        ({**ASKED, "to": "0900 123 4567"}, "E_NUMBER_TYPE_BARRED"),
        ({**ASKED, "to": ""}, "E_INPUT_INCOMPLETE"),
    ],
)
def test_a_number_that_may_not_be_dialled_is_a_decision(
    service: Caller, dialer: Caller, asked: dict[str, str], reason: str
) -> None:
    answer = dialer.post("/v1/screen", asked)
    codes = [found["code"] for found in answer.json["reasons"]]
    assert (answer.status_code, answer.json["verdict"], answer.json["permit"]) == (200, "block", None)
    assert reason in codes


@pytest.mark.parametrize(
    ("asked", "pointer"),
    [
        ({"campaign": "C1"}, "/to"),
        ({"to": 442079460123, "campaign": "C1"}, "/to"),
        ({**ASKED, "channel": "smoke"}, "/channel"),
        ({**ASKED, "leg": "arm"}, "/leg"),
        ({**ASKED, "number": "x"}, "/number"),
    ],
)
def test_a_question_that_cannot_be_read_is_pointed_at(
    service: Caller, dialer: Caller, asked: dict[str, object], pointer: str
) -> None:
    answer = dialer.post("/v1/screen", asked)
    assert (answer.status_code, pointers(answer)) == (400, [pointer])


def test_a_campaign_nobody_knows_is_not_found(service: Caller, dialer: Caller) -> None:
    assert dialer.post("/v1/screen", {**ASKED, "campaign": "C9"}).status_code == 404


@pytest.mark.parametrize("server", ["forgetful_redis", "evicting_redis"])
def test_a_store_that_could_forget_a_no_allows_nothing(
    server: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    running = request.getfixturevalue(server)
    unsafe = wire(settings_for(running.url, tmp_path))
    key = Key(id="key_1", name="all", role=Role.DIALER, digest=digest_of("token"))
    unsafe.configuration.put(Section.KEYS, key.id, key)
    answer = Caller(make_app(unsafe.settings, parts=unsafe).test_client(), "token").post(
        "/v1/screen", {"to": NUMBER}
    )
    assert (answer.status_code, answer.json["code"]) == (503, "cannot_keep")
