"""Plain words for codes, times and ages."""

from datetime import UTC, datetime, timedelta

import pytest

from dialer.law.codes import Code
from dialer.people.roles import NumbersShown
from dialer.reports.words import (
    clock_time,
    fact_in_words,
    full_time,
    in_words,
    number_for,
    obligation_words,
    reason_text,
    source_in_words,
    span,
)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("UK_R21_1B_TPS_LISTED", "TPS listed"),
        ("UK_R21_1B_CTPS_LISTED", "CTPS listed"),
        ("UK_CONSENT_WITHDRAWN", "Consent withdrawn"),
        ("UK_R21A_NO_CONSENT", "Claims calls: no consent"),
        ("UK_HOURS_OUTSIDE", "Outside calling hours"),
        ("A_CODE_OF_TOMORROW", "A code of tomorrow"),
        ("", ""),
    ],
)
def test_a_code_is_read_out_as_people_say_it(code, words):
    assert in_words(code) == words


def test_every_code_of_the_catalogue_has_words_and_a_meaning():
    for code in Code:
        assert len(in_words(code)) > 3
        assert "_" not in in_words(code)
        assert reason_text(code)


def test_no_two_codes_are_read_out_alike():
    assert len({in_words(code) for code in Code}) == len(Code)


def test_a_code_nobody_knows_has_no_meaning():
    assert reason_text("X") == ""


@pytest.mark.parametrize(
    ("length", "words"),
    [
        (timedelta(seconds=59), "moments"),
        (timedelta(seconds=60), "1 minute"),
        (timedelta(minutes=59, seconds=59), "59 minutes"),
        (timedelta(hours=1), "1 hour"),
        (timedelta(hours=23, minutes=59), "23 hours"),
        (timedelta(days=1), "1 day"),
        (timedelta(days=-41), "41 days"),
    ],
)
def test_a_length_of_time_is_told_by_its_largest_unit(length, words):
    assert span(length) == words


def test_times_are_londons_and_name_their_zone():
    summer, winter = datetime(2026, 7, 1, 11, tzinfo=UTC), datetime(2026, 11, 23, 11, tzinfo=UTC)

    assert full_time(summer) == "1 Jul 2026, 12:00:00 BST"
    assert full_time(winter) == "23 Nov 2026, 11:00:00 GMT"
    assert clock_time(summer) == "12:00:00"


@pytest.mark.parametrize(
    ("numbers", "shown"),
    [(NumbersShown.FULL, "+442079460123"), (NumbersShown.LAST4, "…0123"), (NumbersShown.NONE, "hidden")],
)
def test_a_number_is_shown_as_its_reader_may_see_it(numbers, shown):
    assert number_for("+442079460123", numbers) == shown
    assert number_for("", numbers) == "unreadable"


def test_obligations_sources_and_facts_have_words_known_or_not():
    assert obligation_words("SAY_NAME") == "say whose call it is"
    assert obligation_words("SHOW_CLI(+442079460100)").endswith(": +442079460100")
    assert obligation_words("SING") == "Sing"
    assert source_in_words("keypad") == "Pressed a key"
    assert source_in_words("carrier_pigeon") == "Carrier pigeon"
    assert source_in_words(None) == "Not recorded"
    assert fact_in_words("first_seen_on") == "Listed since"
    assert fact_in_words("dial_mode") == "Dial mode"
