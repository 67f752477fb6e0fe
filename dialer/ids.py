"""Identifiers: a kind, an underscore, and a ULID, so that ids sort by the time they were made."""

import secrets
from base64 import b32encode
from datetime import datetime
from enum import StrEnum

_CROCKFORD = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_SPELLING = bytes.maketrans(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", _CROCKFORD)
_RANDOM_BITS = 80


class Kind(StrEnum):
    """What an id names; the part before the underscore."""

    DECISION = "dec"
    OBJECTION = "obj"
    CONSENT = "con"
    SOLICITATION = "sol"
    RELATIONSHIP = "rel"
    HOLD = "hld"
    NOTICE = "ntc"
    IMPORT = "imp"
    MARK = "mrk"
    LINE = "ln"
    KEY = "key"
    REVIEW = "rev"
    SCRUB = "scr"
    CLIP = "clp"


def new_id(kind: Kind, *, at: datetime) -> str:
    """Return a fresh id such as `dec_01J…`; `at` is its time, to the millisecond.

    Source: the ULID layout, 48 bits of milliseconds and 80 random bits in Crockford's base 32.
    """
    milliseconds = int(at.timestamp() * 1000)
    return _spelt(kind, (milliseconds << _RANDOM_BITS) | secrets.randbits(_RANDOM_BITS))


def id_for(kind: Kind, digest: str) -> str:
    """Return the one id that belongs to a hex digest, so that the same request names the same thing."""
    return _spelt(kind, int(digest[:32], 16))


def _spelt(kind: Kind, value: int) -> str:
    # 26 digits of 5 bits are 130; six zeros more make them whole bytes, and their digit is cut off again.
    digits = b32encode((value << 6).to_bytes(17, "big"))[:26].translate(_SPELLING).decode("ascii")
    return f"{kind}_{digits}"
