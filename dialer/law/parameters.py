"""Every figure the rules use, dated and sourced; read from TOML once, at the first question.

A figure has one value from each of its days on. A judgement of a past day uses the values in force then.
"""

import tomllib
from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import date
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, Final

from dialer.errors import Misconfigured
from dialer.law.opening import Opening, read_opening


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameters:
    """The figures in force on one day. Days and months are civil ones in London."""

    decision_lifetime_seconds: int
    consent_shelf_life_months: int
    third_party_first_contact_months: int
    solicitation_days: int
    solicitation_attempts_max: int
    attempts_per_day_max: int
    attempts_per_week_max: int
    abandoned_rate_ceiling: float
    abandoned_rate_live_calls_min: int
    abandoned_rate_abandoned_min: int
    register_age_days_max: int
    statutory_grace_days_max: int
    charity_opt_in_collected_from: date
    banned_unsolicited_sectors: frozenset[str]
    abandoned_wait_hours: int
    machine_wait_hours: int
    holiday_nations: tuple[str, ...]
    hours_marketing: Opening
    hours_service: Opening
    hours_research: Opening


@dataclass(frozen=True, slots=True)
class DatedValue:
    """One value of one figure: in force from a day on, with where it comes from."""

    name: str
    since: date
    value: Any
    source: str


_READERS: Final[dict[str, Callable[[Any], Any]]] = {
    "banned_unsolicited_sectors": frozenset,
    "holiday_nations": tuple,
    "hours_marketing": read_opening,
    "hours_service": read_opening,
    "hours_research": read_opening,
}


@cache
def dated_values(*resources: str) -> tuple[DatedValue, ...]:
    """Return every dated value of the named files (`package:file.toml`), oldest first within a figure."""
    values: list[DatedValue] = []
    for resource in resources:
        package, _, name = resource.partition(":")
        table = tomllib.loads((files(package) / name).read_text("utf-8"))
        values += read_dated_values(table)
    return tuple(values)


def read_dated_values(table: dict[str, Any]) -> list[DatedValue]:
    """Return the values of one table; Misconfigured where one lacks its day or its source."""
    values: list[DatedValue] = []
    for name, entries in table.items():
        for entry in sorted(entries, key=lambda entry: entry["from"]):
            if not entry.get("source"):
                raise Misconfigured(f"parameter {name} has a value without a source; say where it comes from")
            values.append(DatedValue(name, entry["from"], entry["value"], entry["source"]))
    return values


# A day of calls asks for one day; an audit of years asks for at most some thousands.
@lru_cache(maxsize=4096)
def parameters_on(day: date, *resources: str) -> Parameters:
    """Return the figures in force on a civil day; before its first day a figure has its first value."""
    in_force: dict[str, DatedValue] = {}
    for value in dated_values(*resources):
        if value.since <= day or value.name not in in_force:
            in_force[value.name] = value
    if missing := sorted({field.name for field in fields(Parameters)} - set(in_force)):
        raise Misconfigured(f"no value for the parameters {', '.join(missing)}; add them to the rule pack")
    read = {name: _READERS.get(name, _as_it_is)(value.value) for name, value in in_force.items()}
    return Parameters(**read)


def _as_it_is(value: Any) -> Any:
    return value
