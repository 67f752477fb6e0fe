"""What the courier brings back: an answer, or the reason why there is none."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from dialer.errors import RingfenceError


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """An answer: header names in lower case, its body cut at the courier's limit."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    took: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted:
    """What a mail server answered to one mail: its code, and its words."""

    code: int
    said: bytes
    took: timedelta


class Unreachable(RingfenceError):
    """No answer came: no such name, no connection, no trust, or no time; the message says which."""

    status = 502
    code = "unreachable"
