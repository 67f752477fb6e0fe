"""The way in: one answer for every refusal, a token in every form, a cookie no script can read."""

import re

import pytest

from dialer.people.log_ins import FAILURES_ALLOWED
from dialer.people.roles import Role
from dialer.people.users import User
from tests.web.console.conftest import PASSWORD, password_hash, settings_at


@pytest.fixture
def sam(parts):
    parts.people.save(User(name="sam", role=Role.SUPERVISOR, password_hash=password_hash()))


def csrf_on(page):
    return re.search(r'name="csrf" value="([^"]+)"', page.text).group(1)


def send(browser, *, name="sam", password=PASSWORD, **more):
    csrf = csrf_on(browser.get("/login"))
    return browser.post("/login", data={"csrf": csrf, "name": name, "password": password, **more})


def test_the_right_password_leads_to_the_first_page(browser, sam):
    answer = send(browser)

    assert (answer.status_code, answer.location) == (303, "/console/today")
    assert browser.get("/console/today").status_code == 200


def test_an_unknown_name_and_a_wrong_password_get_the_same_answer(browser, sam):
    pages = [send(browser, name="nobody"), send(browser, password="wrong password")]

    texts = {re.sub(r'value="[^"]*"', "", page.text) for page in pages}
    assert {page.status_code for page in pages} == {401}
    assert len({text.replace(" autofocus", "") for text in texts}) == 1


def test_after_too_many_failures_even_the_right_password_must_wait(browser, sam):
    for _ in range(FAILURES_ALLOWED):
        send(browser, password="wrong password")

    answer = send(browser)

    assert answer.status_code == 429
    assert "wait 15 minutes" in answer.text


@pytest.mark.parametrize("csrf", ["", "x", "é" * 43, "A" * 43])
def test_a_form_that_was_not_handed_out_is_refused(browser, sam, csrf):
    browser.get("/login")

    answer = browser.post("/login", data={"csrf": csrf, "name": "sam", "password": PASSWORD})

    assert answer.status_code == 403
    assert "ringfence-session" not in str(answer.headers)


def test_a_form_sent_from_another_site_is_refused(browser, sam):
    csrf = csrf_on(browser.get("/login"))
    form = {"csrf": csrf, "name": "sam", "password": PASSWORD}

    answer = browser.post("/login", data=form, headers={"Sec-Fetch-Site": "cross-site"})

    assert answer.status_code == 403


def test_the_cookie_is_out_of_reach_of_scripts_and_of_other_sites(browser, sam):
    cookie = next(c for c in send(browser).headers.getlist("Set-Cookie") if "session" in c)

    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Max-Age" not in cookie


def test_an_https_address_gets_a_host_cookie(redis_url, sam):
    from dialer.web import make_app

    app = make_app(settings_at(redis_url, public_url="https://calls.example.org"))
    browser = app.test_client()
    browser.environ_base["wsgi.url_scheme"] = "https"

    answer = send(browser)

    cookies = [c for c in answer.headers.getlist("Set-Cookie") if PASSWORD not in c]
    assert any(c.startswith("__Host-ringfence-session=") and "Secure" in c for c in cookies)


@pytest.mark.parametrize(
    ("asked", "led_to"),
    [
        ("/console/blocked?kind=law", "/console/blocked?kind=law"),
        ("https://evil.example/console/", "/console/today"),
        ("//evil.example/console/", "/console/today"),
        ("/console/\\evil.example", "/console/today"),
        ("/v1/keys", "/console/today"),
        ("javascript:alert(1)", "/console/today"),
    ],
)
def test_log_in_leads_back_to_where_one_came_from_but_only_within_the_console(browser, sam, asked, led_to):
    assert send(browser, next=asked).location == led_to


def test_a_stranger_is_sent_to_log_in_and_brought_back(browser):
    answer = browser.get("/console/blocked?agent=a17")

    assert answer.status_code == 303
    assert answer.location == "/login?next=/console/blocked?agent%3Da17"


def test_logging_out_ends_the_session_for_good(supervisor):
    token = supervisor.get_cookie("ringfence-session").value
    csrf = csrf_on(supervisor.get("/console/today"))

    answer = supervisor.post("/logout", data={"csrf": csrf})
    supervisor.set_cookie("ringfence-session", token)

    assert answer.status_code == 303
    assert supervisor.get("/console/today").status_code == 303


def test_another_sessions_form_logs_nobody_out(supervisor):
    answer = supervisor.post("/logout", data={"csrf": "A" * 43})

    assert answer.status_code == 403
    assert supervisor.get("/console/today").status_code == 200


def test_an_agent_who_came_to_the_wrong_door_can_log_in_as_somebody_else(as_user):
    agent = as_user(Role.AGENT)

    assert "Log in as somebody else" in agent.get("/console/today").text
    assert "<h1" in agent.get("/login").text


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.AGENT, 403),
        (Role.INTEGRATOR, 403),
        (Role.DIALER, 403),
        (Role.SUPERVISOR, 200),
        (Role.COMPLIANCE, 200),
        (Role.AUDITOR, 200),
        (Role.ADMIN, 200),
    ],
)
def test_only_those_who_supervise_or_audit_see_the_pages(as_user, role, status):
    assert as_user(role).get("/console/today").status_code == status
