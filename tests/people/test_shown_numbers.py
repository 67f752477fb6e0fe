"""Numbers are hidden wherever they stand, and nothing else is."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialer.people.roles import NumbersShown
from dialer.people.shown_numbers import shown, shown_number, shown_text

FORMS = (
    "+442079460123",
    "020 7946 0123",
    "07700 900123",
    "+44 (0)20 7946 0123",
    "0113-496-0123",
    "0044 20 7946 0123",
)


@pytest.mark.parametrize("number", FORMS)
@pytest.mark.parametrize("numbers", [NumbersShown.LAST4, NumbersShown.NONE])
def test_a_number_in_free_text_is_hidden_in_any_form(number: str, numbers: NumbersShown) -> None:
    told = shown_text(f"she said {number}, twice", numbers)
    digits = "".join(filter(str.isdigit, told))
    assert digits == ("0123" if numbers is NumbersShown.LAST4 else "")


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-23T10:00:00+00:00",
        "dec_01M84XS0H787Q53AKVBCK2B7P7",
        "64 18 20 37",
        "PECR 2003 reg 21(1)(b)",
        "https://www.legislation.gov.uk/uksi/2003/2426/regulation/21",
        "3 days old, 100,000 numbers",
    ],
)
def test_what_is_no_number_is_shown_as_it_is(text: str) -> None:
    assert shown_text(text, NumbersShown.NONE) == text


def test_members_that_hold_addresses_are_hidden_whatever_they_hold() -> None:
    held = {"contact_point": "jo@example.com", "events": [{"record": {"to": "+442079460123"}}]}
    told = shown(held, NumbersShown.LAST4)
    assert told == {"contact_point": "…@example.com", "events": [{"record": {"to": "…0123"}}]}


def test_who_sees_numbers_in_full_sees_everything_untouched() -> None:
    held = {"words": "020 7946 0123", "n": 5, "none": None}
    assert shown(held, NumbersShown.FULL) is held
    assert shown_number("+442079460123", NumbersShown.FULL) == "+442079460123"


def test_a_published_number_stays() -> None:
    assert shown({"caller_id": "+442079460100"}, NumbersShown.NONE) == {"caller_id": "+442079460100"}


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda v: st.lists(v) | st.dictionaries(st.text(), v),
)


@given(VALUES)
def test_hiding_keeps_the_shape_of_any_value(value: Any) -> None:
    told = shown(value, NumbersShown.NONE)
    assert type(told) is type(value)
    if isinstance(value, list):
        assert len(told) == len(value)
