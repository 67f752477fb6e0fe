"""What is doubtful about a file stops it, and the register in force stays as it was."""

from datetime import date
from pathlib import Path

import pytest

from dialer.errors import Conflict, NotFound, Refused
from dialer.registers.load import Outcome
from dialer.store.register_store import RegisterStore
from dialer.store.registers import live_registers
from tests.registers.conftest import Listings
from tests.registers.files import (
    FIRST,
    FRIDAY,
    NOON,
    SUNDAY,
    changes_file,
    load_file,
    numbers_file,
)


def test_an_unknown_register_is_not_found(store: RegisterStore, tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="tps, ctps"):
        load_file(store, numbers_file(tmp_path, [FIRST]), register="mps")


def test_two_imports_of_one_register_do_not_run_together(store: RegisterStore, tmp_path: Path) -> None:
    store.begin("tps", FRIDAY, None, NOON, in_place=False)
    with pytest.raises(Conflict, match="being loaded already"):
        load_file(store, numbers_file(tmp_path, [FIRST]))
    load_file(store, numbers_file(tmp_path, [FIRST]), register="ctps")


def test_a_file_may_be_tried_while_another_is_imported_and_is_not_read_in_vain(
    store: RegisterStore, tmp_path: Path
) -> None:
    store.begin("tps", FRIDAY, None, NOON, in_place=False)
    path = numbers_file(tmp_path, [FIRST])
    assert load_file(store, path, dry_run=True).outcome is Outcome.DRY_RUN
    # Nobody has looked into it yet: that there is no number in it would be said first.
    path.write_text("no register at all\n")
    with pytest.raises(Conflict, match="being loaded already"):
        load_file(store, path)


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
    store: RegisterStore,
    tmp_path: Path,
    listing: Listings,
    numbers: range,
    name: str,
    extracted_on: date,
    reason: str,
) -> None:
    before = load_file(store, numbers_file(tmp_path, range(FIRST, FIRST + 1000))).after
    with pytest.raises(Refused, match=reason):
        load_file(store, numbers_file(tmp_path, numbers, name), extracted_on=extracted_on)
    assert store.register("tps").live == before
    assert listing("+441632000999").listed


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


BLOCKS = [FIRST + 10_000 * block + place for block in range(300) for place in range(30)]


@pytest.mark.parametrize(("blocks_lost", "is_doubted"), [(10, False), (11, True)])
def test_a_file_cut_at_the_end_of_a_row_is_seen_by_the_blocks_it_lacks(
    store: RegisterStore, tmp_path: Path, blocks_lost: int, is_doubted: bool
) -> None:
    load_file(store, numbers_file(tmp_path, BLOCKS))
    cut = numbers_file(tmp_path, BLOCKS[: -30 * blocks_lost])
    loaded = load_file(store, cut, extracted_on=SUNDAY, dry_run=True)
    assert [doubt.partition(",")[0] for doubt in loaded.doubts] == ["11 whole blocks of numbers"] * is_doubted


def test_as_many_who_leave_one_by_one_are_not_doubted(store: RegisterStore, tmp_path: Path) -> None:
    load_file(store, numbers_file(tmp_path, BLOCKS))
    thinned = [number for place, number in enumerate(BLOCKS) if place % 25]
    assert load_file(store, numbers_file(tmp_path, thinned), extracted_on=SUNDAY).outcome is Outcome.IN_FORCE


def test_a_change_file_may_empty_blocks_since_it_names_each_number(
    store: RegisterStore, tmp_path: Path
) -> None:
    load_file(store, numbers_file(tmp_path, BLOCKS))
    changes = changes_file(tmp_path, added=[], removed=BLOCKS[-330:])
    assert load_file(store, changes, extracted_on=SUNDAY).outcome is Outcome.IN_FORCE


def test_a_dry_run_says_all_that_a_real_one_would_be_held_for(store: RegisterStore, tmp_path: Path) -> None:
    load_file(store, numbers_file(tmp_path, BLOCKS))
    halved = numbers_file(tmp_path, BLOCKS[:4500], name="tps_deletions.txt")
    doubts = load_file(store, halved, extracted_on=SUNDAY, dry_run=True).doubts
    assert [next(word for word in ("name", "from", "blocks") if word in d) for d in doubts] == [
        "name",
        "from",
        "blocks",
    ]
