"""From what people type or paste to plain digits with an optional leading plus; no judgement of validity.

Positions in messages are 1-based and count the characters as sent, so that a person can find the place.
"""

import re
import unicodedata
from dataclasses import dataclass
from urllib.parse import unquote

LONGEST_TEXT = 256

_SCHEME = re.compile(r"\s*<?\s*([A-Za-z][A-Za-z0-9+.-]*):")
_IN_BRACKETS = re.compile(r"<([^<>]+)>")
# A number written by a program that took it for a float; the zero after the point is not a digit of it.
_FLOAT = re.compile(r"\d+\.0+")
_SCIENTIFIC = re.compile(r"\d+(?:[.,]\d+)?[eE]\+?\d+")
_EXTENSION = re.compile(
    r"[\s(,]*(?:(?:;\s*ext\s*=|extension|extn|ext|x|\#)[\s.:]*\d{1,9}|[pw,;]+\s*\d{1,6})\#?\s*\)?\s*\Z",
    re.IGNORECASE,
)
# Fewer digits before it than any subscriber number has: the letter is then a letter, no mark of an extension.
_FEWEST_DIGITS_BEFORE_EXTENSION = 6
_PUNCTUATION = frozenset(" ()[]./'\"=~")


class Misread(ValueError):
    """The text holds no number; the message is the reason, without the text itself."""


@dataclass(frozen=True, slots=True)
class TypedNumber:
    """Digits as typed, `+` first if it was written; `from_sip` marks the user part of a SIP address."""

    digits: str
    from_sip: bool


def typed_number(text: str) -> TypedNumber:
    """Return the digits of one telephone number written in any usual form, its extension dropped.

    Takes `sip:`, `sips:` and `tel:` addresses, brackets, dots, dashes, slashes, full-width and other
    scripts' digits, and what spreadsheets leave around a number. Raises `Misread` with the reason.
    """
    if len(text) > LONGEST_TEXT:
        raise Misread(f"longer than {LONGEST_TEXT} characters")
    folded = "".join(map(_folded, text))
    if _SCIENTIFIC.fullmatch(folded.strip()):
        raise Misread("scientific notation, a spreadsheet has lost digits")
    body, from_sip = _body(folded)
    digits = _digits(_without_extension(body))
    if digits.strip("+") == "":
        raise Misread("it holds no digit")
    return TypedNumber(digits=f"+{digits[3:]}" if digits.startswith("+00") else digits, from_sip=from_sip)


def _folded(character: str) -> str:
    """Return the plain form of one character, always one for one, so that positions stay true."""
    decimal = unicodedata.decimal(character, None)
    if decimal is not None:
        return str(decimal)
    if "！" <= character <= "～":
        return chr(ord(character) - 0xFEE0)
    category = unicodedata.category(character)
    if category == "Pd" or character == "−":
        return "-"
    # Format characters come along when a number is copied out of a telephone's contact page.
    return " " if category in {"Zs", "Cf", "Cc"} else character


def _body(text: str) -> tuple[str, bool]:
    """Return the part that should be a number, and whether it was a SIP address's user."""
    scheme = _SCHEME.search(text) if ":" in text else None
    if (named := _IN_BRACKETS.search(text)) is not None:
        text = named.group(1)
        scheme = _SCHEME.match(text)
    name = scheme.group(1).lower() if scheme else None
    if scheme and name in {"tel", "callto"}:
        return _telephone_uri(unquote(text[scheme.end() :])), False
    if scheme and name in {"sip", "sips"}:
        return _sip_user(text[scheme.end() :]), True
    if name is not None:
        raise Misread(f"‘{name}:’ names no telephone number")
    if "@" in text:
        return _sip_user(text), True
    return (text.partition(".")[0] if _FLOAT.fullmatch(text.strip()) else text), False


def _telephone_uri(rest: str) -> str:
    """Return the number of a `tel:` URI behind its global context (RFC 3966, section 5.1.5)."""
    number, *parameters = rest.split(";")
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "phone-context" and value.startswith("+") and "+" not in number:
            return value + number.lstrip().removeprefix("0")
    return number


def _sip_user(rest: str) -> str:
    user, at, _ = rest.partition("@")
    if not at:
        raise Misread("the SIP address has no user part")
    return unquote(user.partition(";")[0].partition(":")[0])


def _without_extension(body: str) -> str:
    found = _EXTENSION.search(body)
    if found is None or sum(map(str.isdecimal, body[: found.start()])) < _FEWEST_DIGITS_BEFORE_EXTENSION:
        return body
    return body[: found.start()]


def _digits(body: str) -> str:
    kept: list[str] = []
    for position, character in enumerate(body, start=1):
        if character.isdecimal() or (character == "+" and not kept):
            kept.append(character)
        elif character not in _PUNCTUATION and character != "-":
            what = "letter" if character.isalpha() else "character"
            raise Misread(f"{what} {character} at {position}")
    return "".join(kept)
