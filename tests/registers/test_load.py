"""A register is loaded whole or not at all; what is doubtful leaves the one in force as it was."""

from datetime import date, timedelta
from pathlib import Path

import pytest
import redis

from dialer.errors import Conflict, NotFound, Refused
from dialer.law.facts import Listing
from dialer.registers.delta import standing_on
from dialer.registers.expire import expire_old_versions
from dialer.registers.live import listing_of
from dialer.registers.load import Outcome
from dialer.registers.page import page_of
from dialer.store import keys
from dialer.store.register_store import RegisterStore
from dialer.store.registers import live_registers
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


@pytest.fixture
def store(redis_client: "redis.Redis") -> RegisterStore:
    return RegisterStore(redis_client)


def listing(store: RegisterStore, e164: str, register: str = "tps") -> Listing:
    live = next(live for live in live_registers(store.redis) if live.name == register)
    page, offset = page_of(e164) or (0, 0)
    content = store.redis.get(keys.register_page(register, live.version, page))
    addition = store.redis.hget(keys.register_additions(register, live.version, page), str(offset))
    return listing_of(live, content, None if addition is None else int(addition), offset)


def test_a_first_file_is_in_force_and_lists_its_numbers_and_no_other(
    store: RegisterStore, tmp_path: Path
) -> None:
    loaded = load_file(store, numbers_file(tmp_path, range(FIRST, FIRST + 40_000, 2)))
    assert (loaded.outcome, loaded.after.numbers) == (Outcome.IN_FORCE, 20_000)
    first = Listing(extracted_on=FRIDAY, listed=True, first_seen_on=FRIDAY, snapshot=loaded.after.version)
    assert listing(store, "+441632000000") == first
    assert listing(store, "+441632000001").listed is False
    assert listing(store, "+442079460123").listed is False


def test_a_number_new_in_a_later_file_is_dated_by_the_file_that_lacked_it(
    store: RegisterStore, tmp_path: Path
) -> None:
    load_file(store, numbers_file(tmp_path, range(FIRST, FIRST + 1000)))
    load_file(store, numbers_file(tmp_path, range(FIRST, FIRST + 1001)), extracted_on=SUNDAY)
    load_file(store, numbers_file(tmp_path, range(FIRST, FIRST + 1002)), extracted_on=MONDAY)
    added = listing(store, "+441632001000")
    assert (added.first_seen_on, added.last_absent_on) == (SUNDAY, FRIDAY)
    assert listing(store, "+441632001001").last_absent_on == SUNDAY
    assert listing(store, "+441632000000").last_absent_on is None


def test_a_number_that_left_and_came_back_counts_from_its_return(
    store: RegisterStore, tmp_path: Path
) -> None:
    load_file(store, numbers_file(tmp_path, range(FIRST, FIRST + 1000)))
    load_file(store, numbers_file(tmp_path, range(FIRST + 1, FIRST + 1000)), extracted_on=SATURDAY)
    assert listing(store, "+441632000000").listed is False
    load_file(store, changes_file(tmp_path, added=[FIRST], removed=[]), extracted_on=SUNDAY)
    assert listing(store, "+441632000000").first_seen_on == SUNDAY
    assert listing(store, "+441632000000").last_absent_on == SATURDAY


def test_a_change_file_changes_what_it_names_and_carries_the_rest(
    store: RegisterStore, tmp_path: Path
) -> None:
    load_file(store, numbers_file(tmp_path, range(FIRST, FIRST + 50_000, 5)))
    changes = changes_file(tmp_path, added=[FIRST + 1, FIRST + 99_999], removed=[FIRST])
    loaded = load_file(store, changes, extracted_on=SUNDAY)
    assert (loaded.effect.added, loaded.effect.removed, loaded.effect.numbers) == (2, 1, 10_001)
    heard = {
        e164: listing(store, e164).listed for e164 in ("+441632000000", "+441632000001", "+441632049995")
    }
    assert heard == {"+441632000000": False, "+441632000001": True, "+441632049995": True}
    assert listing(store, "+441632099999").last_absent_on == FRIDAY


