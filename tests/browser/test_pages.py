"""Every page once, in light and dark: nothing for axe to find, nothing to scroll sideways for on a phone."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from dialer.web import make_app
from tests.browser.conftest import keep_screen, log_in, serving
from tests.web.console.conftest import settings_at

PAGES = (
    *("today", "a day without calls", "blocked", "blocked, none", "decision", "put off", "not there"),
    *("lists", "list done", "list waiting", "list failed"),
)
# WCAG 2.2 reflow (1.4.10) is measured at 320 CSS pixels.
NARROWEST = 320
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


def violations_on(page):
    found = Axe().run(page, options=RULES).response["violations"]
    return [(each["id"], [node["target"] for node in each["nodes"]]) for each in found]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_any_page(open_window, console, scheme):
    page = open_window(color_scheme=scheme)
    log_in(page)

    found = {}
    for name in PAGES:
        page.goto(console.addresses[name])
        keep_screen(page, f"{name} {scheme}")
        found[name] = violations_on(page)

    assert found == {name: [] for name in PAGES}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_the_log_in_form_and_its_refusal(open_window, scheme):
    page = open_window(color_scheme=scheme)
    page.goto("/")
    before = violations_on(page)

    page.get_by_label("Name").fill("sam")
    page.get_by_label("Password").fill("not the password")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Name or password is wrong")
    keep_screen(page, f"log-in refused {scheme}")

    assert (before, violations_on(page)) == ([], [])


def test_no_page_scrolls_sideways_on_the_narrowest_phone(open_window, console):
    page = open_window(width=NARROWEST)
    log_in(page)

    widths = {}
    for name in PAGES:
        page.goto(console.addresses[name])
        keep_screen(page, f"{name} narrow")
        widths[name] = page.evaluate("document.documentElement.scrollWidth")

    assert {name: width for name, width in widths.items() if width > NARROWEST} == {}


def test_axe_finds_nothing_on_the_page_of_a_store_that_is_away(chromium, dead_redis_url):
    with serving(make_app(settings_at(dead_redis_url))) as address:
        page = chromium.new_page(base_url=address)
        page.context.add_cookies([{"name": "ringfence-session", "value": "x" * 43, "url": address}])
        answer = page.goto("/console/today")
        found = violations_on(page)
        keep_screen(page, "store away")
        page.context.close()

    assert (answer.status, found) == (503, [])
