"""House policy over the API: kept whole, in force at once, and a long-lived consent only with a name."""

from typing import Any

import pytest

from dialer.people.roles import Role
from tests.doubles.house import NUMBER
from tests.web.api.centre import Centre, centre_on
from tests.web.api.conftest import Caller, CallerAs, pointers

LONG = {"consent_shelf_life_months": 36}
NAMED = {"shelf_life_approved_by": "J. Reviewer", "shelf_life_reason": "boilers are bought every three years"}


@pytest.fixture
def centre(redis_url: str, tmp_path: Any) -> Centre:
    return centre_on(redis_url, tmp_path)


def test_what_is_put_is_read_and_counts_at_once(centre: Centre) -> None:
    assert centre.decision(NUMBER)["verdict"] == "allow"
    closed = {"hours": {"marketing": {"saturday": "09:00-12:00"}}}
    admin = centre.caller(Role.ADMIN)
    assert admin.put("/v1/policy", closed).status_code == 200
    assert (
        centre.caller(Role.AUDITOR).get("/v1/policy").json["hours"]["marketing"]["monday_to_friday"] is None
    )
    assert centre.decision(NUMBER)["reason"] == "UK_HOURS_OUTSIDE"
    admin.put("/v1/policy", {})
    assert centre.decision(NUMBER)["verdict"] == "allow"


@pytest.mark.parametrize(
    ("given", "places"),
    [
        (LONG, ["/shelf_life_approved_by", "/shelf_life_reason"]),
        ({**LONG, **NAMED, "shelf_life_reason": "  "}, ["/shelf_life_reason"]),
        ({"consent_shelf_life_months": 25, "shelf_life_reason": "why"}, ["/shelf_life_approved_by"]),
    ],
)
def test_a_consent_lasts_longer_only_with_a_name_and_a_reason(
    admin: Caller, given: dict[str, Any], places: list[str]
) -> None:
    refused = admin.put("/v1/policy", given)
    assert (refused.status_code, pointers(refused)) == (422, places)
    assert admin.get("/v1/policy").json["consent_shelf_life_months"] is None


@pytest.mark.parametrize("given", [{**LONG, **NAMED}, {"consent_shelf_life_months": 24}, {}])
def test_a_policy_that_says_who_and_why_or_asks_no_more_is_kept(admin: Caller, given: dict[str, Any]) -> None:
    kept = admin.put("/v1/policy", given)
    assert (kept.status_code, admin.get("/v1/policy").json) == (200, kept.json)


def test_policy_is_an_administrators_who_sees_every_principal(caller: CallerAs) -> None:
    assert caller(Role.SUPERVISOR).put("/v1/policy", {}).status_code == 403
    assert caller(Role.ADMIN, ("ORG_A",)).put("/v1/policy", {}).status_code == 403


@pytest.mark.parametrize(
    ("given", "place"),
    [
        ({"tps_grace": "long"}, "/tps_grace"),
        ({"hours": {"marketing": {"sunday": "9-5"}}}, "/hours/marketing/sunday"),
        ({"one_off_holidays": ["2026-02-31"]}, "/one_off_holidays/0"),
        ({"consent_shelf_life_months": 0}, "/consent_shelf_life_months"),
        ({"colour": "red"}, "/colour"),
    ],
)
def test_a_policy_that_cannot_be_read_is_pointed_at(admin: Caller, given: Any, place: str) -> None:
    answer = admin.put("/v1/policy", given)
    assert (answer.status_code, pointers(answer)) == (400, [place])