def test_additions_are_dated_for_sixty_days_and_no_date_is_guessed_after(
    store: RegisterStore, tmp_path: Path
) -> None:
    start = FRIDAY - timedelta(days=90)
    load_file(store, numbers_file(tmp_path, range(FIRST, FIRST + 1000)), extracted_on=start)
    changes = changes_file(tmp_path, added=[FIRST + 50_000], removed=[])
    load_file(store, changes, extracted_on=start + timedelta(days=1))
    for day in (start + timedelta(days=61), start + timedelta(days=62)):
        touched = changes_file(tmp_path, added=[FIRST + 90_000 + day.day], removed=[])
        load_file(store, touched, extracted_on=day)
    # Sixty-one days after it was seen first; the page was only carried since.
    assert listing(store, "+441632050000") == Listing(
        extracted_on=start + timedelta(days=62),
        listed=True,
        snapshot=live_registers(store.redis)[0].version,
    )


def test_the_registers_are_apart(store: RegisterStore, tmp_path: Path) -> None:
    load_file(store, numbers_file(tmp_path, range(FIRST, FIRST + 500)))
    load_file(store, numbers_file(tmp_path, range(FIRST + 400, FIRST + 600)), register="CTPS")
    assert [live.name for live in live_registers(store.redis)] == ["ctps", "tps"]
    assert listing(store, "+441632000000", "ctps").listed is False
    assert listing(store, "+441632000450", "ctps").listed is True


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


def test_old_pages_go_a_minute_after_the_swap_and_not_before(store: RegisterStore, tmp_path: Path) -> None:
    old = load_file(store, numbers_file(tmp_path, range(FIRST, FIRST + 1000))).after.version
    load_file(store, numbers_file(tmp_path, range(FIRST, FIRST + 1001)), extracted_on=SUNDAY)
    assert expire_old_versions(store, NOON + timedelta(seconds=59)) == 0
    assert store.redis.keys(f"*{old}:p:*")
    assert expire_old_versions(store, NOON + timedelta(seconds=60)) == 1
    assert store.redis.keys(f"*{old}*") == []
    assert listing(store, "+441632001000").listed


def test_an_unknown_register_is_not_found(store: RegisterStore, tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="tps, ctps"):
        load_file(store, numbers_file(tmp_path, [FIRST]), register="mps")


def test_two_imports_of_one_register_do_not_run_together(store: RegisterStore, tmp_path: Path) -> None:
    store.begin("tps", FRIDAY, None, NOON)
    with pytest.raises(Conflict, match="being loaded already"):
        load_file(store, numbers_file(tmp_path, [FIRST]))
    load_file(store, numbers_file(tmp_path, [FIRST]), register="ctps")


def test_a_refused_import_gives_its_turn_back(store: RegisterStore, tmp_path: Path) -> None:
    class Forgetful(RegisterStore):
        def pages(self, name, version, pages):
            return iter([])

    with pytest.raises(Exception, match="0 of 10 numbers arrived"):
        load_file(Forgetful(store.redis), numbers_file(tmp_path, range(FIRST, FIRST + 10)))
    assert live_registers(store.redis) == ()
    assert load_file(store, numbers_file(tmp_path, range(FIRST, FIRST + 10))).outcome is Outcome.IN_FORCE


