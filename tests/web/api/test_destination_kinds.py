"""Destinations of each kind: what they need, what they may not have, and what nobody reads back."""

from typing import Any

import pytest
from redis import Redis

from dialer.people.roles import Role
from dialer.store import keys
from dialer.wiring import Parts
from dialer.wiring.credentials import Credentials
from tests.web.api.conftest import Caller, CallerAs, pointers

PASSWORD = "open sesame"
VICIDIAL = {
    "name": "The old dialer",
    "kind": "vicidial",
    "url": "https://vici.example/vicidial/non_agent_api.php",
    "login": {"user": "6666", "password": PASSWORD},
    "campaign": "SYSTEM_INTERNAL",
}
WEBHOOK = {"name": "CRM", "url": "https://crm.example/hooks"}
DROP = {"name": "Nightly files", "kind": "csv_drop"}
MAILBOX = {
    "name": "A partner",
    "kind": "mailbox",
    "url": "smtps://mail.example",
    "mailbox": "stops@partner.example",
    "sender": "ringfence@centre.example",
}


@pytest.mark.parametrize("given", [VICIDIAL, DROP, MAILBOX], ids=lambda given: given["kind"])
def test_each_kind_is_kept_and_shown(centre: Caller, given: dict[str, Any]) -> None:
    kept = centre.put("/v1/destinations/there", given)
    assert kept.status_code == 200
    shown = centre.get("/v1/destinations/there").json
    assert {name: shown[name] for name in given if name != "login"} == {
        name: value for name, value in given.items() if name != "login"
    }
    assert shown["secrets_held"] == 0


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        ({"name": "x"}, "/url"),
        ({**VICIDIAL, "login": None}, "/login"),
        ({**MAILBOX, "mailbox": None}, "/mailbox"),
        ({**MAILBOX, "sender": None}, "/sender"),
        ({**DROP, "url": "https://drop.example/"}, "/url"),
        ({**DROP, "confirm_url": "https://drop.example/"}, "/confirm_url"),
        ({**VICIDIAL, "mailbox": "a@b.example"}, "/mailbox"),
        ({**VICIDIAL, "networks": ["127.0.0.0/8"]}, "/networks/0"),
        ({**VICIDIAL, "networks": ["10.0.0.0/8", "0.0.0.0/0"]}, "/networks/1"),
        ({**VICIDIAL, "networks": ["169.254.0.0/16"]}, "/networks/0"),
        ({**VICIDIAL, "networks": ["ten dot something"]}, "/networks/0"),
        ({**VICIDIAL, "a_second": 0}, "/a_second"),
        ({**VICIDIAL, "campaign": "A B&c=1"}, "/campaign"),
        ({**VICIDIAL, "channels": ["fax"]}, "/channels/0"),
        ({**MAILBOX, "mailbox": "stops@partner.example\nBcc: x@y.example"}, "/mailbox"),
    ],
)
def test_what_does_not_fit_its_kind_is_pointed_at(
    centre: Caller, given: dict[str, Any], missing: str
) -> None:
    answer = centre.put("/v1/destinations/there", given)
    assert (answer.status_code, pointers(answer)) == (400, [missing])
    assert PASSWORD not in answer.get_data(as_text=True)
    assert centre.get("/v1/destinations/there").status_code == 404


def test_a_private_address_is_reached_only_where_its_range_is_named(centre: Caller) -> None:
    inside = {**VICIDIAL, "url": "https://10.20.0.5/vicidial/non_agent_api.php"}
    assert centre.put("/v1/destinations/there", inside).status_code == 422
    assert centre.put("/v1/destinations/there", {**inside, "networks": ["10.20.0.0/16"]}).status_code == 200


def test_a_password_is_sealed_at_rest_and_never_shown(
    centre: Caller, parts: Parts, redis_client: "Redis"
) -> None:
    kept = centre.put("/v1/destinations/there", VICIDIAL)
    assert PASSWORD.encode() not in redis_client.hget(keys.DESTINATIONS, "there")  # type: ignore[operator]
    for text in (kept.get_data(as_text=True), centre.get("/v1/destinations").get_data(as_text=True)):
        assert PASSWORD not in text
    held = parts.configuration.current().destinations["there"].login
    assert held is not None
    assert Credentials(parts.settings).unseal(held.password, of="there") == PASSWORD


def test_a_destination_kept_again_without_its_password_keeps_it(centre: Caller, parts: Parts) -> None:
    centre.put("/v1/destinations/there", VICIDIAL)
    before = parts.configuration.current().destinations["there"].login
    again = centre.put("/v1/destinations/there", {**VICIDIAL, "login": None, "name": "New name"})
    assert (again.status_code, again.json["user"]) == (200, "6666")
    assert parts.configuration.current().destinations["there"].login == before


def test_a_destination_that_becomes_another_kind_takes_no_credentials_along(centre: Caller) -> None:
    centre.put("/v1/destinations/there", VICIDIAL)
    kept = centre.put("/v1/destinations/there", MAILBOX)
    assert (kept.status_code, kept.json["user"]) == (200, None)


def test_a_key_of_one_principal_keeps_destinations_of_that_one_alone(
    centre: Caller, caller: CallerAs
) -> None:
    birch = caller(Role.ADMIN, principals=("ORG_B",))
    centre.put("/v1/destinations/crm", WEBHOOK)
    assert birch.get("/v1/destinations/crm").status_code == 404
    assert birch.put("/v1/destinations/crm", {**WEBHOOK, "principals": ["ORG_B"]}).status_code == 404
    assert birch.put("/v1/destinations/own", WEBHOOK).status_code == 404
    assert birch.put("/v1/destinations/own", {**WEBHOOK, "principals": ["ORG_B"]}).status_code == 200
