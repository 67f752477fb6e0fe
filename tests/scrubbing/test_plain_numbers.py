"""Numbers read many at a time read as `read_number` reads them, or are left to it."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialer.calls.numbers import UnreadableNumber, read_number
from dialer.calls.uk_numbers import kind_of
from dialer.scrubbing.plain_numbers import NOT_PLAIN, national_numbers
from dialer.scrubbing.rows import cells_of, cut_rows

NATIONAL = st.one_of(
    st.from_regex(r"(?:1[1-9]|2[0389]|3[03]|7[0-9]|80|84|9[01])\d{8}", fullmatch=True),
    st.from_regex(r"[0-9]{7,12}", fullmatch=True),
)
BEFORE = st.sampled_from(
    ["", "0", "44", "+44", "0044", "+440", "+44(0)", "+", "00", "+00 44", "9", "++44", "4+4"]
)
GAPS = st.lists(st.sampled_from(["", "", "", " ", "-", "(", ")", "  ", ".", "+"]), min_size=32, max_size=32)


def read(*cells: str) -> list[int]:
    rows = cut_rows("".join(f"{cell}\n" for cell in cells).encode(), "\t")
    return [int(number) for number in national_numbers(rows.data, cells_of(rows, 0))]


@settings(max_examples=400)
@given(NATIONAL, BEFORE, GAPS)
def test_a_plain_number_is_the_one_the_careful_reader_reads(national, before, gaps):
    text = "".join(gap + digit for gap, digit in zip(gaps, before + national, strict=False))
    (found,) = read(text)
    if found == NOT_PLAIN or kind_of(str(found)) is None:
        return  # Left to the careful reader.

    number = read_number(text)

    assert (number.e164, number.kind.name, number.region) == (f"+44{found}", kind_of(str(found)), "GB")


@pytest.mark.parametrize(
    "text",
    [
        *("02079460123", "+442079460123", "00442079460123", "442079460123", "2079460123"),
        *("020 7946 0123", "(020) 7946-0123", "+44 20 7946 0123", "0044 (20) 79460123", " 02079460123 "),
    ],
)
def test_the_usual_ways_to_write_a_number_are_plain(text):
    assert read(text) == [2079460123]


@pytest.mark.parametrize(
    "text",
    [
        "020 7946 012O",
        "0207946012",
        "020794601234",
        "+44 (0)20 7946 0123",
        "999",
        "4.47E+11",
        "02079460123x4",
    ],
)
def test_what_needs_care_is_left_to_the_careful_reader(text):
    with np.errstate(all="raise"):
        assert read(text) == [NOT_PLAIN]


def test_a_column_may_mix_everything():
    assert read("02079460123", "x", "1", "+44 7911 123456", "7" * 40) == [2079460123, 0, 0, 7911123456, 0]


def test_an_unreadable_number_stays_unreadable():
    with pytest.raises(UnreadableNumber):
        read_number("020 7946 012O")
