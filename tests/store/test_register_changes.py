"""A small change file moves its own pages among those in force, in one act, or changes nothing."""

from datetime import timedelta
from pathlib import Path

import pytest
import redis

from dialer.errors import Conflict
from dialer.store import keys
from dialer.store.register_store import RegisterStore
from tests.registers.files import (
    FIRST,
    FRIDAY,
    MONDAY,
    NOON,
    SUNDAY,
    changes_file,
    load_file,
    numbers_file,
    snapshot,
)
from tests.servers import RunningServer
from tests.store.killed_import import is_listed, kill_import, spread


@pytest.fixture
def store(redis_client: "redis.Redis") -> RegisterStore:
    return RegisterStore(redis_client)


@pytest.mark.parametrize("step", ["staging", "verifying", "before the change"])
def test_a_killed_change_file_leaves_the_old_register_whole_and_runs_again(
    store: RegisterStore, shared_server: RunningServer, tmp_path: Path, step: str
) -> None:
    before = load_file(store, numbers_file(tmp_path, spread(FIRST))).after
    untouched = dump_of(store)
    gone = spread(FIRST)[:: 4 if step == "staging" else 40]
    path = changes_file(tmp_path, added=[n + 1 for n in gone], removed=gone)
    kill_import(shared_server, path, step)
    assert (store.register("tps").live, dump_of(store)) == (before, untouched)

    store.redis.delete(keys.register_lease("tps"))  # A minute later.
    later = NOON + timedelta(minutes=3)
    after = load_file(store, path, extracted_on=SUNDAY, accept_change=True, at=later).after
    assert after is not None and before is not None
    assert (store.register("tps").live, after.held_in) == (after, before.version)
    assert all(is_listed(store, n + 1) and not is_listed(store, n) for n in gone)
    assert is_listed(store, spread(FIRST)[1])


def dump_of(store: RegisterStore) -> dict[bytes, bytes | None]:
    """Return every page of the first version, and its index."""
    names = store.redis.keys("rf:register:tps:20261120-1:*")
    return {name: store.redis.dump(name) for name in names}  # type: ignore[union-attr, misc]


def test_a_change_file_moves_its_own_pages_and_leaves_nothing_behind(
    store: RegisterStore, tmp_path: Path
) -> None:
    load_file(store, numbers_file(tmp_path, [*range(FIRST, FIRST + 900), FIRST + 20_000]))
    changes = changes_file(tmp_path, added=[FIRST + 50_000, FIRST + 50_001], removed=[FIRST + 20_000])
    load_file(store, changes, extracted_on=SUNDAY)
    pages = store.page_numbers("tps", f"{FRIDAY:%Y%m%d}-1")
    assert [page - pages[0] for page in pages] == [0, 5]
    assert store.redis.keys(f"*{SUNDAY:%Y%m%d}-2*") == []
    assert store.deletable("tps", NOON + timedelta(days=1)) == []
    # A full file afterwards takes the place of the pages, wherever they are held.
    load_file(store, numbers_file(tmp_path, range(FIRST, FIRST + 900), "full.txt"), extracted_on=MONDAY)
    assert store.deletable("tps", NOON + timedelta(days=1)) == [f"{FRIDAY:%Y%m%d}-1"]


def test_a_change_compared_with_another_register_is_not_put_in_force(
    store: RegisterStore, tmp_path: Path
) -> None:
    live = load_file(store, numbers_file(tmp_path, range(FIRST, FIRST + 100))).after
    overtaken = store.begin("tps", SUNDAY, live, NOON, in_place=True)
    store.redis.delete(keys.register_lease("tps"))
    load_file(store, changes_file(tmp_path, added=[FIRST + 101], removed=[]), extracted_on=SUNDAY)
    before = sorted(store.redis.keys())
    store.redis.set(keys.register_lease("tps"), overtaken.version)
    with pytest.raises(Conflict, match="lost its turn"):
        store.apply(overtaken, snapshot(overtaken.ordinal, SUNDAY), [44163200], None)
    store.release(overtaken)
    assert sorted(store.redis.keys()) == before
