"""Counts and lists of blocked calls, over a real server: they agree, and they show nobody too much."""

import json
from datetime import date, timedelta

import pytest

from dialer.people.roles import NumbersShown, Sight
from dialer.reports.blocked_calls import By, Order, Wanted
from dialer.reports.period import Period
from dialer.reports.report import blocked_calls, json_pieces, table_of
from dialer.screening.verdict import Answer
from dialer.store.reports import ReportsStore
from tests.reports.lines import NOON, OBJECTED, TPS, decision, keep

TODAY = Period(date(2026, 11, 23), date(2026, 11, 23))
THREE_DAYS = Period(date(2026, 11, 21), date(2026, 11, 23))
ALL = Sight(principals=None)
ONLY_A = Sight(principals=frozenset({"ORG_A"}), numbers=NumbersShown.LAST4)


@pytest.fixture
def store(redis_client):
    return ReportsStore(redis_client)


def named(report):
    return {group.name: group.calls for group in report.groups}


@pytest.mark.parametrize(
    ("by", "counts"),
    [
        (By.REASON, {TPS: 2, OBJECTED: 1}),
        (By.AGENT, {"a17": 2, None: 1}),
        (By.CAMPAIGN, {"C1": 1, "C2": 2}),
        (By.DAY, {"2026-11-22": 1, "2026-11-23": 2}),
    ],
)
def test_blocked_calls_are_counted_by_each_heading(store, redis_client, by, counts):
    keep(
        redis_client,
        decision(TPS),
        decision(TPS, campaign="C2", agent=None),
        decision(OBJECTED, campaign="C2", at=NOON - timedelta(days=1)),
    )

    report = blocked_calls(Wanted(period=THREE_DAYS), store, ALL, by=by)

    assert (named(report), report.total) == (counts, 3)


def test_what_was_allowed_put_off_or_only_asked_about_is_no_blocked_call(store, redis_client):
    keep(
        redis_client,
        decision("UK_R21_CLEAR", Answer.ALLOW),
        decision("UK_HOURS_OUTSIDE", Answer.DEFER),
        decision(TPS, advisory=True),
    )

    report = blocked_calls(Wanted(period=TODAY), store, ALL)

    assert (report.total, list(report.calls)) == (0, [])


def test_what_was_put_off_is_found_when_asked_for_by_name(store, redis_client):
    keep(redis_client, decision("UK_HOURS_OUTSIDE", Answer.DEFER), decision(TPS))

    put_off = Wanted(period=TODAY, verdicts=frozenset({Answer.DEFER}))

    assert [c.reason for c in blocked_calls(put_off, store, ALL).calls] == ["UK_HOURS_OUTSIDE"]


def test_a_report_shows_only_the_principals_its_reader_may_see(store, redis_client):
    keep(redis_client, decision(), decision(principal="ORG_B"), decision(principal=None))

    report = blocked_calls(Wanted(period=TODAY), store, ONLY_A)

    assert report.total == 1
    assert [call.principal for call in report.calls] == ["ORG_A"]


@pytest.mark.parametrize(
    "wanted",
    [
        Wanted(period=THREE_DAYS),
        Wanted(period=TODAY, campaign="C1"),
        Wanted(period=TODAY, agent="a|b"),
        Wanted(period=TODAY, agent="a/b"),
        Wanted(period=THREE_DAYS, reasons=frozenset({OBJECTED})),
        Wanted(period=THREE_DAYS, principal="ORG_B"),
    ],
)
def test_every_count_equals_the_length_of_its_list(store, redis_client, wanted):
    calls = [
        decision(code, at=NOON - timedelta(days=ago), campaign=campaign, agent=agent, principal=principal)
        for code in (TPS, OBJECTED)
        for ago in (0, 2, 5)
        for campaign, agent, principal in (("C1", "a|b", "ORG_A"), ("C2", "x" * 80, "ORG_B"))
    ]
    keep(redis_client, *calls)

    report = blocked_calls(wanted, store, ALL)

    assert len(list(report.calls)) == report.total


def test_a_call_a_second_before_london_midnight_belongs_to_the_day_before(store, redis_client):
    midnight = TODAY.starts_at
    keep(redis_client, decision(at=midnight - timedelta(seconds=1)), decision(at=midnight))

    report = blocked_calls(Wanted(period=TODAY), store, ALL)

    assert [call.decided_at for call in report.calls] == [midnight]
    assert report.total == 1


@pytest.mark.parametrize("order", list(Order))
def test_pages_put_together_are_the_whole_list_once(store, redis_client, order):
    made = [decision(at=NOON + timedelta(milliseconds=n // 3)) for n in range(25)]
    keep(redis_client, *made)
    wanted, seen, after = Wanted(period=TODAY), [], None

    for _ in range(10):
        page = store.page(wanted, ALL, order=order, after=after, at_most=4)
        seen += [call.id for call in page.calls]
        after = page.next
        if after is None:
            break

    assert seen == [c.id for c in store.all(wanted, ALL, order=order)]
    assert sorted(seen) == sorted(call.id for call in made)


def test_a_page_that_ends_exactly_at_the_end_has_no_next(store, redis_client):
    keep(redis_client, decision(), decision())

    assert store.page(Wanted(period=TODAY), ALL, order=Order.NEWEST, after=None, at_most=2).next is None


def test_a_report_as_json_hides_what_its_reader_may_not_see(store, redis_client):
    keep(redis_client, decision(to="+442079460123"))
    report = blocked_calls(Wanted(period=TODAY), store, ONLY_A)

    read = json.loads("".join(json_pieces(report, ONLY_A.numbers)))

    assert (read["from"], read["total"], read["by"]) == ("2026-11-23", 1, None)
    assert read["calls"][0]["to"] == "…0123"
    assert read["calls"][0]["decided_at"] == "2026-11-23T12:00:00+00:00"


def test_a_counted_report_as_json_and_as_a_table_say_the_same(store, redis_client):
    keep(redis_client, decision(), decision(agent=None), decision(agent=None))
    report = blocked_calls(Wanted(period=TODAY), store, ALL, by=By.AGENT)

    read = json.loads("".join(json_pieces(report, NumbersShown.FULL)))
    rows = list(table_of(report, NumbersShown.FULL).rows)

    assert read["groups"] == [{"agent": None, "calls": 2}, {"agent": "a17", "calls": 1}]
    assert rows == [("", "2"), ("a17", "1")]
