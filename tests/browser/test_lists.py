"""The pages of lists by keyboard alone: a list is chosen, scrubbed, followed, its result fetched, deleted."""

from playwright.sync_api import expect

from dialer.scrubbing.jobs import work_off
from tests.browser.conftest import log_in
from tests.browser.test_registers import tab_to
from workers.parts import worker_parts

LEADS = b"id,Home,Work\n1,020 7946 0123,nobody\n2,0113 496 0001,020 7946 0124\n"


def chosen(page, content=LEADS):
    """Choose a list and its campaign, by no other key than Tab, Space and letters."""
    page.goto("/console/lists")
    tab_to(page, "input[type=file]")
    with page.expect_file_chooser() as choosing:
        page.keyboard.press("Space")
    choosing.value.set_files({"name": "spring.csv", "mimeType": "text/csv", "buffer": content})
    tab_to(page, "select[name=campaign]")
    page.keyboard.type("C3")


def followed(page, control):
    """Walk to a control and take it; waits for the page it leads to."""
    tab_to(page, control)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def work(parts):
    work_off(worker_parts(parts, should_stop=lambda: False).workshop)


def test_somebody_without_a_mouse_scrubs_a_list_and_deletes_it(open_window, console, parts):
    page = open_window()
    log_in(page)
    chosen(page)
    tab_to(page, "input[name=columns]")
    page.keyboard.type("Home, Work")
    followed(page, "form.upload button.main")
    expect(page.locator("#live")).to_contain_text("Waiting")

    work(parts)
    expect(page.get_by_role("heading", name="From 2 rows to 0 that may be called")).to_be_visible()

    page.reload()
    tab_to(page, "a.button.main")
    with page.expect_download() as fetching:
        page.keyboard.press("Enter")
    assert fetching.value.path().read_text().startswith("id,Home,Work,ringfence_")
    followed(page, "form[action$='/remove'] button")
    expect(page.get_by_role("link", name="spring.csv")).to_have_count(0)
