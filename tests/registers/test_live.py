"""What a register says of one number: listed or not, since when, and no date that is not known."""

from datetime import date, timedelta

import pytest

from dialer.errors import CannotKeep
from dialer.registers.live import LiveRegister, listing_of
from dialer.registers.page import pack
from tests.registers.files import FRIDAY, snapshot

PAGE = pack([7, 8])


def register_loaded_on(*days: date) -> LiveRegister:
    snapshots = {
        ordinal: snapshot(ordinal, day, days[ordinal - 2] if ordinal > 1 else None)
        for ordinal, day in enumerate(days, start=1)
    }
    newest = snapshots[len(days)]
    return LiveRegister(
        name="tps",
        version=newest.version,
        held_in=newest.held_in,
        extracted_on=newest.extracted_on,
        snapshots=snapshots,
    )


def test_a_number_on_no_page_is_not_listed_as_of_the_file() -> None:
    said = listing_of(register_loaded_on(FRIDAY), None, None, 7)
    assert (said.listed, said.extracted_on, said.snapshot) == (False, FRIDAY, "20261120-1")


def test_an_addition_is_dated_by_its_own_file_and_the_one_that_lacked_it() -> None:
    days = (FRIDAY - timedelta(days=9), FRIDAY - timedelta(days=2), FRIDAY)
    said = listing_of(register_loaded_on(*days), PAGE, 2, 7)
    assert (said.first_seen_on, said.last_absent_on) == (days[1], days[0])


@pytest.mark.parametrize(("days", "first_seen"), [(60, True), (61, False)])
def test_a_number_without_an_addition_was_in_the_first_file_while_that_can_be_known(
    days: int, first_seen: bool
) -> None:
    first = FRIDAY - timedelta(days=days)
    said = listing_of(register_loaded_on(first, FRIDAY), PAGE, None, 7)
    assert said.listed
    assert said.first_seen_on == (first if first_seen else None)
    assert said.last_absent_on is None


def test_an_addition_of_an_unknown_snapshot_is_not_believed() -> None:
    with pytest.raises(CannotKeep):
        listing_of(register_loaded_on(FRIDAY), PAGE, 9, 7)


def test_an_addition_of_a_number_not_listed_says_nothing() -> None:
    assert listing_of(register_loaded_on(FRIDAY), PAGE, 1, 9).listed is False
