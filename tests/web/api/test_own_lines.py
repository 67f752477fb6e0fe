"""Our own phones: rung by a real call of the stand-in, live once the code that was said is read back."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from dialer.people.roles import Role
from dialer.screening.question import Binding, Question
from dialer.screening.screen import Screened, screen
from tests.doubles.house import NUMBER, PUBLIC_URL
from tests.doubles.standin import StandIn, running_standin
from tests.web.api.centre import Centre, centre_on
from tests.web.api.conftest import Caller, pointers

PHONE = f"/v1/own-lines/{NUMBER}"
GIVEN = {"kind": "staff", "owner": "a17"}


@pytest.fixture
def twilio() -> Iterator[StandIn]:
    with running_standin(PUBLIC_URL) as running:
        yield running


@pytest.fixture
def centre(redis_url: str, tmp_path: Path, twilio: StandIn) -> Centre:
    setup = twilio.sandbox.world.setup
    return centre_on(
        redis_url,
        tmp_path,
        twilio_account_sid=setup.account.sid,
        twilio_auth_token=SecretStr(setup.account.auth_token),
        twilio_api_base_url=twilio.url,
    )


@pytest.fixture
def admin(centre: Centre) -> Caller:
    return centre.caller(Role.ADMIN)


def heard(twilio: StandIn) -> str:
    """Return the code that the newest call said."""
    sid = next(reversed(twilio.sandbox.world.legs))
    said = [str(event) for event in twilio.story(sid)["events"] if "Ringfence code" in str(event)]
    found = re.search(r"code: ([0-9], [0-9], [0-9], [0-9], [0-9], [0-9])", said[0])
    assert found is not None, said
    return found.group(1).replace(", ", "")


def reason(centre: Centre, leg: str | None) -> str:
    asked = Question(to=NUMBER, binding=Binding.ADVISORY, campaign="C1", leg=leg)  # type: ignore[arg-type]
    found: Any = screen(asked, centre.house.parts.gate)
    assert isinstance(found, Screened)
    return found.decision.verdict.reason


def test_a_phone_is_ours_once_the_code_said_to_it_is_read_back(
    centre: Centre, admin: Caller, twilio: StandIn
) -> None:
    centre.house.object(NUMBER)
    assert admin.put(PHONE, GIVEN).json["verified"] is False
    assert reason(centre, "agent") != "E_OWN_LINE"
    rung = admin.post(f"{PHONE}/code", {})
    assert rung.status_code == 202, rung.get_data(as_text=True)
    live = admin.post(f"{PHONE}/verification", {"code": heard(twilio)})
    assert (live.status_code, live.json["verified"]) == (200, True)
    assert reason(centre, "agent") == "E_OWN_LINE"
    assert reason(centre, None) == "UK_R21_1A_OBJECTED"


def test_a_wrong_code_proves_nothing_and_five_end_the_right_one(admin: Caller, twilio: StandIn) -> None:
    admin.put(PHONE, GIVEN)
    admin.post(f"{PHONE}/code", {})
    code = heard(twilio)
    wrong = f"{(int(code) + 1) % 10**6:06}"
    for _ in range(5):
        answer = admin.post(f"{PHONE}/verification", {"code": wrong})
        assert (answer.status_code, pointers(answer)) == (422, ["/code"])
    assert admin.post(f"{PHONE}/verification", {"code": code}).status_code == 422
    assert admin.get(PHONE).json["verified"] is False


def test_a_code_lives_ten_minutes(centre: Centre, admin: Caller, twilio: StandIn) -> None:
    admin.put(PHONE, GIVEN)
    admin.post(f"{PHONE}/code", {})
    code = heard(twilio)
    centre.house.clock.advance(minutes=10)
    assert admin.post(f"{PHONE}/verification", {"code": code}).status_code == 422


def test_a_phone_is_rung_three_times_a_day_at_most(centre: Centre, admin: Caller) -> None:
    admin.put(PHONE, GIVEN)
    assert [admin.post(f"{PHONE}/code", {}).status_code for _ in range(4)] == [202, 202, 202, 429]
    centre.house.clock.advance(hours=24)
    assert admin.post(f"{PHONE}/code", {}).status_code == 202


def test_a_new_owner_must_prove_it_again(admin: Caller, twilio: StandIn) -> None:
    admin.put(PHONE, GIVEN)
    admin.post(f"{PHONE}/code", {})
    admin.post(f"{PHONE}/verification", {"code": heard(twilio)})
    assert admin.put(PHONE, GIVEN).json["verified"] is True
    assert admin.put(PHONE, {**GIVEN, "owner": "b2"}).json["verified"] is False


def test_nobody_is_rung_who_was_not_declared_and_nobody_but_an_admin_rings(
    centre: Centre, admin: Caller, twilio: StandIn
) -> None:
    assert admin.post(f"{PHONE}/code", {}).status_code == 404
    assert admin.post(f"{PHONE}/verification", {"code": "1"}).status_code == 404
    assert centre.caller(Role.SUPERVISOR).put(PHONE, GIVEN).status_code == 403
    assert list(twilio.sandbox.world.legs) == []


def test_what_cannot_be_kept_is_pointed_at(admin: Caller) -> None:
    assert pointers(admin.put(PHONE, {"kind": "pet", "owner": "a"})) == ["/kind"]
    admin.put(PHONE, GIVEN)
    assert pointers(admin.post(f"{PHONE}/code", {"caller_id": "+442079460999"})) == ["/caller_id"]
    assert admin.put("/v1/own-lines/jo@example.com", GIVEN).status_code == 404