@pytest.mark.parametrize(
    ("numbers", "name", "extracted_on", "reason"),
    [
        (range(FIRST, FIRST + 949), "register.txt", SUNDAY, "from 1,000 to 949 numbers"),
        (range(FIRST, FIRST + 1051), "register.txt", SUNDAY, "from 1,000 to 1,051 numbers"),
        (range(FIRST, FIRST + 1001), "register.txt", date(2026, 11, 19), "extracted later, on 2026-11-20"),
        (range(FIRST, FIRST + 1001), "register.txt", date(2026, 11, 24), "today is 2026-11-23"),
        (range(FIRST, FIRST + 1000), "register.txt", SUNDAY, "the same file was imported"),
        (range(FIRST, FIRST + 1001), "tps_deletions.txt", SUNDAY, "by its name it lists changes"),
        ([], "register.txt", SUNDAY, "is empty"),
    ],
)
def test_an_implausible_file_leaves_the_register_as_it_was(
    store: RegisterStore, tmp_path: Path, numbers: range, name: str, extracted_on: date, reason: str
) -> None:
    before = load_file(store, numbers_file(tmp_path, range(FIRST, FIRST + 1000))).after
    with pytest.raises(Refused, match=reason):
        load_file(store, numbers_file(tmp_path, numbers, name), extracted_on=extracted_on)
    assert store.register("tps").live == before
    assert listing(store, "+441632000999").listed


@pytest.mark.parametrize(("count", "register"), [(950, "tps"), (1050, "tps"), (850, "ctps"), (1150, "ctps")])
def test_a_move_up_to_the_margin_is_plausible(
    store: RegisterStore, tmp_path: Path, count: int, register: str
) -> None:
    load_file(store, numbers_file(tmp_path, range(FIRST, FIRST + 1000)), register=register)
    path = numbers_file(tmp_path, range(FIRST, FIRST + count))
    assert load_file(store, path, register=register, extracted_on=SUNDAY).after.numbers == count


def test_a_person_may_accept_a_move_and_not_an_older_file(store: RegisterStore, tmp_path: Path) -> None:
    load_file(store, numbers_file(tmp_path, range(FIRST, FIRST + 1000)))
    halved = numbers_file(tmp_path, range(FIRST, FIRST + 500))
    with pytest.raises(Refused, match="fetch the right file"):
        load_file(store, halved, extracted_on=date(2026, 11, 1), accept_change=True)
    assert load_file(store, halved, extracted_on=SUNDAY, accept_change=True).after.numbers == 500


@pytest.mark.parametrize(("bad", "is_refused"), [(5, False), (6, True)])
def test_half_a_percent_of_unreadable_rows_is_the_most(
    store: RegisterStore, tmp_path: Path, bad: int, is_refused: bool
) -> None:
    path = numbers_file(tmp_path, range(FIRST, FIRST + 1000 - bad))
    path.write_bytes(path.read_bytes() + b"XXXXXX0123  \r\n" * bad)
    if is_refused:
        with pytest.raises(Refused, match=r"6 of 1,000 rows cannot be read.*line 995: letter X at 1"):
            load_file(store, path)
    else:
        assert load_file(store, path).reading.unreadable_rows == 5


def test_a_torn_file_is_refused(store: RegisterStore, tmp_path: Path) -> None:
    path = numbers_file(tmp_path, range(FIRST, FIRST + 1000))
    path.write_bytes(path.read_bytes()[:-7])
    with pytest.raises(Refused, match="torn"):
        load_file(store, path)


def test_a_change_file_needs_the_register_it_changes(store: RegisterStore, tmp_path: Path) -> None:
    changes = changes_file(tmp_path, added=[FIRST], removed=[])
    with pytest.raises(Refused, match="no register yet"):
        load_file(store, changes, accept_change=True)
    load_file(store, numbers_file(tmp_path, range(FIRST, FIRST + 1000)))
    foreign = changes_file(tmp_path, added=range(FIRST, FIRST + 20), removed=[])
    with pytest.raises(Refused, match="20 of 20 changes are so already"):
        load_file(store, foreign, extracted_on=SUNDAY)


def test_removing_everybody_is_refused_whoever_accepts(store: RegisterStore, tmp_path: Path) -> None:
    load_file(store, numbers_file(tmp_path, range(FIRST, FIRST + 10)))
    with pytest.raises(Refused, match="clear everybody"):
        load_file(
            store,
            changes_file(tmp_path, added=[], removed=range(FIRST, FIRST + 10)),
            extracted_on=SUNDAY,
            accept_change=True,
        )
