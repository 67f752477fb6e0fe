"""A page of a register is exact in both its forms, at every count and offset."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialer.errors import CannotKeep
from dialer.registers.page import (
    BITMAP_BYTES,
    FEWEST_IN_BITMAP,
    NUMBERS,
    changed,
    contains,
    count,
    difference,
    members,
    pack,
    page_of,
)

OFFSETS = st.sets(st.integers(0, NUMBERS - 1), max_size=1500)
# Sets around the change of form, where the two must agree.
EITHER_FORM = st.one_of(
    OFFSETS,
    st.tuples(st.integers(FEWEST_IN_BITMAP - 3, FEWEST_IN_BITMAP + 3), st.integers(0, 7000)).map(
        lambda span: set(range(span[1], span[1] + 3 * span[0], 3))
    ),
)


@given(EITHER_FORM)
@settings(max_examples=60, deadline=None)
def test_a_page_holds_what_was_packed_and_nothing_else(offsets: set[int]) -> None:
    page = pack(offsets)
    assert members(page) == sorted(offsets)
    assert count(page) == len(offsets)
    assert {offset for offset in range(NUMBERS) if contains(page, offset)} == offsets


@pytest.mark.parametrize(("members_", "size"), [(0, 0), (1, 2), (624, 1248), (625, 1250), (10_000, 1250)])
def test_a_page_is_a_list_below_625_members_and_a_bitmap_from_there(members_: int, size: int) -> None:
    assert len(pack(range(members_))) == size


def test_a_bitmap_has_redis_own_bit_order() -> None:
    page = pack(range(FEWEST_IN_BITMAP))
    assert page[:2] == b"\xff\xff"
    assert pack([*range(FEWEST_IN_BITMAP), 9_999])[-1] == 0b00000001


def test_a_list_is_big_endian_whatever_the_machine() -> None:
    assert pack([258, 1]) == b"\x00\x01\x01\x02"


@given(EITHER_FORM, EITHER_FORM)
@settings(max_examples=60, deadline=None)
def test_a_difference_leads_from_the_old_page_to_the_new(old: set[int], new: set[int]) -> None:
    found = difference(pack(old), pack(new))
    assert set(members(found.added)) == new - old
    assert set(members(found.removed)) == old - new


@given(OFFSETS)
@settings(max_examples=20, deadline=None)
def test_a_page_that_comes_or_goes_changes_by_all_its_members(offsets: set[int]) -> None:
    page = pack(offsets)
    assert members(difference(None, page).added) == members(difference(page, None).removed) == sorted(offsets)


@given(OFFSETS, OFFSETS, OFFSETS)
@settings(max_examples=40, deadline=None)
def test_a_changed_page_is_the_set_after_the_change(
    old: set[int], added: set[int], removed: set[int]
) -> None:
    page = changed(pack(old), added=added, removed=removed)
    assert set(members(page)) == (old - removed) | added


def test_a_page_nobody_is_left_on_is_no_page() -> None:
    assert changed(pack([7]), added=[], removed=[7]) is None
    assert not contains(None, 7)
    assert count(None) == 0


@pytest.mark.parametrize("damaged", [b"\x00", b"\x00" * 1251, b"\x00" * (BITMAP_BYTES + 2)])
def test_a_damaged_page_clears_nobody(damaged: bytes) -> None:
    with pytest.raises(CannotKeep):
        contains(damaged, 0)


@pytest.mark.parametrize("offset", [-1, NUMBERS])
def test_an_offset_outside_the_page_is_a_mistake(offset: int) -> None:
    with pytest.raises(ValueError, match="outside"):
        pack([offset])


@pytest.mark.parametrize(
    ("e164", "place"),
    [
        ("+442079460000", (44207946, 0)),
        ("+442079469999", (44207946, 9999)),
        ("+448001111", (44800, 1111)),
        ("+12125550123", (1212555, 123)),
        ("jo@example.com", None),
        ("442079460123", None),
        ("+", None),
        ("+44²0", None),
    ],
)
def test_a_number_has_one_place_and_an_address_none(e164: str, place: tuple[int, int] | None) -> None:
    assert page_of(e164) == place
