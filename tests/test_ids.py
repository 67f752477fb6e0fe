"""Ids are ULIDs: they sort by the time they were made, and a digest names the same one each time."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialer.ids import Kind, id_for, new_id

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def value_of(spelt: str) -> int:
    """Read the digits after the underscore one by one, as the ULID layout says."""
    value = 0
    for digit in spelt.partition("_")[2]:
        value = value * 32 + CROCKFORD.index(digit)
    return value


@given(digest=st.integers(0, 2**128 - 1))
def test_an_id_of_a_digest_spells_its_first_128_bits(digest: int) -> None:
    spelt = id_for(Kind.OBJECTION, f"{digest:032x}{'f' * 32}")
    assert (len(spelt), value_of(spelt)) == (30, digest)


def test_an_id_holds_its_time_to_the_millisecond() -> None:
    assert value_of(new_id(Kind.DECISION, at=NOON)) >> 80 == int(NOON.timestamp() * 1000)


def test_ids_sort_by_the_time_they_were_made() -> None:
    made = [new_id(Kind.DECISION, at=NOON + timedelta(milliseconds=n)) for n in range(100)]
    assert made == sorted(made)


@pytest.mark.parametrize(("digest", "spelt"), [("0" * 32, "0" * 26), ("f" * 32, "7" + "Z" * 25)])
def test_the_least_and_the_greatest_are_spelt_whole(digest: str, spelt: str) -> None:
    assert id_for(Kind.NOTICE, digest) == f"ntc_{spelt}"
