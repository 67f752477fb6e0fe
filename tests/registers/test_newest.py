"""The newest of register and wash, on the same day the one that forbids, and never a guessed date."""

from datetime import date

import pytest

from dialer.law.facts import Listing
from dialer.registers.newest import Washed, newest_of


def register(day: int, *, listed: bool | None) -> Listing:
    return Listing(extracted_on=date(2026, 11, day), listed=listed, snapshot="20261101-1")


def washed(day: int, *, listed: bool, snapshot: str = "wash-1") -> Washed:
    return Washed(listed=listed, checked_on=date(2026, 11, day), provider="bureau", snapshot=snapshot)


@pytest.mark.parametrize(
    ("held", "results", "listed", "day"),
    [
        (register(10, listed=True), [washed(11, listed=False)], False, 11),
        (register(10, listed=False), [washed(9, listed=True)], False, 10),
        (register(10, listed=False), [washed(10, listed=True)], True, 10),
        (register(10, listed=True), [washed(10, listed=False)], True, 10),
        (register(10, listed=None), [washed(9, listed=False)], None, 10),
        (None, [washed(9, listed=False), washed(11, listed=True), washed(10, listed=False)], True, 11),
        (None, [washed(9, listed=False), washed(9, listed=True)], True, 9),
    ],
)
def test_the_newest_day_counts_and_on_the_same_day_the_no(
    held: Listing | None, results: list[Washed], listed: bool | None, day: int
) -> None:
    found = newest_of({"tps": held} if held else {}, {"tps": results})["tps"]
    assert (found.listed, found.extracted_on) == (listed, date(2026, 11, day))


def test_a_register_nobody_asked_about_is_left_out() -> None:
    assert newest_of({}, {"tps": [washed(9, listed=False)]}).keys() == {"tps"}


def test_a_number_that_an_older_copy_lacked_was_listed_between_the_two_days() -> None:
    found = newest_of({"tps": register(10, listed=False)}, {"tps": [washed(12, listed=True)]})["tps"]
    assert (found.first_seen_on, found.last_absent_on) == (date(2026, 11, 12), date(2026, 11, 10))


def test_a_number_that_only_a_wash_knows_has_no_first_day() -> None:
    found = newest_of({}, {"tps": [washed(12, listed=True)]})["tps"]
    assert (found.first_seen_on, found.last_absent_on, found.provider) == (None, None, "bureau")
