"""Orders to the telephone as they stand in Redis: written with the no itself, once, until they are done."""

from datetime import timedelta
from pathlib import Path

import pytest

from dialer.errors import CannotKeep
from dialer.law.records import Reach, Scope
from dialer.objections.call_orders import CallOrder, OrderKind, end_order, stop_order, sweep_orders
from dialer.objections.record_all import BatchDesk, record_all
from dialer.objections.saying import Saying
from dialer.store import keys
from dialer.store.objection_batches import ObjectionBatches
from tests.doubles.house import MONDAY, NUMBER, House


@pytest.fixture
def house(redis_url: str, tmp_path: Path) -> House:
    return House(redis_url, tmp_path)


def due(house: House, **later: float) -> list[CallOrder]:
    return list(house.parts.call_orders.due(MONDAY + timedelta(**later)))


def test_a_no_and_its_order_to_the_telephone_are_one_act(house: House) -> None:
    kept = house.object()
    (order,) = due(house, seconds=5)
    assert (order.kind, order.subject, order.since) == (OrderKind.STOP, kept.id, MONDAY)
    assert due(house, seconds=4) == []


def test_a_no_that_is_kept_again_orders_nothing_again(house: House) -> None:
    for _ in range(2):
        house.object(objection_id="obj_1")
        (order,) = due(house, seconds=5)
        house.parts.call_orders.put_off(order, MONDAY + timedelta(seconds=3))
    assert len(due(house, days=1)) == 1


def test_a_list_of_old_noes_orders_nothing(house: House) -> None:
    batches = ObjectionBatches(house.parts.redis, house.parts.safety)
    saying = Saying(
        contact_point=NUMBER,
        principal="alder",
        operator=None,
        scope=Scope(reach=Reach.PRINCIPAL, channels="voice"),
        source="letter",
    )
    record_all([saying], BatchDesk(batches=batches, desk=house.parts.desk))
    assert due(house, days=1) == []


def test_an_order_given_twice_keeps_its_place_and_its_age(house: House) -> None:
    orders = house.parts.call_orders
    orders.give(end_order("CA1", at=MONDAY))
    orders.give(end_order("CA1", at=MONDAY + timedelta(seconds=40)))
    assert orders.find("end|CA1") == end_order("CA1", at=MONDAY)


def test_an_order_that_is_done_is_gone_and_putting_it_off_does_not_bring_it_back(house: House) -> None:
    orders, order = house.parts.call_orders, end_order("CA1", at=MONDAY)
    orders.give(order)
    orders.done(order)
    orders.put_off(order, MONDAY)
    assert (orders.find(order.id), due(house, days=1)) == (None, [])
    assert house.parts.redis.exists(keys.CALL_ORDERS, keys.CALL_ORDERS_SINCE) == 0


def test_the_sweep_rings_once_for_each_and_comes_again_as_late_as_it_has_waited(house: House) -> None:
    rung: list[str] = []
    orders = house.parts.call_orders
    orders.give(stop_order("obj_1", at=MONDAY))
    for seconds in (4, 5, 6, 9, 10, 19, 20):
        sweep_orders(orders, rung.append, MONDAY + timedelta(seconds=seconds))
    assert rung == ["stop|obj_1"] * 3


def test_what_another_version_ordered_is_said_to_be_unreadable(house: House) -> None:
    house.parts.redis.zadd(keys.CALL_ORDERS, {"dance|obj_1": 1})
    with pytest.raises(CannotKeep, match="another version"):
        due(house, days=1)
