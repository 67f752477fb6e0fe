"""Dated figures: the one in force on the day counts, and each says where it comes from."""

from datetime import date

import pytest

from dialer.errors import Misconfigured
from dialer.law.parameters import dated_values, parameters_on, read_dated_values
from dialer.law.uk.pack import uk_parameters_on

FILES = ("dialer.law:house_parameters.toml", "dialer.law.uk:parameters.toml")


@pytest.mark.parametrize(
    ("day", "banned"),
    [(date(2022, 7, 28), frozenset()), (date(2022, 7, 29), frozenset({"funeral_plans"}))],
)
def test_a_day_has_the_value_in_force_then(day: date, banned: frozenset[str]) -> None:
    assert uk_parameters_on(day).banned_unsolicited_sectors == banned


def test_before_its_first_day_a_figure_has_its_first_value() -> None:
    assert uk_parameters_on(date(1999, 1, 1)).register_age_days_max == 27


def test_the_figures_of_the_law_are_those_of_the_reference() -> None:
    now = uk_parameters_on(date(2026, 11, 23))
    assert (now.register_age_days_max, now.statutory_grace_days_max) == (27, 27)
    assert (now.abandoned_wait_hours, now.machine_wait_hours, now.abandoned_rate_ceiling) == (72, 24, 0.025)
    assert (now.attempts_per_day_max, now.attempts_per_week_max) == (3, 6)
    assert (now.consent_shelf_life_months, now.third_party_first_contact_months) == (24, 6)


def test_the_figures_of_a_day_cannot_be_changed_by_who_reads_them() -> None:
    now = uk_parameters_on(date(2026, 11, 23))
    assert isinstance(now.holiday_nations, tuple)
    assert isinstance(now.banned_unsolicited_sectors, frozenset)


def test_every_value_says_where_it_comes_from() -> None:
    assert all(value.source.strip() for value in dated_values(*FILES))


def test_a_value_without_a_source_is_refused() -> None:
    with pytest.raises(Misconfigured, match="caps"):
        read_dated_values({"caps": [{"from": date(2020, 1, 1), "value": 3}]})


def test_a_missing_figure_is_named() -> None:
    with pytest.raises(Misconfigured, match="register_age_days_max"):
        parameters_on(date(2026, 1, 1), "dialer.law:house_parameters.toml")
