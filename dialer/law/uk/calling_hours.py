"""When people may be called or written to: an industry code, in London civil time, bank holidays kept.

Neither PECR nor Ofcom fixes hours; the DMA's guide does, and the house keeps it for every channel (law.md
5.3). A time the person asked for is outside the rule.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Final

from dialer.calls.campaign import Purpose
from dialer.clock import LONDON, london_day
from dialer.law.codes import Code
from dialer.law.days import london_instant
from dialer.law.facts import WeekHours
from dialer.law.matter import Matter
from dialer.law.opening import Opening, Span
from dialer.law.rule import Facts, Found, Phase, Rule, defers
from dialer.law.uk.bank_holidays import is_bank_holiday, nations_of

# No run of closed days in any nation's calendar is near this long; hours that never open end the search.
_SEARCH_DAYS: Final = 31


@dataclass(frozen=True, slots=True)
class Day:
    """One civil day's opening as instants, None if it is closed, and whether a bank holiday closes it."""

    opening: tuple[datetime, datetime] | None
    is_shut_for_holiday: bool

    def closes(self, at: datetime) -> datetime | None:
        """Return when the opening that `at` lies in ends, None where it lies in none; its end is out."""
        if self.opening is None or not self.opening[0] <= at < self.opening[1]:
            return None
        return self.opening[1]


def _is_outside(matter: Matter) -> Found:
    """Wait outside the hours of the purpose, on Sundays and bank holidays where they are kept.

    Source: DMA guide; law.md 5.3, 8.3 phase 7. Start included, end excluded: 21:00:00 is out.
    """
    today = _day(matter, matter.asked.day)
    if today.closes(matter.at) is not None:
        return None
    if matter.solicited is not None and matter.solicited.is_time_asked_for(matter.at):
        return None
    code = Code.UK_HOURS_HOLIDAY if today.is_shut_for_holiday else Code.UK_HOURS_OUTSIDE
    return defers(code, *_hours(matter))


def _day(matter: Matter, day: date) -> Day:
    policy, number = matter.case.policy, matter.asked.number
    nations: tuple[str, ...] | None = policy.holidays
    if nations is None:
        # Shipped: the nations of the parameters, and a geographic number's own.
        nations = matter.parameters.holiday_nations
        own = nations_of(number.e164) if number is not None else ()
        nations = (*nations, *own)
    return _opening_on(day, opening_of(matter), nations, policy.one_off_holidays)


@lru_cache(maxsize=4096)
def _opening_on(day: date, opening: Opening, nations: tuple[str, ...], one_off: tuple[date, ...]) -> Day:
    is_kept = opening.keeps_bank_holidays and (day in one_off or is_bank_holiday(day, nations))
    span = opening.on(day, is_holiday=is_kept)
    if span is None or span.opens >= span.closes:
        return Day(None, is_shut_for_holiday=is_kept)
    return Day((london_instant(day, span.opens), london_instant(day, span.closes)), is_shut_for_holiday=False)


def opening_of(matter: Matter) -> Opening:
    """Return the week of the purpose: the house's own hours where it has set some, else the shipped ones."""
    parameters, own = matter.parameters, matter.case.policy.hours
    match matter.asked.purpose:
        case Purpose.SERVICE:
            shipped, week = parameters.hours_service, own.service if own is not None else None
        case Purpose.RESEARCH:
            shipped, week = parameters.hours_research, own.research if own is not None else None
        case _:
            shipped, week = parameters.hours_marketing, own.marketing if own is not None else None
    return shipped if week is None else _own_opening(week)


@lru_cache(maxsize=256)
def _own_opening(week: WeekHours) -> Opening:
    return Opening(
        monday_to_friday=_span(week.monday_to_friday),
        saturday=_span(week.saturday),
        sunday=_span(week.sunday),
        bank_holiday=_span(week.bank_holiday),
        keeps_bank_holidays=week.keeps_bank_holidays,
    )


def _span(text: str | None) -> Span | None:
    """Return a span of the house's own; one that closes before it opens is never open."""
    if text is None:
        return None
    opens, _, closes = text.partition("-")
    return Span(time.fromisoformat(opens), time.fromisoformat(closes))


def _open_again(matter: Matter, at: datetime) -> datetime | None:
    """Return the first open instant not before `at`, or of the time asked for if that is earlier."""
    opens = _next_open(matter, at)
    solicited = matter.solicited
    if solicited is None or solicited.window is None:
        return opens
    start, end = solicited.window
    asked_for = max(at, start) if at < end else None
    return min((instant for instant in (opens, asked_for) if instant is not None), default=None)


def _next_open(matter: Matter, at: datetime) -> datetime | None:
    first = london_day(at)
    for offset in range(_SEARCH_DAYS):
        opening = _day(matter, first + timedelta(days=offset)).opening
        if opening is not None and at < opening[1]:
            return max(at, opening[0])
    return None


def _closes(matter: Matter) -> datetime | None:
    """Return when the present opening ends, or the time asked for, whichever is later."""
    closes, solicited = _day(matter, matter.asked.day).closes(matter.at), matter.solicited
    asked_for_ends = solicited.time_asked_for_ends(matter.at) if solicited is not None else None
    return max((end for end in (closes, asked_for_ends) if end is not None), default=None)


def _hours(matter: Matter) -> Facts:
    local = matter.at.astimezone(LONDON)
    return (
        ("local_time", local.strftime("%a %H:%M:%S")),
        ("shut_for_holiday", _day(matter, matter.asked.day).is_shut_for_holiday),
        ("purpose", matter.asked.purpose.value if matter.asked.purpose is not None else None),
    )


RULES = (
    Rule(
        name="within_calling_hours",
        phase=Phase.HOURS,
        codes=(Code.UK_HOURS_OUTSIDE, Code.UK_HOURS_HOLIDAY),
        check=_is_outside,
        uses=_hours,
        purposes=frozenset(Purpose),
        next_free=_open_again,
        open_until=_closes,
    ),
)
