"""Instants as files write them; what could be two different days is refused, never guessed.

A time without an offset is taken in London. A day without a time counts from its end: an objection that is
dated later than it was made can only lose to a yes it should lose to anyway.
"""

import re
from datetime import UTC, date, datetime, time
from enum import StrEnum
from typing import Final

from dialer.clock import LONDON

_SLASHED: Final = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})(?:[ T](\d{1,2}:\d{2}(?::\d{2})?))?")
_COMPACT: Final = re.compile(r"\d{8}")
_LAST_MOMENT: Final = time(23, 59, 59)
_MONTHS: Final = 12


class DateOrder(StrEnum):
    """Whether 05/06/2026 is the fifth of June or the sixth of May."""

    DAY_FIRST = "dmy"
    MONTH_FIRST = "mdy"


class UnreadableTime(ValueError):
    """The text is no instant; the message says why."""


def read_time(text: str, order: DateOrder | None = None) -> datetime:
    """Return the instant, aware, in UTC; raises `UnreadableTime`.

    Reads ISO 8601 in all its forms and day/month/year or month/day/year; of these two only what cannot be
    the other, unless `order` says which.
    """
    stripped = text.strip()
    slashed = _SLASHED.fullmatch(stripped)
    try:
        if slashed is not None:
            return _slashed(slashed, order)
        if _COMPACT.fullmatch(stripped) or len(stripped) == len("2026-11-23"):
            return _end_of(date.fromisoformat(stripped))
        return _in_utc(datetime.fromisoformat(stripped))
    except UnreadableTime:
        raise
    except (ValueError, OverflowError):
        raise UnreadableTime("no such time; write 2026-11-23T10:00:00+00:00") from None


def _slashed(found: re.Match[str], order: DateOrder | None) -> datetime:
    first, second, year = int(found.group(1)), int(found.group(2)), int(found.group(3))
    if order is None:
        if first <= _MONTHS and second <= _MONTHS and first != second:
            raise UnreadableTime("it may be two different days; say which with --date-order")
        order = DateOrder.DAY_FIRST if second <= _MONTHS else DateOrder.MONTH_FIRST
    day, month = (first, second) if order is DateOrder.DAY_FIRST else (second, first)
    if found.group(4) is None:
        return _end_of(date(year, month, day))
    hour = found.group(4).zfill(len("00:00:00") if found.group(4).count(":") == 2 else len("00:00"))
    return _in_utc(datetime.combine(date(year, month, day), time.fromisoformat(hour)))


def _end_of(day: date) -> datetime:
    return _in_utc(datetime.combine(day, _LAST_MOMENT))


def _in_utc(at: datetime) -> datetime:
    """Return the instant; of an hour that London had twice, the later one."""
    return (at if at.tzinfo else at.replace(tzinfo=LONDON, fold=1)).astimezone(UTC)
