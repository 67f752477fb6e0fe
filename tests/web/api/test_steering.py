"""Steering deliveries over HTTP."""

from dialer.delivery.notice import NoticeState
from dialer.people.roles import Role
from dialer.wiring import Parts
from tests.delivery.notices import notice
from tests.delivery.test_steering import died
from tests.web.api.conftest import NUMBER, Caller, CallerAs

WEBHOOK = {"name": "CRM", "url": "https://crm.example/hooks"}


def test_a_destination_is_paused_once_and_goes_on(centre: Caller) -> None:
    centre.put("/v1/destinations/crm", WEBHOOK)
    first = centre.post("/v1/destinations/crm/pause").json["paused_at"]
    assert first is not None
    assert centre.post("/v1/destinations/crm/pause").json["paused_at"] == first
    assert centre.put("/v1/destinations/crm", WEBHOOK).json["paused_at"] == first
    assert centre.post("/v1/destinations/crm/resume").json["paused_at"] is None


def test_all_that_died_is_sent_off_again(centre: Caller, parts: Parts) -> None:
    centre.put("/v1/destinations/dst_crm", WEBHOOK)
    dead = died(parts.redis, notice(), notice())
    assert centre.post("/v1/destinations/dst_crm/retry", {}).json == {"destination": "dst_crm", "retried": 2}
    assert {parts.outbox.find(one.id).state for one in dead} == {NoticeState.PENDING}


def test_one_notice_is_read_by_who_may_see_its_principal(
    centre: Caller, caller: CallerAs, parts: Parts
) -> None:
    centre.put("/v1/destinations/crm", WEBHOOK)
    kept = centre.post("/v1/objections", {"contact_point": NUMBER, "principal": "ORG_A"}).json
    name = kept["notices"][0]["id"]
    assert centre.get(f"/v1/notices/{name}").json["objection"] == kept["id"]
    assert caller(Role.ADMIN, principals=("ORG_B",)).get(f"/v1/notices/{name}").status_code == 404


def test_a_stranger_steers_nothing(centre: Caller, caller: CallerAs) -> None:
    centre.put("/v1/destinations/crm", WEBHOOK)
    birch, seller = caller(Role.ADMIN, principals=("ORG_B",)), caller(Role.SUPERVISOR)
    for act in ("pause", "resume", "retry"):
        assert birch.post(f"/v1/destinations/crm/{act}", {}).status_code == 404
        assert seller.post(f"/v1/destinations/crm/{act}", {}).status_code == 403
