"""What a register said on an earlier day: played back from today, forward from the first, or not known."""

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import redis

from dialer.clock import Clock
from dialer.errors import CannotKeep
from dialer.law.facts import Listing
from dialer.registers.delta import delta_path
from dialer.registers.live import listing_of
from dialer.registers.load import Order, load
from dialer.registers.page import page_of
from dialer.registers.past import PastRegister
from dialer.registers.snapshot import Snapshot
from dialer.store.register_store import RegisterStore
from dialer.store.registers import RegisterReader, live_registers

FIRST = date(2026, 6, 1)
NUMBERS = [f"+44207946{n:04d}" for n in range(0, 900, 100)] + [
    f"+44113496{n:04d}" for n in range(0, 999, 333)
]


class Shelf:
    """A register imported day after day, and what a screening would have read of it each time."""

    def __init__(self, client: "redis.Redis", folder: Path) -> None:
        self.store = RegisterStore(client)
        self.folder = folder
        self.said: dict[str, dict[str, Listing]] = {}

    def load(self, day: date, listed: set[str]) -> None:
        path = self.folder / f"{day}.txt"
        path.write_text("\r\n".join(["01632960999", *sorted(listed)]) + "\r\n", encoding="ascii")
        at: Clock = lambda: datetime(day.year, day.month, day.day, 6, tzinfo=UTC)  # noqa: E731
        order = Order(register="tps", path=path, extracted_on=day, by="test", accept_change=True)
        load(order, self.store, folder=self.folder, clock=at)
        (live,) = live_registers(self.store.redis)
        self.said[live.version] = {number: self.read(number) for number in NUMBERS}

    def read(self, number: str) -> Listing:
        (live,) = live_registers(self.store.redis)
        page, addition, offset = self.raw(number)
        return listing_of(live, page=page, addition=addition, offset=offset)

    def raw(self, number: str) -> tuple[bytes | None, int | None, int]:
        (live,), (page, offset) = live_registers(self.store.redis), page_of(number) or (0, 0)
        content = dict(self.store.pages("tps", live.held_in, [page]))[page]
        addition = self.store.additions("tps", live.held_in, [page])[0].get(offset)
        return content, addition, offset

    def past(self) -> PastRegister:
        return PastRegister(self.store.register("tps"), self.folder / "registers" / "tps")

    def asked(self, past: PastRegister, snapshot: Snapshot, number: str) -> Listing:
        page, addition, _ = self.raw(number)
        return past.listing(snapshot, page_of(number), page=page, addition=addition)

    def file_of(self, snapshot: Snapshot) -> Path:
        folder = self.folder / "registers" / "tps"
        return delta_path(folder, version=snapshot.version, extracted_on=snapshot.extracted_on)


@pytest.fixture
def shelf(redis_client: "redis.Redis", tmp_path: Path) -> Iterator[Shelf]:
    seed = random.Random(4)
    made = Shelf(redis_client, tmp_path)
    for step in range(7):
        made.load(FIRST + timedelta(days=18 * step), {n for n in NUMBERS if seed.random() < 0.5})
    return made


def test_each_snapshot_says_again_what_it_said_when_it_was_in_force(shelf: Shelf) -> None:
    past = shelf.past()
    for snapshot in past.register.snapshots:
        for number in NUMBERS:
            assert shelf.asked(past, snapshot, number) == shelf.said[snapshot.version][number]


def test_a_lost_delta_is_gone_round_by_the_other_way(shelf: Shelf) -> None:
    last = shelf.past().register.snapshots[-1]
    shelf.file_of(last).unlink()
    past = shelf.past()
    for snapshot in past.register.snapshots[:-1]:
        for number in NUMBERS:
            said = shelf.said[snapshot.version][number].listed
            assert shelf.asked(past, snapshot, number).listed is said


def test_what_lost_deltas_would_tell_is_not_known(shelf: Shelf) -> None:
    snapshots = shelf.past().register.snapshots
    shelf.file_of(snapshots[2]).unlink()
    shelf.file_of(snapshots[3]).unlink()
    past = shelf.past()
    assert {shelf.asked(past, snapshots[2], number).listed for number in NUMBERS} == {None}
    later = {number: shelf.asked(past, snapshots[3], number).listed for number in NUMBERS}
    assert later == {number: said.listed for number, said in shelf.said[snapshots[3].version].items()}


def test_a_delta_kept_under_its_first_name_counts(shelf: Shelf) -> None:
    last = shelf.past().register.snapshots[-1]
    path = shelf.file_of(last)
    path.rename(path.with_suffix(".part"))
    test_each_snapshot_says_again_what_it_said_when_it_was_in_force(shelf)


def test_a_damaged_delta_is_an_error_and_no_answer(shelf: Shelf) -> None:
    last = shelf.past().register.snapshots[-1]
    shelf.file_of(last).write_bytes(b"no gzip")
    past = shelf.past()
    with pytest.raises(CannotKeep, match="damaged"):
        shelf.asked(past, past.register.snapshots[-2], NUMBERS[0])


@pytest.mark.parametrize(
    ("day", "hour", "expected"), [(1, 5, None), (1, 6, 1), (1, 7, 1), (19, 5, 1), (19, 6, 19)]
)
def test_a_snapshot_is_known_from_the_hour_it_was_loaded(
    shelf: Shelf, day: int, hour: int, expected: int | None
) -> None:
    at = datetime(2026, 6, day, hour, tzinfo=UTC)
    found = shelf.past().known(on=at.date(), by=at)
    assert (found.extracted_on.day if found else None) == expected


def test_in_hindsight_the_snapshot_of_the_day_counts_though_loaded_later(
    redis_client: "redis.Redis", tmp_path: Path
) -> None:
    shelf = Shelf(redis_client, tmp_path)
    shelf.load(FIRST, set())
    past = PastRegister(RegisterReader(redis_client).register("tps"), tmp_path)
    before_loading = datetime(2026, 6, 1, 1, tzinfo=UTC)
    assert past.known(on=FIRST, by=before_loading) is None
    assert past.known(on=FIRST, by=before_loading + timedelta(days=9)) is not None
    assert past.known(on=FIRST - timedelta(days=1), by=before_loading + timedelta(days=9)) is None
