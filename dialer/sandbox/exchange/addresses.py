"""Telephone numbers, client identities and SIP addresses as a telephone exchange tells them apart."""

import re
from urllib.parse import unquote

E164 = re.compile(r"\+[1-9][0-9]{6,14}")
CLIENT = re.compile(r"client:[^\s<>&]{1,256}")
SIP = re.compile(r"sips?:[^\s@]{1,200}@[^\s@]{1,200}")
# What Twilio puts in From when the caller hid their number. Source: twilio.md section 1.1.
WITHHELD = frozenset({"anonymous", "unknown", "restricted", "unavailable", "+266696687"})


def is_number(address: str) -> bool:
    """Tell whether the address is an E.164 number; whether anybody has that number is not asked."""
    return E164.fullmatch(address) is not None


def is_client(address: str) -> bool:
    """Tell whether the address is a browser's identity, `client:a17`."""
    return CLIENT.fullmatch(address) is not None


def is_sip(address: str) -> bool:
    """Tell whether the address is a SIP one, `sip:a17@demo.sip.twilio.com`."""
    return SIP.fullmatch(address) is not None


def callee_key(address: str) -> str:
    """Return the name a callee's script is kept under: E.164, or an address without port and parameters."""
    plain = address.strip()
    if is_sip(plain):
        user, _, host = unquote(plain.split(":", 1)[1]).partition("@")
        return f"sip:{user}@{re.split(r'[;?:]', host)[0].lower()}"
    if plain.startswith("client:"):
        return plain
    digits = re.sub(r"[\s().-]", "", plain)
    # People script callees as they write numbers; every other digit string of ours is E.164 already.
    for written, meant in (("00", "+"), ("0", "+44")):
        if digits.startswith(written):
            return meant + digits.removeprefix(written)
    return digits
