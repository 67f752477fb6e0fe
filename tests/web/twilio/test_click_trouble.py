"""Click to call, its second look and a permit's redemption, with the store away, late or read-only.

Nobody is rung or dialled on a store that cannot answer, what was answered before stands, and all comes back.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from dialer.screening.click_to_call import Rung
from dialer.store import keys
from dialer.web import make_app
from dialer.wiring import wire
from tests.doubles.house import NUMBER, House, settings_for
from tests.doubles.twilio_client import Twilio
from tests.lines import Line
from tests.servers import RunningServer
from tests.store.permits import permitted

CLICK = {"agent": "a17", "to": NUMBER, "campaign": "C1"}
ANSWERED = {"CallSid": "CA5", "From": "+442079460100", "To": "client:a17", "Direction": "outbound-api"}


@dataclass
class Phone:
    """Notes who was rung; `on_ring` happens while Twilio is asked."""

    rung: list[str] = field(default_factory=list)
    on_ring: Callable[[], object] = lambda: None

    def ring(self, endpoint: str, *, caller_id: str, decision: str, at: datetime) -> Rung:
        self.rung.append(decision)
        self.on_ring()
        return Rung(call_ref="CA5", status="queued")


@dataclass
class Far:
    """A process that reaches the store over a line of the test's, beside one that reaches it straight."""

    client: FlaskClient
    phone: Phone
    key: str

    def click(self, **headers: str) -> TestResponse:
        return self.client.post("/v1/calls", json=CLICK, headers=self._headers(headers))

    def redeem(self, permit: str | None, **headers: str) -> TestResponse:
        asked = {"permit": permit, "call_ref": "T1"}
        return self.client.post("/v1/permits/redeem", json=asked, headers=self._headers(headers))

    def connect(self, decision: str) -> str:
        return Twilio(self.client).post(f"voice/connect?decision={decision}", ANSWERED).text

    def _headers(self, more: dict[str, str]) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.key}", **{k.replace("_", "-"): v for k, v in more.items()}}


def far_from(house: House, url: str) -> Far:
    settings, phone = settings_for(url, house.data_dir), Phone()
    parts = replace(wire(settings, clock=house.clock), telephone=phone)  # type: ignore[arg-type]
    return Far(make_app(settings, parts=parts).test_client(), phone, house.key)


@pytest.fixture
def far(house: House, line: Line) -> Far:
    made = far_from(house, line.url)
    assert made.client.get("/readyz").status_code in (200, 503)
    made.client.post("/v1/screen", json={"to": NUMBER}, headers=made._headers({}))
    return made


def attempts(house: House) -> int:
    return int(house.parts.redis.zcard(keys.attempts(NUMBER)))


def late(line: Line) -> None:
    line.delay_seconds = 0.5


def lost(line: Line) -> None:
    line.answers_until_cut = 0
    line.cut()


def well(line: Line) -> None:
    line.delay_seconds, line.answers_until_cut = 0.0, None
    line.cut()


@pytest.mark.parametrize("trouble", [late, lost])
def test_no_agent_is_rung_while_the_store_is_in_trouble(
    far: Far, line: Line, house: House, trouble: Callable[[Line], None]
) -> None:
    trouble(line)
    assert (far.click().status_code, far.phone.rung) == (503, [])
    well(line)
    far.click()
    assert (far.click().status_code, len(far.phone.rung)) == (201, 2)
    assert attempts(house) == 0


@pytest.mark.parametrize("answers", range(1, 12))
def test_a_store_lost_on_the_way_rings_nobody_or_has_the_decision(
    far: Far, line: Line, house: House, answers: int
) -> None:
    line.answers_until_cut = answers
    answer = far.click()
    assert (answer.status_code == 201) == bool(far.phone.rung)
    for decision in far.phone.rung:
        assert house.parts.ledger.find(decision) is not None
    assert attempts(house) == 0


def test_a_store_lost_while_the_agent_is_rung_dials_nobody_until_it_is_back(
    far: Far, line: Line, house: House
) -> None:
    far.phone.on_ring = lambda: lost(line)
    answer = far.click(Idempotency_Key="k1")
    assert (answer.status_code, len(far.phone.rung)) == (201, 1)
    assert "<Dial" not in far.connect(far.phone.rung[0])
    well(line)
    far.connect(far.phone.rung[0])
    assert NUMBER in far.connect(far.phone.rung[0])
    assert attempts(house) == 1


def test_a_click_whose_answer_could_not_be_kept_is_not_rung_again(far: Far, line: Line) -> None:
    far.phone.on_ring = lambda: lost(line)
    far.click(Idempotency_Key="k1")
    well(line)
    far.click(Idempotency_Key="k1")
    again = far.click(Idempotency_Key="k1")
    assert (again.status_code, again.json["code"], len(far.phone.rung)) == (409, "still_under_way", 1)


@pytest.mark.parametrize("trouble", [late, lost])
def test_nobody_is_bridged_while_the_store_is_in_trouble(
    far: Far, line: Line, house: House, trouble: Callable[[Line], None]
) -> None:
    decision = far.click().json["decision"]["id"]
    trouble(line)
    assert "<Dial" not in far.connect(decision)
    well(line)
    far.connect(decision)
    assert "<Dial" in far.connect(decision)
    assert attempts(house) == 1


@pytest.mark.parametrize("answers", range(8))
def test_a_second_look_lost_on_the_way_counts_at_most_one_attempt(
    far: Far, line: Line, house: House, answers: int
) -> None:
    decision = far.click().json["decision"]["id"]
    line.answers_until_cut = answers
    first = far.connect(decision)
    well(line)
    far.connect(decision)
    second = far.connect(decision)
    assert second == first if "<Dial" in first else "<Dial" in second
    assert attempts(house) == 1


def test_a_permit_is_not_redeemed_while_the_store_is_away(far: Far, line: Line, house: House) -> None:
    permit = permitted(house).permit
    lost(line)
    assert far.redeem(permit).status_code == 503
    well(line)
    far.redeem(permit)
    assert attempts(house) == 1


@pytest.mark.parametrize("answers", range(8))
def test_a_permit_whose_redemption_was_lost_on_the_way_is_spent_at_most_once(
    far: Far, line: Line, house: House, answers: int
) -> None:
    permit = permitted(house).permit
    line.answers_until_cut = answers
    told = [far.redeem(permit).status_code]
    well(line)
    told += [far.redeem(permit).status_code for _ in range(3)]
    assert told.count(200) <= 1
    assert attempts(house) == 1


@pytest.mark.parametrize("name", ["forgetful_redis", "evicting_redis"])
def test_a_store_that_may_forget_rings_bridges_and_redeems_nothing(
    name: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    server: RunningServer = request.getfixturevalue(name)
    House(server.url, tmp_path).parts.redis.flushall()
    house = House(server.url, tmp_path)
    unsafe = far_from(house, server.url)
    assert (unsafe.click().status_code, unsafe.phone.rung) == (503, [])
    assert "<Dial" not in unsafe.connect("dec_1")
    assert house.parts.redis.exists(keys.LEDGER) == 0


def test_a_replica_rings_bridges_and_redeems_nothing(house: House, read_only_redis: RunningServer) -> None:
    replica = far_from(house, read_only_redis.url)
    assert replica.click().status_code in (401, 503)
    assert replica.redeem("rfp_x").status_code in (401, 503)
    assert "<Dial" not in replica.connect("dec_1")
    assert replica.phone.rung == []
