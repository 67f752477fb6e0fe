"""What is told as kept is on disk: every writer asks the server, and takes no other answer than yes."""

from pathlib import Path

import pytest
from redis.exceptions import ConnectionError, ResponseError

from dialer.errors import CannotKeep
from dialer.store.on_disk import PROVEN, WAITED_FOR
from dialer.wiring import wire
from tests.doubles.house import House, settings_for
from tests.servers import RunningServer
from tests.store.acts import ACTS


@pytest.fixture
def house(redis_url: str, tmp_path: Path) -> House:
    made = House(redis_url, tmp_path)
    made.load_register("tps")
    made.load_register("ctps")
    return made


def asked(house: House) -> int:
    """How often the server was asked whether it is on disk."""
    found = house.parts.redis.info("commandstats").get("cmdstat_waitaof", {"calls": 0})
    return int(found["calls"])


@pytest.mark.parametrize("name", ACTS)
def test_whoever_is_told_that_it_was_kept_waited_for_the_disk(house: House, name: str) -> None:
    found = ACTS[name].before(house)
    before = asked(house)
    ACTS[name].act(house, found)
    assert asked(house) > before


@pytest.mark.parametrize("name", sorted(set(ACTS) - {"permit"}))
def test_a_store_that_cannot_keep_it_on_disk_is_told_so(
    forgetful_redis: RunningServer, tmp_path: Path, name: str
) -> None:
    trusting = House(forgetful_redis.url, tmp_path)
    trusting.parts.redis.flushall()
    trusting = House(forgetful_redis.url, tmp_path)
    settings = settings_for(forgetful_redis.url, tmp_path, redis_durable="trusted")
    doubting, trusting.parts = trusting.parts, wire(settings, clock=trusting.clock)
    found = ACTS[name].before(trusting)
    trusting.parts = doubting
    with pytest.raises(CannotKeep):
        ACTS[name].act(trusting, found)


@pytest.mark.parametrize(
    "told",
    [
        [0, 0],
        None,
        ResponseError("WAITAOF cannot be used when appendonly is disabled"),
        ConnectionError("gone"),
    ],
)
def test_no_other_answer_than_yes_is_taken(told: object) -> None:
    with pytest.raises(CannotKeep, match="send it again"):
        PROVEN.insist(told, "the record")
    WAITED_FOR.insist(told, "the record")


def test_a_server_that_has_no_such_command_is_left_to_the_safety_check() -> None:
    PROVEN.insist([1, 0], "the record")
    PROVEN.insist(ResponseError("unknown command 'WAITAOF'"), "the record")
