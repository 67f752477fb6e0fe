"""Ways people go through the pages: by keyboard alone, without scripts, and leaving a page open."""

import re
from datetime import timedelta

from playwright.sync_api import expect

from dialer.scrubbing.jobs import work_off
from tests.browser.conftest import log_in
from tests.reports.lines import NOON, TPS, decision, keep
from tests.web.console.conftest import PASSWORD
from workers.parts import worker_parts


def test_somebody_without_a_mouse_logs_in_and_reads_why_a_call_was_blocked(open_window):
    page = open_window()
    page.goto("/")
    expect(page.locator("[autofocus]")).to_be_focused()
    page.keyboard.type("sam")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("[^=]/console/today$"))

    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the page")).to_be_focused()
    page.keyboard.press("Enter")
    press_until(page, r"TPS listed")
    press_until(page, r"^12:00:00$")

    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Don't call: the number is on the TPS register."
    )


def press_until(page, name):
    """Walk by Tab to the link of that name and open it."""
    for _ in range(60):
        page.keyboard.press("Tab")
        focused = page.evaluate("document.activeElement.textContent.trim()")
        if re.search(name, focused):
            with page.expect_navigation():
                page.keyboard.press("Enter")
            return
    raise AssertionError(f"no link {name} within 60 steps of Tab")


def test_somebody_without_scripts_filters_pages_and_opens_a_decision(open_window):
    page = open_window(java_script_enabled=False)
    log_in(page)
    page.get_by_role("link", name="Blocked calls").click()
    page.get_by_label("Agent").select_option("a17")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("status")).to_have_text("60 calls")

    page.get_by_role("link", name="Older").click()
    expect(page.locator("tbody tr")).to_have_count(10)
    page.locator("tbody tr a").first.click()

    expect(page.get_by_role("heading", name="Why: 1 rule failed")).to_be_visible()
    page.get_by_text("The ledger line as it was written").click()
    expect(page.locator("pre")).to_contain_text('"reason": "UK_R21_1B_TPS_LISTED"')


def later(seconds):
    return NOON + timedelta(seconds=seconds)


def test_an_open_page_follows_the_day_until_it_is_paused(open_window, redis_client):
    page = open_window()
    page.clock.install()
    log_in(page)
    blocked = page.locator("dt:text-is('Blocked') + dd")
    expect(blocked).to_have_text("61")

    keep(redis_client, decision(TPS, at=later(1)))
    page.clock.run_for(16_000)
    expect(blocked).to_have_text("62")

    page.get_by_role("button", name="Pause").click()
    keep(redis_client, decision(TPS, at=later(2)))
    page.clock.run_for(60_000)
    expect(blocked).to_have_text("62")


def test_the_only_thing_kept_in_the_browser_is_the_session_and_it_goes_at_log_out(open_window):
    page = open_window()
    log_in(page)

    names = [cookie["name"] for cookie in page.context.cookies()]
    stored = page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]")
    page.get_by_role("button", name="Log out").click()
    page.wait_for_url("**/login")

    assert (names, stored) == (["ringfence-session"], [0, 0, ""])
    assert "ringfence-session" not in [cookie["name"] for cookie in page.context.cookies()]


def test_a_link_to_a_decision_survives_logging_in(open_window, console):
    page = open_window()
    page.goto(console.addresses["decision"])
    page.get_by_label("Name").fill("sam")
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name="Why: 2 rules failed")).to_be_visible()


def test_somebody_without_scripts_has_a_list_scrubbed_and_reads_its_waterfall(open_window, parts, tmp_path):
    (tmp_path / "leads.csv").write_text("Phone\n02079460123\nnobody\n")
    page = open_window(java_script_enabled=False)
    log_in(page)
    page.get_by_role("link", name="Lists").click()
    page.get_by_label("List", exact=True).set_input_files(tmp_path / "leads.csv")
    page.get_by_label("Campaign").select_option("C1")
    page.get_by_role("button", name="Scrub").click()
    expect(page.get_by_text("Waiting")).to_be_visible()

    work_off(worker_parts(parts, should_stop=lambda: False).workshop)
    page.get_by_role("link", name="Look again").click()

    expect(page.get_by_role("heading", name="From 2 rows to 0 that may be called")).to_be_visible()
    expect(page.get_by_role("row")).to_have_count(4)
    with page.expect_download() as fetched:
        page.get_by_role("link", name="Fetch the result").click()
    assert fetched.value.path().read_text().startswith("Phone,ringfence_verdict")


def test_a_page_left_open_follows_its_list_to_the_end(open_window, parts, console):
    page = open_window()
    log_in(page)
    page.goto(console.addresses["list waiting"])
    expect(page.get_by_role("progressbar")).to_be_visible()

    work_off(worker_parts(parts, should_stop=lambda: False).workshop)

    expect(page.get_by_role("table")).to_be_visible()
