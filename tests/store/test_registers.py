"""The registers in Redis: one act puts a version in force, and a killed import leaves the old one whole."""

import threading
from datetime import timedelta
from pathlib import Path

import pytest
import redis

from dialer.errors import CannotKeep, Conflict
from dialer.registers.page import contains, pack, page_of
from dialer.registers.staging import Staging
from dialer.store import keys
from dialer.store.register_store import RegisterStore
from dialer.store.registers import live_registers
from tests.registers.files import (
    FIRST,
    FRIDAY,
    NOON,
    SUNDAY,
    load_file,
    numbers_file,
    snapshot,
)
from tests.servers import RunningServer
from tests.store.killed_import import is_listed, kill_import, spread


@pytest.fixture
def store(redis_client: "redis.Redis") -> RegisterStore:
    return RegisterStore(redis_client)


@pytest.mark.parametrize("step", ["staging", "verifying", "before the swap"])
def test_a_killed_import_leaves_the_old_register_whole_and_runs_again(
    store: RegisterStore, shared_server: RunningServer, tmp_path: Path, step: str
) -> None:
    before = load_file(store, numbers_file(tmp_path, spread(FIRST))).after
    path = numbers_file(tmp_path, spread(FIRST + 1))
    kill_import(shared_server, path, step)
    assert store.register("tps").live == before
    assert all(is_listed(store, number) for number in spread(FIRST))
    with pytest.raises(Conflict, match="being loaded already"):
        load_file(store, path, extracted_on=SUNDAY, accept_change=True)

    store.redis.delete(keys.register_lease("tps"))  # A minute later.
    later = NOON + timedelta(minutes=3)
    after = load_file(store, path, extracted_on=SUNDAY, accept_change=True, at=later).after
    assert store.register("tps").live == after
    assert not any(is_listed(store, number) for number in spread(FIRST))
    assert all(is_listed(store, number) for number in spread(FIRST + 1))
    staged_by_the_dead = f"{SUNDAY:%Y%m%d}-2"
    assert store.redis.keys(f"*{staged_by_the_dead}*") == []


def test_an_import_killed_after_its_swap_is_in_force_and_its_delta_is_found(
    store: RegisterStore, shared_server: RunningServer, tmp_path: Path
) -> None:
    load_file(store, numbers_file(tmp_path, spread(FIRST)))
    kill_import(shared_server, numbers_file(tmp_path, spread(FIRST + 1), "new.txt"), "after the swap")
    assert is_listed(store, FIRST + 1)
    assert not is_listed(store, FIRST)
    deltas = tmp_path / "registers" / "tps"
    assert len(list(deltas.glob("*.delta.gz"))) == 1
    load_file(store, numbers_file(tmp_path, [*spread(FIRST + 1), FIRST]), extracted_on=SUNDAY)
    assert len(list(deltas.glob("*.delta.gz"))) == 3
    assert list(deltas.glob("*.part")) == []


def test_an_import_that_lost_its_turn_writes_nothing_any_more(store: RegisterStore) -> None:
    lost = store.begin("tps", FRIDAY, None, NOON, in_place=False)
    store.redis.delete(keys.register_lease("tps"))
    store.begin("tps", FRIDAY, None, NOON, in_place=False)
    before = sorted(store.redis.keys())
    with pytest.raises(Conflict, match="lost its turn"):
        store.stage(lost, [(44163200, pack([1]))], [{}])
    with pytest.raises(Conflict, match="lost its turn"):
        store.renew(lost)
    with pytest.raises(Conflict, match="lost its turn"):
        store.swap(lost, snapshot(lost.ordinal, FRIDAY), NOON)
    store.release(lost)
    assert sorted(store.redis.keys()) == before


def test_what_was_compared_with_another_register_is_not_put_in_force(
    store: RegisterStore, tmp_path: Path
) -> None:
    overtaken = Staging(name="tps", version="20261120-1", ordinal=1, replaced=None)
    load_file(store, numbers_file(tmp_path, range(FIRST, FIRST + 10)))
    store.redis.set(keys.register_lease("tps"), overtaken.version)
    with pytest.raises(Conflict, match="lost its turn"):
        store.swap(overtaken, snapshot(overtaken.ordinal, FRIDAY), NOON)


def test_a_reader_beside_a_swap_sees_the_old_register_or_the_new_and_nothing_between(
    store: RegisterStore, tmp_path: Path
) -> None:
    load_file(store, numbers_file(tmp_path, spread(FIRST)))
    seen, over = set(), threading.Event()

    def look() -> None:
        while not over.is_set():
            (live,) = live_registers(store.redis)
            places = [page_of(f"+44{number}") or (0, 0) for number in (FIRST, FIRST + 5_997_501)]
            pages = store.redis.mget([keys.register_page("tps", live.held_in, page) for page, _ in places])
            pairs = zip(pages, places, strict=True)
            seen.add(tuple(contains(page, offset) for page, (_, offset) in pairs))

    reader = threading.Thread(target=look)
    reader.start()
    load_file(store, numbers_file(tmp_path, spread(FIRST + 1)), extracted_on=SUNDAY, accept_change=True)
    over.set()
    reader.join()
    assert seen <= {(True, False), (False, True)}


def test_a_pointer_without_its_snapshot_is_not_believed(store: RegisterStore, tmp_path: Path) -> None:
    load_file(store, numbers_file(tmp_path, range(FIRST, FIRST + 10)))
    store.redis.hset(keys.REGISTERS_LIVE, "tps", "20990101-99")
    with pytest.raises(CannotKeep, match="disagree"):
        live_registers(store.redis)


def test_a_version_in_force_or_being_loaded_is_never_deleted(store: RegisterStore, tmp_path: Path) -> None:
    live = load_file(store, numbers_file(tmp_path, range(FIRST, FIRST + 10))).after
    loading = store.begin("tps", SUNDAY, live, NOON, in_place=False)
    much_later = NOON + timedelta(days=1)
    assert store.deletable("tps", much_later) == []
    store.release(loading)
    assert store.deletable("tps", much_later) == [loading.version]
    store.delete("tps", loading.version)
    store.delete("tps", loading.version)
    assert store.deletable("tps", much_later) == []


def test_the_right_to_load_is_kept_while_a_version_is_read_back(store: RegisterStore) -> None:
    staging = store.begin("tps", FRIDAY, None, NOON, in_place=False)
    store.redis.pexpire(keys.register_lease("tps"), 5_000)
    store.renew(staging)
    assert store.redis.pttl(keys.register_lease("tps")) > 50_000


def test_a_page_full_of_additions_is_staged_whole(store: RegisterStore) -> None:
    staging = store.begin("tps", FRIDAY, None, NOON, in_place=False)
    store.stage(staging, [(44163200, pack(range(10_000)))], [dict.fromkeys(range(10_000), 1)])
    (additions,) = store.additions("tps", staging.version, [44163200])
    assert additions == dict.fromkeys(range(10_000), 1)


def test_nothing_is_loaded_into_a_read_only_store(read_only_redis: RunningServer, tmp_path: Path) -> None:
    with redis.Redis(unix_socket_path=str(read_only_redis.socket_path)) as client, pytest.raises(CannotKeep):
        load_file(RegisterStore(client), numbers_file(tmp_path, [FIRST]))
