"""Click to call, its second look and a permit's redemption, with the store away, late or read-only.

Nobody is rung or dialled on a store that cannot answer, what was answered before stands, and all comes back.
"""

from collections.abc import Callable
from pathlib import Path

import pytest

from dialer.store import keys
from tests.doubles.house import NUMBER, House
from tests.lines import Line
from tests.servers import RunningServer
from tests.store.permits import permitted
from tests.web.twilio.far import Far, far_from


@pytest.fixture
def far(house: House, line: Line) -> Far:
    made = far_from(house, line.url)
    assert made.client.get("/readyz").status_code in (200, 503)
    made.client.post("/v1/screen", json={"to": NUMBER}, headers=made.headers({}))
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
