"""Calling hours as data: which part of each day is open for one purpose, in London civil time."""

import re
from dataclasses import dataclass
from datetime import date, time
from typing import Any, Final

from dialer.errors import Misconfigured

_SPAN: Final = re.compile(r"([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)")
_SATURDAY: Final = 5
_KEYS: Final = frozenset({"monday_to_friday", "saturday", "sunday", "bank_holiday", "keeps_bank_holidays"})


@dataclass(frozen=True, slots=True)
class Span:
    """Open from `opens`, inclusive, to `closes`, exclusive: 21:00:00 is out."""

    opens: time
    closes: time


# Compared by identity: each is made once and looked up at every judgement, where a deep hash would tell.
@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Opening:
    """One purpose's week; None is closed all day. Without `keeps_bank_holidays` they are days like others."""

    monday_to_friday: Span | None = None
    saturday: Span | None = None
    sunday: Span | None = None
    bank_holiday: Span | None = None
    keeps_bank_holidays: bool = True

    def on(self, day: date, *, is_holiday: bool) -> Span | None:
        """Return the open span of one civil day, None if it is closed."""
        if is_holiday and self.keeps_bank_holidays:
            return self.bank_holiday
        weekday = day.weekday()
        if weekday < _SATURDAY:
            return self.monday_to_friday
        return self.saturday if weekday == _SATURDAY else self.sunday


def read_opening(table: dict[str, Any]) -> Opening:
    """Return an opening from a parameters table such as `{saturday = "09:00-21:00"}`; absent is closed."""
    if unknown := sorted(set(table) - _KEYS):
        raise Misconfigured(
            f"calling hours have unknown keys {', '.join(unknown)}; known are {sorted(_KEYS)}"
        )
    spans = {key: read_span(str(text)) for key, text in table.items() if key != "keeps_bank_holidays"}
    return Opening(**spans, keeps_bank_holidays=bool(table.get("keeps_bank_holidays", True)))


def read_span(text: str) -> Span:
    """Return a span written `HH:MM-HH:MM`; Misconfigured unless it opens before it closes."""
    found = _SPAN.fullmatch(text)
    if found is None:
        raise Misconfigured("calling hours are written HH:MM-HH:MM, as in 08:00-21:00")
    hours = [int(part) for part in found.groups()]
    span = Span(time(hours[0], hours[1]), time(hours[2], hours[3]))
    if span.opens >= span.closes:
        raise Misconfigured("calling hours must open before they close")
    return span
