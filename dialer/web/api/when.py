"""From and to, as people ask for them: a civil day in London, or an instant with its offset."""

from datetime import date, datetime, timedelta
from typing import Annotated, Any, Final

from pydantic import Field, TypeAdapter, ValidationError, WithJsonSchema

from dialer.errors import Fault, Unreadable
from dialer.reports.period import Period

_SHAPE: Final[dict[str, Any]] = {
    "anyOf": [{"type": "string", "format": "date"}, {"type": "string", "format": "date-time"}],
    "description": "A day in London (the last one included), or an instant with its offset.",
}
When = Annotated[str, Field(max_length=64), WithJsonSchema(_SHAPE)]

_DAY: Final = TypeAdapter(date)
_INSTANT: Final = TypeAdapter(datetime)


def from_instant(text: str | None, *, pointer: str = "/from") -> datetime | None:
    """Return the first instant meant, None for no bound; raises Unreadable that points at the parameter."""
    if text is None:
        return None
    day = _day_or_none(text)
    return Period(day, day).starts_at if day is not None else _instant(text, pointer)


def to_instant(text: str | None, *, pointer: str = "/to") -> datetime | None:
    """Return the first instant no longer meant, None for no bound; raises Unreadable."""
    if text is None:
        return None
    day = _day_or_none(text)
    return Period(day, day).ends_before if day is not None else _instant(text, pointer)


def day_of(text: str, *, pointer: str) -> date:
    """Return a civil day; raises Unreadable that points at the parameter."""
    day = _day_or_none(text)
    if day is None:
        raise Unreadable("cannot read a day", faults=(Fault(pointer, "must be a day such as 2026-11-23"),))
    return day


def _day_or_none(text: str) -> date | None:
    if len(text) != len("2026-11-23"):
        return None
    try:
        day = _DAY.validate_strings(text)
        # The days at either end of the calendar have no neighbour to end at.
        return day if date.min + timedelta(days=2) < day < date.max - timedelta(days=2) else None
    except ValidationError:
        return None


def _instant(text: str, pointer: str) -> datetime:
    # A plus sign that was not escaped in a query arrives as a blank.
    spelt = text.replace(" ", "+") if "T" in text else text
    fault = Fault(pointer, "must be a day such as 2026-11-23, or 2026-11-23T10:00:00+00:00")
    try:
        found = _INSTANT.validate_strings(spelt) if "T" in spelt else None
    except ValidationError:
        found = None
    if found is None or found.tzinfo is None or not 1971 <= found.year <= 9000:
        raise Unreadable("cannot read a time", faults=(fault,))
    return found
