"""The first page: one day at a glance, each figure a way into its list."""

import re
from datetime import date, timedelta

import pytest

from dialer.delivery.notice import NoticeState
from dialer.people.roles import Role
from dialer.screening.verdict import Answer
from dialer.store import keys
from dialer.store.tally import tally_field
from tests.reports.lines import NOON, OBJECTED, TPS, decision, keep


def figures(page):
    found = re.findall(r"<dt>([^<]+)</dt><dd>(?:<a [^>]*>)?([\d,]+)", page.text)
    return dict(found)


def test_a_day_without_calls_says_so_and_what_to_do(supervisor):
    page = supervisor.get("/console/today")

    assert "Nothing has been screened yet today" in page.text
    assert figures(page)["Blocked"] == "0"


def test_the_figures_are_the_days_and_nothing_else(supervisor, redis_client):
    keep(
        redis_client,
        decision(TPS),
        decision(OBJECTED, agent=None),
        decision("UK_R21_CLEAR", Answer.ALLOW),
        decision("UK_HOURS_OUTSIDE", Answer.DEFER),
        decision(TPS, advisory=True),
        decision(TPS, at=NOON - timedelta(days=1)),
    )

    page = supervisor.get("/console/today")

    shown = figures(page)
    assert (shown["Screened"], shown["Allowed"], shown["Blocked"], shown["Put off"]) == ("4", "1", "2", "1")
    assert "1 advisory screening not counted" in page.text


def test_every_heading_opens_to_a_list_as_long_as_its_figure(supervisor, redis_client):
    keep(
        redis_client,
        decision(TPS),
        decision(TPS, campaign="C2", agent=None),
        decision(OBJECTED, campaign=None),
    )
    page = supervisor.get("/console/today")
    rows = re.findall(
        r'<th scope="row"><a href="([^"]+)">[^<]+</a></th>\s*<td class="figure">(\d+)', page.text
    )

    lists = [supervisor.get(address.replace("&amp;", "&")).text for address, _ in rows]

    assert len(rows) == 7
    assert [re.search(r"<strong>(\d+)</strong> call", text).group(1) for text in lists] == [
        n for _, n in rows
    ]
    assert [str(text.count('role="rowheader"')) for text in lists] == [n for _, n in rows]


def test_a_day_before_can_be_looked_at_and_leads_back(supervisor, redis_client):
    keep(redis_client, decision(at=NOON - timedelta(days=1)))

    page = supervisor.get("/console/today?day=2026-11-22")

    assert figures(page)["Blocked"] == "1"
    assert "22 November 2026" in page.text
    assert 'href="/console/today?day=2026-11-23"' in page.text


def test_a_day_to_come_is_shown_as_today(supervisor):
    assert "<title>Today" in supervisor.get("/console/today?day=2031-01-01").text


def test_a_day_that_cannot_be_read_says_how_to_write_one(supervisor):
    answer = supervisor.get("/console/today?day=yesterday")

    assert answer.status_code == 400
    assert "year-month-day" in answer.text


def test_a_reader_of_one_principal_sees_its_figures_only(as_user, redis_client):
    keep(redis_client, decision(), decision(principal="ORG_B", campaign="C2"))

    page = as_user(principals=("ORG_A",)).get("/console/today")

    assert figures(page)["Blocked"] == "1"
    assert "Birch" not in page.text
    assert "Notices waiting" not in page.text


def test_opt_outs_are_counted_by_how_they_were_said(supervisor, redis_client):
    for source, count in (("keypad", 3), ("import", 500)):
        field = tally_field("objection", source, "C1", "a17", "ORG_A")
        redis_client.hincrby(keys.tally(date(2026, 11, 23)), field, count)

    page = supervisor.get("/console/today")

    assert figures(page)["Opt-outs heard"] == "3"
    assert re.search(r"Pressed a key</th><td[^>]*>3<", page.text)
    assert re.search(r"Imported from a list</th><td[^>]*>500<", page.text)


def test_dead_notices_are_told_in_words_and_what_to_do(supervisor, redis_client):
    redis_client.zadd(keys.NOTICES_BY_STATE, {f"{NoticeState.DEAD}|crm|ntc_1": 0})

    page = supervisor.get("/console/today")

    assert figures(page)["Notices dead"] == "1"
    assert "could not be delivered" in page.text


def test_registers_never_loaded_are_told_in_words(supervisor):
    page = supervisor.get("/console/today")

    assert page.text.count("Never loaded. Calls that need it are put off until it is.") == 2


@pytest.mark.parametrize(
    "name", ["<script>alert(1)</script>", "'\"><img src=x onerror=alert(1)>", "{{ 7*7 }}"]
)
def test_an_agent_named_by_an_enemy_is_shown_as_text(supervisor, redis_client, name):
    keep(redis_client, decision(agent=name))

    page = supervisor.get("/console/today")

    assert "<script>alert" not in page.text
    assert "<img" not in page.text
    assert "49" not in figures(page).values()


def test_the_demo_says_on_every_page_that_no_call_is_real(browser, as_user):
    assert "Demo, no real calls" in browser.get("/login").text

    for address in ("/console/today", "/console/blocked", "/nowhere"):
        assert "Demo, no real calls" in as_user().get(address).text


def test_an_auditor_reads_without_being_able_to_change(as_user):
    page = as_user(Role.AUDITOR).get("/console/today")

    assert re.findall(r'<form[^>]*action="([^"]+)"', page.text) == ["/logout"]
