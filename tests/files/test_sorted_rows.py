"""Rows sorted on disk: every row once, in order, however many."""

import random
from collections.abc import Iterator

import pytest

from dialer.files.sorted_rows import SortedRows


@pytest.fixture
def rows() -> Iterator[SortedRows]:
    with SortedRows() as made:
        yield made


def test_rows_come_back_by_group_then_instant_then_place(rows: SortedRows) -> None:
    dice = random.Random(1)
    given = [(dice.randrange(50), dice.randrange(9), n, f"n{n}", "x") for n in range(25_000)]
    for row in given:
        assert rows.add(row)
    found = [(key, list(group)) for key, group in rows.groups()]
    assert [row for _, group in found for row in group] == sorted(given, key=lambda row: row[:3])
    assert [key for key, _ in found] == list(range(50))


def test_a_name_is_taken_once_and_no_name_always(rows: SortedRows) -> None:
    assert rows.add((1, 1, 1, "CA1", ""))
    assert not rows.add((2, 2, 2, "CA1", ""))
    assert rows.add((3, 3, 3, "", ""))
    assert rows.add((3, 3, 4, "", ""))
    assert [key for key, group in rows.groups() for _ in group] == [1, 3, 3]


def test_nothing_gives_nothing(rows: SortedRows) -> None:
    assert list(rows.groups()) == []
