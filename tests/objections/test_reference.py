"""References are all different, scattered, and their check digit catches what a mouth gets wrong."""

from hypothesis import given
from hypothesis import strategies as st

from dialer.objections.reference import is_reference, reference_of

ordinals = st.integers(min_value=0, max_value=9_999_999)


@given(ordinals)
def test_a_reference_is_four_pairs_whose_check_digit_fits(ordinal: int) -> None:
    reference = reference_of(ordinal)
    assert [len(pair) for pair in reference.split(" ")] == [2, 2, 2, 2]
    assert is_reference(reference)


@given(ordinals, ordinals)
def test_two_objections_never_share_a_reference(one: int, other: int) -> None:
    assert (reference_of(one) == reference_of(other)) == (one == other)


@given(ordinals, st.integers(0, 7), st.integers(1, 9))
def test_one_wrong_digit_is_caught(ordinal: int, place: int, off: int) -> None:
    digits = list(reference_of(ordinal).replace(" ", ""))
    digits[place] = str((int(digits[place]) + off) % 10)
    assert not is_reference("".join(digits))


@given(ordinals, st.integers(0, 6))
def test_two_neighbours_swapped_are_caught(ordinal: int, place: int) -> None:
    digits = list(reference_of(ordinal).replace(" ", ""))
    digits[place], digits[place + 1] = digits[place + 1], digits[place]
    swapped = digits[place] != digits[place + 1]
    assert is_reference("".join(digits)) == (not swapped)


def test_what_is_not_eight_digits_is_no_reference() -> None:
    assert not is_reference("")
    assert not is_reference("1234567")
    assert not is_reference("abcdefgh")
    assert not is_reference("١٢٣٤٥٦٧٨")
