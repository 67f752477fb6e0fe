"""A register is loaded whole or not at all; what is doubtful leaves the one in force as it was."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from dialer.law.facts import Listing
from dialer.registers.delta import standing_on
from dialer.registers.expire import expire_old_versions
from dialer.registers.load import Outcome
from dialer.store.register_store import RegisterStore
from dialer.store.registers import live_registers
from tests.registers.conftest import Listings
from tests.registers.files import (
    FIRST,
    FRIDAY,
    MONDAY,
    NOON,
    SATURDAY,
    SUNDAY,
    changes_file,
    load_file,
    numbers_file,
)


def test_a_first_file_is_in_force_and_lists_its_numbers_and_no_other(
    store: RegisterStore, tmp_path: Path, listing: Listings
) -> None:
    loaded = load_file(store, numbers_file(tmp_path, range(FIRST, FIRST + 40_000, 2)))
    assert (loaded.outcome, loaded.after.numbers) == (Outcome.IN_FORCE, 20_000)
    first = Listing(extracted_on=FRIDAY, listed=True, first_seen_on=FRIDAY, snapshot=loaded.after.version)
    assert listing("+441632000000") == first
    assert listing("+441632000001").listed is False
    assert listing("+442079460123").listed is False


def test_a_number_new_in_a_later_file_is_dated_by_the_file_that_lacked_it(
    store: RegisterStore, tmp_path: Path, listing: Listings
) -> None:
    load_file(store, numbers_file(tmp_path, range(FIRST, FIRST + 1000)))
    load_file(store, numbers_file(tmp_path, range(FIRST, FIRST + 1001)), extracted_on=SUNDAY)
    load_file(store, numbers_file(tmp_path, range(FIRST, FIRST + 1002)), extracted_on=MONDAY)
    added = listing("+441632001000")
    assert (added.first_seen_on, added.last_absent_on) == (SUNDAY, FRIDAY)
    assert listing("+441632001001").last_absent_on == SUNDAY
    assert listing("+441632000000").last_absent_on is None


def test_a_number_that_left_and_came_back_counts_from_its_return(
    store: RegisterStore, tmp_path: Path, listing: Listings
) -> None:
    load_file(store, numbers_file(tmp_path, range(FIRST, FIRST + 1000)))
    load_file(store, numbers_file(tmp_path, range(FIRST + 1, FIRST + 1000)), extracted_on=SATURDAY)
    assert listing("+441632000000").listed is False
    load_file(store, changes_file(tmp_path, added=[FIRST], removed=[]), extracted_on=SUNDAY)
    assert listing("+441632000000").first_seen_on == SUNDAY
    assert listing("+441632000000").last_absent_on == SATURDAY


def test_a_change_file_changes_what_it_names_and_carries_the_rest(
    store: RegisterStore, tmp_path: Path, listing: Listings
) -> None:
    load_file(store, numbers_file(tmp_path, range(FIRST, FIRST + 50_000, 5)))
    changes = changes_file(tmp_path, added=[FIRST + 1, FIRST + 99_999], removed=[FIRST])
    loaded = load_file(store, changes, extracted_on=SUNDAY)
    assert (loaded.effect.added, loaded.effect.removed, loaded.effect.numbers) == (2, 1, 10_001)
    heard = {e164: listing(e164).listed for e164 in ("+441632000000", "+441632000001", "+441632049995")}
    assert heard == {"+441632000000": False, "+441632000001": True, "+441632049995": True}
    assert listing("+441632099999").last_absent_on == FRIDAY


@pytest.mark.parametrize("touches_its_page", [False, True])
def test_additions_are_dated_for_sixty_days_and_no_date_is_guessed_after(
    store: RegisterStore, tmp_path: Path, listing: Listings, touches_its_page: bool
) -> None:
    start = FRIDAY - timedelta(days=90)
    load_file(store, numbers_file(tmp_path, range(FIRST, FIRST + 1000)), extracted_on=start)
    seen = start + timedelta(days=1)
    load_file(store, changes_file(tmp_path, added=[FIRST + 50_000], removed=[]), extracted_on=seen)
    elsewhere = FIRST + (50_001 if touches_its_page else 90_000)
    for age in (60, 61):
        day = seen + timedelta(days=age)
        load_file(store, changes_file(tmp_path, added=[elsewhere + age], removed=[]), extracted_on=day)
        said = listing("+441632050000")
        assert (said.first_seen_on, said.last_absent_on) == ((seen, start) if age == 60 else (None, None))
        assert said.listed


def test_the_registers_are_apart(store: RegisterStore, tmp_path: Path, listing: Listings) -> None:
    load_file(store, numbers_file(tmp_path, range(FIRST, FIRST + 500)))
    load_file(store, numbers_file(tmp_path, range(FIRST + 400, FIRST + 600)), register="CTPS")
    assert [live.name for live in live_registers(store.redis)] == ["ctps", "tps"]
    assert listing("+441632000000", "ctps").listed is False
    assert listing("+441632000450", "ctps").listed is True


def test_a_dry_run_says_what_would_change_and_changes_nothing(store: RegisterStore, tmp_path: Path) -> None:
    load_file(store, numbers_file(tmp_path, range(FIRST, FIRST + 1000)))
    before = sorted(store.redis.keys())
    path = numbers_file(tmp_path, range(FIRST + 1, FIRST + 1003))
    loaded = load_file(store, path, extracted_on=SUNDAY, dry_run=True)
    assert (loaded.outcome, loaded.effect.added, loaded.effect.removed) == (Outcome.DRY_RUN, 3, 1)
    assert sorted(store.redis.keys()) == before


def test_the_same_file_again_does_nothing_twice(store: RegisterStore, tmp_path: Path) -> None:
    path = numbers_file(tmp_path, range(FIRST, FIRST + 10))
    first = load_file(store, path)
    again = load_file(store, path)
    assert (again.outcome, again.after) == (Outcome.ALREADY_LOADED, first.after)


def test_the_evidence_of_a_file_is_kept(store: RegisterStore, tmp_path: Path) -> None:
    path = numbers_file(tmp_path, [FIRST, FIRST, FIRST + 1])
    snapshot = load_file(store, path).after
    assert snapshot == store.register("tps").live
    assert (snapshot.by, snapshot.file_name, snapshot.loaded_at) == ("j.loader", "register.txt", NOON)
    assert (snapshot.rows, snapshot.numbers, snapshot.added, len(snapshot.sha256)) == (3, 2, 2, 64)


def test_what_was_listed_on_a_past_day_is_known_from_the_deltas(store: RegisterStore, tmp_path: Path) -> None:
    load_file(store, numbers_file(tmp_path, range(FIRST, FIRST + 1000)))
    load_file(store, numbers_file(tmp_path, range(FIRST + 1, FIRST + 1001)), extracted_on=SUNDAY)
    deltas = tmp_path / "registers" / "tps"
    told = {
        (e164, day): standing_on(deltas, e164, day).listed
        for e164 in ("+441632000000", "+441632000500", "+441632001000")
        for day in (date(2026, 11, 19), FRIDAY, SATURDAY, SUNDAY, MONDAY)
    }
    assert [told["+441632000000", day] for day in (FRIDAY, SATURDAY, SUNDAY)] == [True, True, False]
    assert [told["+441632001000", day] for day in (SATURDAY, SUNDAY, MONDAY)] == [False, True, True]
    assert not told["+441632000500", date(2026, 11, 19)]
    assert told["+441632000500", MONDAY]


def test_old_pages_go_a_minute_after_the_swap_and_not_before(
    store: RegisterStore, tmp_path: Path, listing: Listings
) -> None:
    old = load_file(store, numbers_file(tmp_path, range(FIRST, FIRST + 1000))).after.version
    load_file(store, numbers_file(tmp_path, range(FIRST, FIRST + 1001)), extracted_on=SUNDAY)
    assert expire_old_versions(store, NOON + timedelta(seconds=59)) == 0
    assert store.redis.keys(f"*{old}:p:*")
    assert expire_old_versions(store, NOON + timedelta(seconds=60)) == 1
    assert store.redis.keys(f"*{old}*") == []
    assert listing("+441632001000").listed
