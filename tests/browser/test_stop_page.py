"""The public page in a real browser: on a phone, in the dark, by keyboard and without JavaScript."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import keep_screen
from tests.browser.test_pages import NARROWEST, violations_on

LINE = "+442079460123"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_somebody_says_no_on_a_phone_and_axe_finds_nothing_on_the_way(open_window, parts, scheme):
    page = open_window(width=NARROWEST, color_scheme=scheme)
    page.goto("/stop/ORG_A")
    found = [violations_on(page)]
    page.get_by_role("button", name="Stop them").click()
    expect(page.get_by_role("alert")).to_contain_text("Please give the phone number")
    found.append(violations_on(page))
    keep_screen(page, f"stop refused {scheme}")
    page.get_by_label("Phone number").fill("020 7946 0123")
    page.get_by_role("button", name="Stop them").click()
    expect(page.get_by_role("heading", name="Done")).to_be_visible()
    found.append(violations_on(page))
    keep_screen(page, f"stop done {scheme}")

    assert found == [[], [], []]
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROWEST
    assert len(parts.records.of_line(LINE).objections) == 1


def test_the_page_works_without_javascript_and_by_keyboard(open_window, parts):
    page = open_window(java_script_enabled=False)
    page.goto("/stop/ORG_A")
    page.get_by_label("Phone number").fill("020 7946 0123")
    page.get_by_role("radio", name="Calls", exact=True).press("Space")
    page.get_by_role("button", name="Stop them").press("Enter")

    expect(page.get_by_text("will not call you again")).to_be_visible()
    (no,) = parts.records.of_line(LINE).objections
    assert no.scope.channels == "voice"
    assert page.context.cookies() == []
