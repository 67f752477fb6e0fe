"""What a page of numbers is, told without asking for each: it must be what each of them says."""

import random

import pytest

from dialer.calls.uk_numbers import kind_of, kind_of_page


@pytest.mark.parametrize(
    ("page", "kind"),
    [
        ("207946", "FIXED_LINE"),
        ("772012", "MOBILE"),
        ("900000", "PREMIUM_RATE"),
        ("030000", None),
        ("333000", "UAN"),
    ],
)
def test_a_page_has_the_kind_of_all_its_numbers(page, kind):
    assert kind_of_page(page) == kind


def test_no_number_is_of_another_kind_than_its_page():
    draw = random.Random(20261123)
    for _ in range(60_000):
        number = str(draw.randrange(10**9, 10**10))
        assert kind_of_page(number[:6]) in (None, kind_of(number))


@pytest.mark.parametrize("page", ["207946", "138768", "746400", "764642", "800111", "559999", "191562"])
def test_every_single_number_of_a_page_agrees_with_it(page):
    kinds = {kind_of(f"{page}{rest:04d}") for rest in range(10_000)}

    assert kind_of_page(page) in ({None} if len(kinds) > 1 else kinds | {None})
