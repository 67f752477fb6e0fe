"""Whose number may stand as CLI, which can be replied to, and whose bank holidays a line keeps."""

from datetime import date

import pytest

from dialer.law.uk.bank_holidays import days_observed, is_bank_holiday, nations_of
from dialer.law.uk.caller_id import is_free_to_call, may_be_shown, takes_replies
from dialer.law.uk.scottish_codes import is_scottish


@pytest.mark.parametrize(
    ("number", "may"),
    [
        ("+442079460100", True),
        ("+448081570123", True),
        ("+443069990123", True),
        ("+445600960123", False),
        ("+449098790123", False),
        ("+447012345678", False),
        ("+33142685300", False),
        ("withheld", False),
    ],
)
def test_a_number_that_can_be_rung_back_at_no_surprise_may_be_shown(number: str, may: bool) -> None:
    """Source: law.md 5.2, Ofcom's CLI guidance."""
    assert may_be_shown(number, "GB", drama_mobiles=False) is may


@pytest.mark.parametrize(("drama", "may"), [(True, True), (False, False)])
def test_a_drama_mobile_may_be_shown_in_demonstrations_only(drama: bool, may: bool) -> None:
    assert may_be_shown("+447700900123", "GB", drama_mobiles=drama) is may


@pytest.mark.parametrize(
    ("number", "is_free"), [("0808 157 0123", True), ("020 7946 0100", False), ("?", False)]
)
def test_a_freephone_number_is_free(number: str, is_free: bool) -> None:
    assert is_free_to_call(number, "GB") is is_free


@pytest.mark.parametrize(
    ("shown", "takes"),
    [
        ("+44 20 7946 0100", True),
        ("60777", True),
        ("jo@example.com", True),
        ("Alder", False),
        (None, False),
        ("", False),
    ],
)
def test_nobody_can_reply_to_a_name(shown: str | None, takes: bool) -> None:
    """Source: PECR 2003 reg 23(b): a valid address to send a request to stop to."""
    assert takes_replies(shown) is takes


@pytest.mark.parametrize(
    ("number", "is_in_scotland"),
    [
        ("+441314960123", True),
        ("+441414960123", True),
        ("+441224000000", True),
        ("+441890000000", True),
        ("+441997000000", True),
        ("+441289000000", False),
        ("+441134960123", False),
        ("+442079460123", False),
        ("+331224000000", False),
    ],
)
def test_an_area_code_is_scottish_or_not(number: str, is_in_scotland: bool) -> None:
    """Source: Ofcom's National Telephone Numbering Plan, Appendix A."""
    assert is_scottish(number) is is_in_scotland


@pytest.mark.parametrize(
    ("number", "nations"),
    [("+442896960123", ("NIR",)), ("+441314960123", ("SCT",)), ("+442079460123", ()), ("+447700900123", ())],
)
def test_a_line_adds_the_holidays_of_its_own_nation(number: str, nations: tuple[str, ...]) -> None:
    """Source: law.md 8.7.20."""
    assert nations_of(number) == nations


@pytest.mark.parametrize(
    ("day", "nation", "is_kept"),
    [
        (date(2026, 1, 2), "SCT", True),
        (date(2026, 1, 2), "ENG", False),
        (date(2026, 7, 13), "NIR", True),
        (date(2026, 7, 13), "WLS", False),
        (date(2026, 4, 6), "ENG", True),
        (date(2026, 4, 6), "SCT", False),
        (date(2026, 12, 26), "ENG", False),
        (date(2026, 12, 28), "ENG", True),
        (date(2027, 12, 25), "ENG", False),
        (date(2027, 12, 27), "ENG", True),
        (date(2027, 12, 28), "ENG", True),
    ],
)
def test_a_holiday_is_kept_on_the_day_it_is_observed(day: date, nation: str, is_kept: bool) -> None:
    """Source: Banking and Financial Dealings Act 1971 Sch 1; law.md 8.7.20."""
    assert is_bank_holiday(day, (nation,)) is is_kept
    assert is_bank_holiday(day, ()) is False


def test_days_observed_are_of_the_year_asked_for() -> None:
    assert {day.year for day in days_observed("ENG", 2022)} == {2022}
    assert len(days_observed("ENG", 2026)) == 8
