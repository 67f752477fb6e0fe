"""Reading numbers agrees with phonenumbers itself, whatever is typed, and shows nobody's number."""

import re

import phonenumbers
from hypothesis import example, given
from hypothesis import strategies as st

from dialer.calls.numbers import NumberKind, UnreadableNumber, read_number


@given(st.from_regex(r"[1-9][0-9]{9}", fullmatch=True))
@example("7911123456")
@example("1800201234")
@example("1697721234")
def test_ten_digit_uk_numbers_are_judged_as_phonenumbers_judges_them(national: str) -> None:
    parsed = phonenumbers.parse("+44" + national)
    outcome = _outcome("0" + national, drama=False)
    assert (outcome is not None) == phonenumbers.is_valid_number(parsed)
    if outcome is not None:
        e164, kind, region = outcome
        assert e164 == phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
        assert kind.name == phonenumbers.PhoneNumberType.to_string(phonenumbers.number_type(parsed))
        assert region == phonenumbers.region_code_for_number(parsed)


@given(st.from_regex(r"(?:\+|00|0|)[1-9][0-9]{6,13}", fullmatch=True), st.sampled_from(["GB", "US", "FR"]))
def test_a_number_that_reads_reads_again_as_itself(text: str, region: str) -> None:
    try:
        number = read_number(text, default_region=region)
    except UnreadableNumber:
        return
    assert read_number(number.e164, default_region=region) == number


@given(st.text(max_size=40))
def test_any_text_is_a_number_or_an_unreadable_number(text: str) -> None:
    try:
        assert re.fullmatch(r"\+[1-9][0-9]{6,14}", read_number(text).e164)
    except UnreadableNumber as refusal:
        assert refusal.reason


@given(st.from_regex(r"\+?[0-9 ]{9,16}", fullmatch=True))
def test_an_error_never_shows_more_than_four_digits(text: str) -> None:
    try:
        read_number(text)
    except UnreadableNumber as refusal:
        shown = re.search("‘…(.*?)’", refusal.message)
        assert shown is not None and len(shown.group(1)) <= 4


def _outcome(text: str, *, drama: bool) -> tuple[str, NumberKind, str | None] | None:
    try:
        number = read_number(text, drama_mobiles=drama)
    except UnreadableNumber:
        return None
    return number.e164, number.kind, number.region
