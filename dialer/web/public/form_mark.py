"""A mark in each form we hand out: ours, of one day, and the same when it is sent twice. No cookie is needed.

There is no log-in here that a foreign page could ride on, so the mark keeps out only what never saw our page.
"""

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta
from typing import Final

LIVES: Final = timedelta(hours=24)


def new_mark(secret: str, *, at: datetime) -> str:
    """Return a fresh mark: when, a random name, and our seal on both."""
    body = f"{int(at.timestamp())}.{secrets.token_hex(12)}"
    return f"{body}.{_seal(body, secret)}"


def is_ours(mark: str, secret: str, *, at: datetime) -> bool:
    """Say whether we handed this form out within the last day."""
    body, _, seal = mark.rpartition(".")
    made, _, _ = body.partition(".")
    if not made.isdecimal() or len(made) > 12 or not hmac.compare_digest(_seal(body, secret), seal):
        return False
    age = at.timestamp() - int(made)
    return -60 <= age <= LIVES.total_seconds()


def sender_of(address: str, secret: str, *, at: datetime) -> str:
    """Return a name for whoever sends from this address today; it tells nothing without our secret."""
    told = f"sender|{at:%Y-%m-%d}|{address}".encode()
    return hmac.new(secret.encode(), told, hashlib.sha256).hexdigest()[:24]


def _seal(body: str, secret: str) -> str:
    return hmac.new(secret.encode(), f"stop-form|{body}".encode(), hashlib.sha256).hexdigest()[:40]
