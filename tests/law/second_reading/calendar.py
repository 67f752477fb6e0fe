"""Civil days in London: months, calling windows, bank holidays, and when a window next opens."""

from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta

import holidays

from tests.law.second_reading.asked import LONDON, Asked

SCOTTISH = ("+44131", "+44141")
NORTHERN_IRISH = ("+4428",)
OUTSIDE, HOLIDAY = "UK_HOURS_OUTSIDE", "UK_HOURS_HOLIDAY"
_BANKS: dict[tuple[str, int], holidays.HolidayBase] = {}


def civil_day(moment: datetime) -> date:
    """Return the day of an instant in London."""
    return moment.astimezone(LONDON).date()


def months_after(day: date, months: int) -> date:
    """Return the same day some calendar months on, or the month's last day (8.7.12)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def midnight_after(day: date) -> datetime:
    """Return the end of a civil day in London, in UTC."""
    return datetime.combine(day + timedelta(days=1), time(), LONDON).astimezone(UTC)


def nations(asked: Asked) -> list[str]:
    """Return whose bank holidays count (8.7.20)."""
    policy = asked.case.get("policy") or {}
    kept: list[str] | None = policy.get("holidays")
    if kept is not None:
        return kept
    named = ["ENG", "WLS"]
    if asked.point and asked.point.startswith(SCOTTISH):
        named.append("SCT")
    if asked.point and asked.point.startswith(NORTHERN_IRISH):
        named.append("NIR")
    return named


def is_bank_holiday(day: date, named: list[str]) -> bool:
    """Say whether a nation named keeps the day: the day observed, which is never at a weekend (8.7.20)."""
    if day.weekday() >= 5:
        return False
    for nation in named:
        key = (nation, day.year)
        if key not in _BANKS:
            _BANKS[key] = holidays.country_holidays("GB", subdiv=nation, years=day.year)
        if day in _BANKS[key]:
            return True
    return False


def window(day: date, purpose: str, named: list[str]) -> tuple[time, time] | None:
    """Return when the purpose may be dialled on a day (5.3), None for not at all."""
    weekday = day.weekday()
    if purpose == "service":
        return time(8), time(21)
    if purpose == "research":
        return (time(10) if weekday == 6 else time(9)), time(21)
    if weekday == 6 or is_bank_holiday(day, named):
        return None
    return (time(9) if weekday == 5 else time(8)), time(21)


def hours_code(asked: Asked, at: datetime) -> str | None:
    """Return the code of phase 7 as of an instant, None inside the window; the end is exclusive."""
    day, named = civil_day(at), nations(asked)
    open_from = window(day, asked.purpose, named)
    if open_from is None:
        return HOLIDAY if is_bank_holiday(day, named) else OUTSIDE
    now = at.astimezone(LONDON).time()
    return None if open_from[0] <= now < open_from[1] else OUTSIDE


def openings(asked: Asked) -> list[datetime]:
    """Return when the windows of the coming month open, in UTC."""
    days = (asked.today + timedelta(days=offset) for offset in range(31))
    hours = ((day, window(day, asked.purpose, nations(asked))) for day in days)
    return [datetime.combine(day, span[0], LONDON).astimezone(UTC) for day, span in hours if span]


def closing(asked: Asked) -> datetime | None:
    """Return when the present hours close, in UTC; None outside them."""
    hours = window(asked.today, asked.purpose, nations(asked))
    if hours is None or hours_code(asked, asked.at) is not None:
        return None
    return datetime.combine(asked.today, hours[1], LONDON).astimezone(UTC)
