"""Standard Webhooks signatures, checked by the letter of the specification.

HMAC-SHA256 over `id.timestamp.body` with the base64 part of a `whsec_` secret; the header holds any number of
`v1,signature` separated by spaces, two of them while a secret is being replaced.
"""

import base64
import binascii
import hashlib
import hmac
import secrets
from collections.abc import Mapping
from datetime import datetime

from dialer.errors import Misconfigured, NotAuthenticated

TOLERANCE_SECONDS = 300
_PREFIX = "whsec_"


def new_secret() -> str:
    """Return a fresh secret of 192 bits, in the form senders and receivers exchange."""
    return _PREFIX + base64.b64encode(secrets.token_bytes(24)).decode()


def read_secret(text: str) -> bytes:
    """Return a secret's key; raises `Misconfigured` for what is not `whsec_` and base64."""
    try:
        key = base64.b64decode(text.removeprefix(_PREFIX), validate=True)
    except (binascii.Error, ValueError) as error:
        raise Misconfigured(
            "a secret is whsec_ and base64, as Ringfence shows it for the destination"
        ) from error
    if not text.startswith(_PREFIX) or not 16 <= len(key) <= 128:
        raise Misconfigured("a secret is whsec_ and the base64 of 16 to 128 bytes")
    return key


def check(headers: Mapping[str, str], body: bytes, *, keys: tuple[bytes, ...], now: datetime) -> str:
    """Return the notice's id if any key signed it within five minutes of `now`; raises `NotAuthenticated`.

    `headers` are named in lower case.
    """
    identity, at = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    if not identity or not at.isdecimal() or len(at) > 12:
        raise NotAuthenticated("webhook-id or webhook-timestamp is missing or unreadable")
    if abs(now.timestamp() - int(at)) > TOLERANCE_SECONDS:
        raise NotAuthenticated(f"webhook-timestamp is more than {TOLERANCE_SECONDS} seconds from now")
    signed = f"{identity}.{at}.".encode() + body
    given = [
        each.partition(",")[2] for each in headers.get("webhook-signature", "").split() if each[:3] == "v1,"
    ]
    for key in keys:
        expected = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
        if any(hmac.compare_digest(expected.encode(), each.encode()) for each in given):
            return identity
    raise NotAuthenticated("no signature fits a secret this CRM knows")
