"""How old a register is, in words: both sides of each boundary."""

from datetime import date, timedelta

import pytest

from dialer.registers.snapshot import Register, Snapshot
from dialer.web.console.register_shown import register_shown
from tests.reports.lines import NOON

TODAY = date(2026, 11, 23)


def tps_of_age(days):
    extracted_on = TODAY - timedelta(days=days)
    live = Snapshot(
        ordinal=1,
        version="1",
        extracted_on=extracted_on,
        replaced_extracted_on=None,
        loaded_at=NOON,
        by="test",
        file_name="tps.txt",
        sha256="0" * 64,
        rows=1,
        unreadable_rows=0,
        numbers=1,
        added=1,
        removed=0,
    )
    return register_shown(Register(name="tps", snapshots=(live,)), today=TODAY)


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "Fresh."),
        (2, "Fresh."),
        (3, "Fresh."),
        (4, "A working day's file was missed. Good for now: it counts for 23 more days."),
        (7, "Getting old: it counts for 20 more days. Load a newer file."),
        (26, "Getting old: it counts for 1 more day. Load a newer file."),
        (27, "Getting old: today is the last day it counts. Load a newer file."),
        (28, "Too old to rely on. Calls that need it are put off: load a newer file now."),
    ],
)
def test_each_age_says_what_it_means(days, words):
    assert tps_of_age(days).words == words


def test_the_last_day_it_counts_is_named():
    shown = tps_of_age(3)

    assert (shown.age_days, shown.good_through) == (3, date(2026, 12, 17))


def test_one_never_loaded_says_so():
    shown = register_shown(Register(name="ctps", snapshots=()), today=TODAY)

    assert shown.words.startswith("Never loaded.")
    assert (shown.extracted_on, shown.age_days) == (None, None)
