"""Until when an answer that rests on a register's copy can be relied on: to the end of its last good day."""

from typing import Any

import pytest

from dialer.law.statute_book import all_rules
from dialer.screening.judge import open_matter
from dialer.screening.what_if import read_case
from tests.law.building import BOOK, MONDAY, a_case, a_consent, a_solicitation, instant

RULE = next(rule for rule in all_rules(BOOK.home) if rule.name == "registers_are_fresh")
GRACE = {"policy": {"tps_grace": "statutory"}}
YOUNG = {"extracted_on": "2026-11-20", "listed": True, "last_absent_on": "2026-11-10"}


def end_of(case: dict[str, Any]) -> str | None:
    assert RULE.rests_until is not None
    matter, _ = open_matter(read_case(case), instant(MONDAY), BOOK)
    end = RULE.rests_until(matter)
    return end.isoformat() if end is not None else None


@pytest.mark.parametrize(
    ("tps", "ctps", "ends"),
    [
        ("2026-11-20", "2026-11-20", "2026-12-18T00:00:00+00:00"),
        ("2026-11-20", "2026-11-22", "2026-12-18T00:00:00+00:00"),
        ("2026-11-22", "2026-11-20", "2026-12-18T00:00:00+00:00"),
        ("2026-10-27", "2026-11-20", "2026-11-24T00:00:00+00:00"),
    ],
)
def test_the_older_copy_ends_after_27_days(tps: str, ctps: str, ends: str) -> None:
    """Source: PECR 2003 reg 21(3); law.md 1.10."""
    days = {"tps": tps, "ctps": ctps}
    registers = {name: {"extracted_on": day, "listed": False} for name, day in days.items()}
    assert end_of(a_case(registers=registers)) == ends


@pytest.mark.parametrize(
    ("tps", "ends"),
    [
        (YOUNG, "2026-12-08T00:00:00+00:00"),
        ({**YOUNG, "last_absent_on": None}, "2026-12-18T00:00:00+00:00"),
        ({**YOUNG, "listed": False}, "2026-12-18T00:00:00+00:00"),
        ({**YOUNG, "last_absent_on": "2026-10-26"}, "2026-12-18T00:00:00+00:00"),
    ],
)
def test_grace_ends_27_days_after_the_number_was_last_absent(tps: dict[str, Any], ends: str) -> None:
    """Source: PECR 2003 reg 21(3); a listing outside grace is no ground, so nothing of it ends."""
    assert end_of(a_case(registers={"tps": tps}, **GRACE)) == ends


def test_without_the_grace_a_young_listing_ends_with_its_copy() -> None:
    assert end_of(a_case(registers={"tps": YOUNG})) == "2026-12-18T00:00:00+00:00"


@pytest.mark.parametrize(
    "tps",
    [None, {"extracted_on": "2026-10-26", "listed": False}, {"extracted_on": None, "listed": False}],
)
def test_a_copy_that_is_not_relied_on_ends_nothing(tps: dict[str, Any] | None) -> None:
    assert end_of(a_case(registers={"tps": tps})) == "2026-12-18T00:00:00+00:00"
    assert end_of(a_case(registers={"tps": tps, "ctps": None})) is None


@pytest.mark.parametrize(
    "opened",
    [
        {"consents": [a_consent()]},
        {"request": {"solicitation": "sol_1"}, "solicitations": [a_solicitation()]},
    ],
)
def test_where_the_person_said_yes_nothing_rests_on_a_copy(opened: dict[str, Any]) -> None:
    """Source: PECR 2003 reg 21(4)."""
    assert end_of(a_case(**opened)) is None


def test_an_answer_ends_within_its_day_with_the_hours_and_later_with_a_copy_and_nothing_else() -> None:
    rules = all_rules(BOOK.home)
    assert {rule.name for rule in rules if rule.open_until is not None} == {"within_calling_hours"}
    assert {rule.name for rule in rules if rule.rests_until is not None} == {
        "registers_are_fresh",
        "registers_are_fresh_for_corporate_pensions",
    }
