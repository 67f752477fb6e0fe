"""The line behind a relay prefix is the line that is reached, however the prefix is written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialer.calls.contact_point import read_contact_point
from dialer.calls.numbers import NumberProblem, UnreadableNumber, read_number

LONDON = "+442079460123"
subscribers = st.integers(0, 999).map(lambda last: f"2079460{last:03}")


@pytest.mark.parametrize(
    "text",
    [
        "18001 020 7946 0123",
        "18002 020 7946 0123",
        "18002-02079460123",
        "18002+442079460123",
        "18002 +44 20 7946 0123",
        "18002 0044 20 7946 0123",
        "18002 442079460123",
        "+441800202079460123",
        "9 18002 020 7946 0123",
        "sip:18002%2B442079460123@host",
        "sip:91800102079460123@host",
        "tel:18002-020-7946-0123",
    ],
)
def test_every_way_of_writing_a_relay_call_is_read_as_the_line_behind_it(text: str) -> None:
    assert read_number(text).e164 == LONDON


@given(subscribers, st.sampled_from(["18001", "18002"]), st.sampled_from(["0", "+44", "0044", "44"]))
def test_a_line_and_the_same_line_by_relay_are_one(national: str, prefix: str, code: str) -> None:
    assert read_contact_point(f"{prefix}{code}{national}") == read_contact_point(f"+44{national}")


@pytest.mark.parametrize("text", ["+1 800 204 5678", "00 1 800 204 5678", "+18002045678"])
def test_an_american_freephone_number_is_no_relay(text: str) -> None:
    assert read_number(text).e164 == "+18002045678"


@pytest.mark.parametrize("text", ["18000", "18001", "18002 999", "18001 112", "18002 101", "18001 150"])
def test_a_relay_to_a_service_is_never_dialled(text: str) -> None:
    with pytest.raises(UnreadableNumber) as refused:
        read_number(text)
    assert refused.value.problem is NumberProblem.EMERGENCY_OR_SHORT_CODE


@pytest.mark.parametrize("text", ["18002 0207946", "18003 020 7946 0123", "1800201234", "18002"])
def test_what_has_no_whole_number_behind_it_is_no_number(text: str) -> None:
    with pytest.raises(UnreadableNumber):
        read_number(text)
