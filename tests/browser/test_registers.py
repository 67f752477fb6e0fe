"""The page of registers in a browser: nothing for axe, nothing sideways, a file brought without scripts."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from dialer.people.roles import Role
from dialer.people.users import User
from dialer.registers import import_jobs, import_work
from dialer.registers.import_job import ImportJob, ImportStanding, ImportState
from tests.browser.conftest import keep_screen
from tests.browser.test_pages import NARROWEST, violations_on
from tests.reports.lines import NOON
from tests.web.console.conftest import PASSWORD, password_hash
from workers.parts import worker_parts

FULL = b"".join(b"01632%06d\r\n" % number for number in range(1, 201))
STANDINGS = (
    ImportStanding(state=ImportState.RUNNING, stage="reading", done=30, total=100, seconds_left=12.0),
    ImportStanding(state=ImportState.HELD, problem="tps would go from 17,000,000 to 9,000,000 numbers"),
    ImportStanding(state=ImportState.FAILED, problem="tps.gz is damaged or cut short"),
)


@pytest.fixture
def admin(console, parts, tmp_path):
    """An administrator `ada`, who finds imports of somebody else's on the page."""
    parts.people.save(User(name="ada", role=Role.ADMIN, password_hash=password_hash()))
    object.__setattr__(parts.settings, "data_dir", tmp_path)
    for place, standing in enumerate(STANDINGS):
        job = ImportJob(
            id=import_jobs.new_job_id(NOON + timedelta(minutes=place)),
            register="tps",
            extracted_on=NOON.date(),
            file_name=f"tps_full_of_the_operator_{place}.txt.gz",
            by="ben",
            asked_at=NOON,
            expires_at=NOON + import_jobs.KEPT_FOR,
        )
        parts.imports.jobs.add(job)
        parts.imports.jobs.end(job.id, standing)
    return console


def log_in(page):
    page.goto("/login?next=/console/registers")
    page.get_by_label("Name").fill("ada")
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    # The address of the log-in ends alike, but has = before the page it leads to.
    page.wait_for_url(re.compile("[^=]/console/registers$"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_the_page_of_registers(open_window, admin, scheme):
    page = open_window(color_scheme=scheme)
    log_in(page)
    keep_screen(page, f"registers {scheme}")
    assert violations_on(page) == []


def test_the_page_of_registers_does_not_scroll_sideways_on_the_narrowest_phone(open_window, admin):
    page = open_window(width=NARROWEST)
    log_in(page)
    keep_screen(page, "registers narrow")
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROWEST


def test_a_file_is_brought_and_followed_without_scripts(open_window, admin, parts):
    page = open_window(java_script_enabled=False)
    log_in(page)
    page.locator("select[name=register]").select_option("ctps")
    page.locator("input[type=file]").set_input_files(
        files=[{"name": "ctps.txt", "mimeType": "text/plain", "buffer": FULL}]
    )
    page.get_by_label("Day the operator extracted it").fill("2026-11-20")
    page.get_by_role("button", name="Import", exact=True).click()
    row = page.get_by_role("row", name="CTPS: ctps.txt")
    expect(row).to_contain_text("Waiting")

    assert import_work.work_off(worker_parts(parts, should_stop=lambda: False).imports) == 1
    page.reload()
    expect(row).to_contain_text("200 numbers: 200 added, 0 removed")


def test_a_held_import_is_approved_by_keyboard(open_window, admin):
    page = open_window()
    log_in(page)
    page.get_by_role("button", name="I have looked: import it").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.get_by_role("row", name="tps_full_of_the_operator_1")).to_contain_text("approved by ada")


def test_somebody_without_a_mouse_tries_a_file_and_then_imports_it(open_window, admin, parts):
    page = open_window()
    log_in(page)
    tab_to(page, "select[name=register]")
    page.keyboard.type("CTPS")
    tab_to(page, "input[type=file]")
    with page.expect_file_chooser() as chosen:
        page.keyboard.press("Space")
    chosen.value.set_files({"name": "ctps.txt", "mimeType": "text/plain", "buffer": FULL})
    tab_to(page, "input[name=extracted_on]")
    page.keyboard.type("20112026")
    tab_to(page, "summary")
    page.keyboard.press("Enter")
    expect(page.locator("textarea[name=layout]")).to_be_visible()
    tab_to(page, "button[name=dry_run]")
    with page.expect_navigation():
        page.keyboard.press("Enter")

    assert import_work.work_off(worker_parts(parts, should_stop=lambda: False).imports) == 1
    row = page.get_by_role("row", name="CTPS: ctps.txt")
    expect(row).to_contain_text("Tried, nothing changed")
    expect(row).to_contain_text("200 numbers: 200 added, 0 removed")
    tab_to(page, "button[aria-label^='Import it: CTPS']")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert import_work.work_off(worker_parts(parts, should_stop=lambda: False).imports) == 1
    page.reload()
    expect(row).to_contain_text("Done")


def tab_to(page, selector):
    """Walk by Tab to the control; it must be reached by no other key."""
    for _ in range(80):
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"no {selector} within 80 steps of Tab")
