"""What a browser may do with our pages, on every one of them."""

import re
from pathlib import Path

import pytest

from dialer.web import console

FOLDER = Path(console.__file__).parent.parent
PAGES = (
    "/login",
    "/console/today",
    "/console/blocked",
    "/console/decisions/none",
    "/nowhere",
    "/console/blocked.csv",
)


@pytest.mark.parametrize("address", PAGES)
def test_every_page_carries_a_strict_policy(supervisor, address):
    answer = supervisor.get(address)

    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"


def test_no_template_has_inline_style_or_script_or_anything_from_elsewhere():
    for template in (FOLDER / "templates").rglob("*.html"):
        text = template.read_text()
        assert not re.search(r"\sstyle=|\son\w+=|<style|<script(?![^>]*\ssrc=)|\|safe\b", text), template
        assert not re.search(r"(?:src|href)=\"https?://", text), template


def test_no_sheet_fetches_anything_and_no_rule_file_names_a_colour_of_its_own():
    for sheet in (FOLDER / "static").glob("*.css"):
        text = sheet.read_text()
        assert "url(" not in text
        assert "@import" not in text
        assert sheet.name == "colours.css" or not re.search(r"#[0-9a-f]{3,8}\b", text), sheet


@pytest.mark.parametrize("name", ["colours.css", "live.js", "ringfence.svg"])
def test_what_pages_need_is_served_from_here(browser, name):
    with browser.get(f"/console/static/{name}") as answer:
        assert answer.status_code == 200
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_file_outside_the_folder_is_not_served(browser):
    assert browser.get("/console/static/../console/routes.py").status_code == 404
    assert browser.get("/console/static/%2e%2e/problems.py").status_code == 404
