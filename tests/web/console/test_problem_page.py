"""A problem as a page: what happened, what to do, and the way back."""

import pytest

from dialer.people.log_ins import LogIns
from dialer.people.roles import Role
from dialer.people.users import User
from dialer.web import make_app
from tests.web.console.conftest import PASSWORD, password_hash, settings_at

PAGES = ("/console/today", "/console/blocked", "/console/blocked.csv", "/console/decisions/dec_1")


@pytest.mark.parametrize("address", PAGES)
def test_a_store_that_is_away_is_a_page_that_says_so_and_503(dead_redis_url, address):
    browser = make_app(settings_at(dead_redis_url)).test_client()
    browser.set_cookie("ringfence-session", "x" * 43)

    answer = browser.get(address, headers={"Accept": "text/html"})

    assert answer.status_code == 503
    assert "nobody is dialled" in answer.text
    assert answer.headers["Retry-After"]


def test_a_stranger_may_see_the_form_while_the_store_is_away_but_not_log_in(dead_redis_url):
    browser = make_app(settings_at(dead_redis_url)).test_client()
    form = browser.get("/login", headers={"Accept": "text/html"})
    csrf = form.text.partition('name="csrf" value="')[2].partition('"')[0]

    answer = browser.post("/login", data={"csrf": csrf, "name": "sam", "password": PASSWORD})

    assert (form.status_code, answer.status_code) == (200, 503)


def test_a_store_that_dies_under_a_reader_comes_back_by_itself(own_server):
    app = make_app(settings_at(own_server.url))
    parts = app.extensions["ringfence"]
    parts.people.save(User(name="sam", role=Role.SUPERVISOR, password_hash=password_hash()))
    browser = app.test_client()
    browser.set_cookie("ringfence-session", LogIns(parts.people, parts.clock).log_in("sam", PASSWORD))

    own_server.kill()
    away = browser.get("/console/today", headers={"Accept": "text/html"})
    own_server.start()
    back = browser.get("/console/today", headers={"Accept": "text/html"})

    assert (away.status_code, back.status_code) == (503, 200)


def test_a_page_that_is_not_there_leads_back(browser):
    answer = browser.get("/console/nowhere")

    assert answer.status_code == 404
    assert 'href="/"' in answer.text


def test_scripts_are_still_answered_in_json(browser):
    answer = browser.get("/v1/nowhere", headers={"Accept": "application/json"})

    assert answer.mimetype == "application/problem+json"


def test_a_number_in_an_address_is_not_shown_back(browser):
    assert "7946" not in browser.get("/console/+442079460123").text


def test_a_form_larger_than_any_of_ours_is_refused(browser):
    assert browser.post("/login", data={"name": "x" * 100_000}).status_code == 413
