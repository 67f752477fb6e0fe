"""A contact point: the E.164 number or the email address by which one person is reached."""

import re
from typing import Final

from dialer.calls.numbers import GREAT_BRITAIN, masked, read_number
from dialer.errors import Unreadable

# RFC 5321 section 4.5.3.1: 64 octets before the at sign, 254 for a whole address that can be posted to.
_LONGEST_ADDRESS: Final = 254
_LONGEST_LOCAL_PART: Final = 64
_LOCAL_PART: Final = re.compile(r"[^\s@\"(),:;<>\[\\\]\x00-\x1f\x7f]+")
_LABEL: Final = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
_TELEPHONE_SCHEMES: Final = ("sip:", "sips:", "tel:", "callto:")


class UnreadableContactPoint(Unreadable):
    """The text is neither a number nor an email address that could be reached."""

    code = "unreadable_contact_point"


def read_contact_point(text: str, *, default_region: str = GREAT_BRITAIN, drama_mobiles: bool = False) -> str:
    """Return the one spelling under which a number or an email address is kept.

    A number becomes E.164. An address becomes lower case, its domain ASCII. Mail systems may tell `Jo@` from
    `jo@` (RFC 5321 section 2.4), hardly one does, and an objection missed for a capital is the worse error.
    Raises `UnreadableNumber` for what looks like a number, `UnreadableContactPoint` for a bad address.
    """
    stripped = text.strip()
    if is_email_address(stripped):
        return _address(stripped)
    return read_number(text, default_region=default_region, drama_mobiles=drama_mobiles).e164


def is_email_address(contact_point: str) -> bool:
    """Say whether this is meant as an email address; a SIP user such as `+44…@host` is a number."""
    local, at, _ = contact_point.rpartition("@")
    names_a_telephone = local.lower().startswith((*_TELEPHONE_SCHEMES, "+")) or "<" in local
    return bool(at) and not names_a_telephone


def _address(text: str) -> str:
    local, _, domain = text.rpartition("@")
    ascii_domain = _ascii(domain)
    is_sound = (
        ascii_domain is not None
        and _LOCAL_PART.fullmatch(local) is not None
        and len(local.encode()) <= _LONGEST_LOCAL_PART
        and not local.startswith(".")
        and not local.endswith(".")
        and ".." not in local
        and len(local.encode()) + 1 + len(ascii_domain) <= _LONGEST_ADDRESS
    )
    if not is_sound:
        raise UnreadableContactPoint(
            f"cannot read ‘{masked(text)}’ as an email address: send name@domain, without comments or quotes"
        )
    return f"{local.lower()}@{ascii_domain}"


def _ascii(domain: str) -> str | None:
    """Return the domain in lower-case ASCII, None unless it has two labels of the shape DNS allows."""
    try:
        folded = domain.removesuffix(".").encode("idna").decode("ascii").lower()
    except UnicodeError:
        return None
    labels = folded.split(".")
    return folded if len(labels) > 1 and all(map(_LABEL.fullmatch, labels)) else None
