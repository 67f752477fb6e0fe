"""The pages of noes in a browser: nothing for axe, nothing sideways; single keys, and no scripts at all."""

import re

import pytest
from playwright.sync_api import expect

from dialer.clock import from_milliseconds
from tests.browser.conftest import keep_screen
from tests.browser.test_pages import NARROWEST, violations_on
from tests.doubles.house import StandingClock
from tests.web.console.conftest import PASSWORD
from tests.web.console.noes import (
    CLEAR,
    DOUBTFUL,
    REFUSED,
    objection_on,
    open_ids,
    questioned,
    said,
    with_sound,
)

QUESTIONED = "+442079460150"
PATHS = ("/console/reviews", "/console/heard")


@pytest.fixture
def clock(redis_client):
    """The server's own time, which dates the ledger's lines."""
    seconds, microseconds = redis_client.time()
    return StandingClock(from_milliseconds(seconds * 1_000 + microseconds // 1_000))


@pytest.fixture
def queue(console, parts, clock, tmp_path):
    """Two doubts, one of them with its sound, and an objection that its agent says was never said."""
    said(parts, CLEAR, call="CA0", line=QUESTIONED)
    questioned(parts, objection_on(parts, QUESTIONED), note="She said to take the dog off the lead")
    clock.advance(minutes=2)
    said(parts, DOUBTFUL)
    clock.advance(minutes=2)
    said(parts, "nie dzwońcie do mnie więcej proszę", call="CA2", line="+442079460151")
    for _ in range(2):
        said(parts, REFUSED, call=f"CA3{_}", line="+442079460152")
    said(parts, "take me off your list would you", call="CA4", line="+442079460153")
    with_sound(parts, open_ids(parts)[1], "CA1", tmp_path / "archive")
    return console


def log_in(page, path=PATHS[0]):
    page.goto(f"/login?next={path}")
    page.get_by_label("Name").fill("sam")
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(f"[^=]{path}$"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_the_pages_of_noes(open_window, queue, scheme):
    page = open_window(color_scheme=scheme)
    log_in(page)
    found = {}
    for path in PATHS:
        page.goto(path)
        page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
        keep_screen(page, f"{path.rpartition('/')[2]} {scheme}")
        found[path] = violations_on(page)
    assert found == {path: [] for path in PATHS}


def test_they_do_not_scroll_sideways_on_the_narrowest_phone(open_window, queue):
    page = open_window(width=NARROWEST)
    log_in(page)
    widths = {}
    for path in PATHS:
        page.goto(path)
        page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
        keep_screen(page, f"{path.rpartition('/')[2]} narrow")
        widths[path] = (page.evaluate("document.documentElement.scrollWidth"), violations_on(page))
    assert {path: told for path, told in widths.items() if told != (NARROWEST, [])} == {}


def test_a_supervisor_goes_through_the_queue_by_single_keys(open_window, queue, parts):
    page = open_window()
    log_in(page)
    for key in "jj":
        page.keyboard.press(key)
    page.keyboard.press("n")
    expect(page.get_by_label("Why it was none").first).to_be_focused()
    page.keyboard.type("just cross with the kettle")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Released")
    page.keyboard.press("j")
    page.keyboard.press("c")
    expect(page.get_by_role("button", name="Confirm: it was a no")).to_be_focused()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Confirmed: it is in force.")
    assert len(open_ids(parts)) == 1


def test_a_key_typed_in_a_field_or_with_the_keys_switched_off_does_nothing(open_window, queue):
    page = open_window()
    log_in(page)
    page.get_by_label("Why it was none").first.fill("")
    page.keyboard.type("jkcns")
    expect(page.get_by_label("Why it was none").first).to_have_value("jkcns")
    page.get_by_role("button", name="Single keys are on").click()
    page.keyboard.press("j")
    expect(page.get_by_role("button", name="Single keys are off")).to_be_focused()
    page.reload()
    expect(page.get_by_role("button", name="Single keys are off")).to_be_visible()


def test_the_sound_plays_under_the_pages_own_policy(open_window, queue):
    page = open_window()
    log_in(page)
    sound = page.locator("audio")
    assert sound.count() == 1
    sound.evaluate("each => { each.preload = 'auto'; each.load() }")
    page.wait_for_function("() => document.querySelector('audio').readyState >= 2")
    assert sound.evaluate("each => each.duration") == pytest.approx(1.0, abs=0.05)


def test_a_second_person_ends_an_objection_without_scripts(open_window, queue, parts):
    page = open_window(java_script_enabled=False)
    log_in(page)
    card = page.get_by_role("article", name="Not what they said")
    card.get_by_label("What was said instead").fill("the dog, as Ann says")
    card.get_by_label("I have read the words; there is no clip").check()
    card.get_by_role("button", name="Agree: end the objection").click()
    expect(page.get_by_role("status")).to_contain_text("Agreed: the objection has ended")
    page.goto("/console/heard")
    expect(page.get_by_text("Ended: not what they said")).to_be_visible()


def test_somebody_without_scripts_questions_what_was_heard(open_window, queue):
    page = open_window(java_script_enabled=False)
    log_in(page, "/console/heard")
    card = page.get_by_role("article").filter(has_text="would you")
    card.get_by_text("Not what they said").click()
    card.get_by_label("What they said instead").fill("take me off your list of jobs, said to her son")
    card.get_by_role("button", name="Ask a second person to end it").click()
    expect(card).to_contain_text("Questioned: waits for a second person")
