"""Telephone numbers: E.164 is the identity, read from any form people type, and one function that masks.

Validity is phonenumbers' word; UK numbers take a fast path compiled from its own patterns. A number behind a
text relay prefix (18001, 18002) is the number itself: a relay is a fact of the call.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from dialer.calls.text_relay import digits_behind_relay, without_inner_plus
from dialer.calls.typed_number import Misread, typed_number
from dialer.calls.uk_numbers import drama_kind_of, is_uk_short_code, kind_of
from dialer.errors import Unreadable

GREAT_BRITAIN: Final = "GB"
_UK_CODE: Final = 44
_PLAIN_UK: Final = re.compile(r"(\+44|0044|0)([1-9][0-9]{9})")
_EMERGENCY_ANYWHERE: Final = frozenset({"000", "112", "911", "999"})
# Longer than any code of the library, shorter than any subscriber number (0800 1111 has seven digits).
_LONGEST_SHORT_CODE: Final = 6


class NumberKind(StrEnum):
    """What a number is for. Only some kinds may be dialled; the judge says which (law.md 8.2)."""

    FIXED_LINE = "fixed_line"
    MOBILE = "mobile"
    FIXED_LINE_OR_MOBILE = "fixed_line_or_mobile"
    UAN = "uan"
    TOLL_FREE = "toll_free"
    VOIP = "voip"
    PREMIUM_RATE = "premium_rate"
    SHARED_COST = "shared_cost"
    PERSONAL_NUMBER = "personal_number"
    PAGER = "pager"
    UNKNOWN = "unknown"


_KINDS_BY_NAME: Final = {kind.name: kind for kind in NumberKind}


class NumberProblem(StrEnum):
    """Why a text is no number we may hold."""

    EMERGENCY_OR_SHORT_CODE = "emergency_or_short_code"
    INVALID = "invalid"


@dataclass(frozen=True, slots=True)
class Number:
    """One valid telephone number. `region` is None where the numbering plan names no one country."""

    e164: str
    kind: NumberKind
    country_code: int
    region: str | None


class UnreadableNumber(Unreadable):
    """The text is no number that may be held or dialled; the message shows at most its last four digits."""

    code = "unreadable_number"

    def __init__(self, text: str, *, region: str, reason: str, problem: NumberProblem) -> None:
        super().__init__(f"cannot read ‘{masked(text)}’ as a {region} number: {reason}; send E.164")
        self.problem = problem
        self.reason = reason


def read_number(text: str, *, default_region: str = GREAT_BRITAIN, drama_mobiles: bool = False) -> Number:
    """Return the number written in `text`, in any form people type; about 1 µs for plain UK numbers.

    `drama_mobiles` takes Ofcom's drama numbers that the library calls invalid (07700 900xxx, 01632 960xxx,
    0115 496 0xxx) as valid; for demonstrations and tests only. Raises `UnreadableNumber`; emergency and
    short codes are recognised before validity is asked.
    """
    if (plain := _plain_uk_number(text, default_region)) is not None:
        return plain
    try:
        typed = typed_number(without_inner_plus(text))
    except Misread as misread:
        raise UnreadableNumber(
            text, region=default_region, reason=str(misread), problem=NumberProblem.INVALID
        ) from None
    # An outside-line 9 is dropped from a SIP address only where the whole does not read and the rest, with
    # its trunk 0, does: then it can be nothing else. So is a relay prefix, wherever it stands.
    behind_relay = digits_behind_relay(typed.digits) if default_region == GREAT_BRITAIN else None
    has_outside_line = typed.from_sip and typed.digits.startswith("90")
    rest = behind_relay or (typed.digits[1:] if has_outside_line else None)
    try:
        return _read_digits(text, typed.digits, default_region, drama_mobiles)
    except UnreadableNumber:
        if rest is None:
            raise
    return _read_digits(text, rest, default_region, drama_mobiles)


def masked(number: str) -> str:
    """Return what a log or a message may show: `…0123` of a number, `…@example.com` of an address.

    The one function that masks. A short text shows at most half of itself.
    """
    local, at, domain = number.rpartition("@")
    if at and not local.lower().startswith(("sip:", "sips:", "+")) and not local.isdigit():
        return f"…@{domain}"
    shown = [character for character in (local or number) if character.isalnum()]
    return f"…{''.join(shown[len(shown) - min(4, len(shown) // 2) :])}"


def _plain_uk_number(text: str, region: str) -> Number | None:
    found = _PLAIN_UK.fullmatch(text)
    if found is None or (region != GREAT_BRITAIN and found.group(1) != "+44"):
        return None
    kind = kind_of(found.group(2))
    return Number(f"+44{found.group(2)}", _KINDS_BY_NAME[kind], _UK_CODE, GREAT_BRITAIN) if kind else None


def _read_digits(text: str, digits: str, region: str, drama_mobiles: bool) -> Number:
    import phonenumbers
    from phonenumbers import NumberParseException

    if (plain := _plain_uk_number(digits, region)) is not None:
        return plain
    if _reaches_a_short_code(digits, region):
        raise UnreadableNumber(
            text,
            region=region,
            reason="an emergency number or short code",
            problem=NumberProblem.EMERGENCY_OR_SHORT_CODE,
        )
    try:
        parsed = phonenumbers.parse(digits, region)
    except NumberParseException as failure:
        reason = "the country code is not in use" if failure.error_type == 0 else "it is not a whole number"
        raise UnreadableNumber(text, region=region, reason=reason, problem=NumberProblem.INVALID) from None
    e164 = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
    country_code = int(parsed.country_code or 0)
    if phonenumbers.is_valid_number(parsed):
        kind = _KINDS_BY_NAME.get(phonenumbers.PhoneNumberType.to_string(phonenumbers.number_type(parsed)))
        region_code = phonenumbers.region_code_for_number(parsed)
        return Number(e164, kind or NumberKind.UNKNOWN, country_code, region_code)
    drama = drama_kind_of(e164[3:]) if country_code == _UK_CODE and drama_mobiles else None
    if drama is not None:
        return Number(e164, _KINDS_BY_NAME[drama], _UK_CODE, GREAT_BRITAIN)
    reason = _why_invalid(phonenumbers.is_possible_number_with_reason(parsed))
    raise UnreadableNumber(text, region=region, reason=reason, problem=NumberProblem.INVALID)


def _reaches_a_short_code(digits: str, region: str) -> bool:
    """Say so of bare digits, of digits behind our own country's code, and behind an outside-line 9."""
    if digits.removeprefix("+") in _EMERGENCY_ANYWHERE:
        return True
    from phonenumbers import PhoneNumber, country_code_for_region, is_valid_short_number_for_region

    country_code = country_code_for_region(region)
    for prefix in ("", f"+{country_code}", f"00{country_code}", "9"):
        code = digits.removeprefix(prefix)
        if len(code) > _LONGEST_SHORT_CODE or not digits.startswith(prefix) or not code.isdigit():
            continue
        if region == GREAT_BRITAIN and is_uk_short_code(code):
            return True
        short = PhoneNumber(country_code=country_code, national_number=int(code))
        if code[0] != "0" and is_valid_short_number_for_region(short, region):
            return True
    return False


def _why_invalid(reason: int) -> str:
    from phonenumbers import ValidationResult

    if reason == ValidationResult.TOO_LONG:
        return "too many digits"
    if reason in {ValidationResult.TOO_SHORT, ValidationResult.IS_POSSIBLE_LOCAL_ONLY}:
        return "too few digits"
    return "no such number is in use"
