"""Reading the ledger for reports: bounded, resumable, and honest about what it cannot read."""

from datetime import UTC, date, datetime, timedelta

import pytest

from dialer.clock import london_day
from dialer.errors import CannotKeep, Unreadable
from dialer.law.facts import Case
from dialer.people.roles import Sight
from dialer.reports.blocked_calls import Order, Wanted
from dialer.reports.period import Period
from dialer.screening.question import Binding, Question
from dialer.screening.screen import Done, Gathered
from dialer.store import keys
from dialer.store import reports as reports_module
from dialer.store.ledger import LedgerStore
from dialer.store.reports import ReportsStore
from tests.reports.lines import NOON, OBJECTED, TPS, decision, keep

TODAY = Period(date(2026, 11, 23), date(2026, 11, 23))
ALL = Sight(principals=None)


@pytest.fixture
def store(redis_client):
    return ReportsStore(redis_client)


def first_page(store, wanted, **more):
    return store.page(wanted, ALL, **{"order": Order.NEWEST, "after": None, "at_most": 10, **more})


def test_a_decision_committed_by_the_gate_is_counted_and_listed(store, redis_client):
    seconds, micro = redis_client.time()
    made = decision(at=datetime.fromtimestamp(seconds, UTC) + timedelta(microseconds=micro))
    read = Gathered(case=Case(), contact_point=made.to, seq=0, epoch=0, versions=(), receipt=None)
    question = Question(to=made.to, binding=Binding.DIALS)

    done = LedgerStore(redis_client).commit(made, read, question, None)
    day = london_day(made.decided_at)

    assert isinstance(done, Done)
    assert [t.count for t in store.tallies([day])] == [1]
    assert [c.id for c in first_page(store, Wanted(period=Period(day, day))).calls] == [made.id]


def test_a_search_for_something_rare_stops_and_can_go_on(store, redis_client, monkeypatch):
    monkeypatch.setattr(reports_module, "MOST_LOOKED_AT", 5)
    rare = decision(OBJECTED, at=NOON)
    keep(redis_client, rare, *(decision(TPS, at=NOON + timedelta(seconds=n)) for n in range(1, 12)))
    wanted, seen, after = Wanted(period=TODAY, reasons=frozenset({OBJECTED})), [], None

    for _ in range(3):
        page = first_page(store, wanted, after=after)
        seen.append(len(page.calls))
        after = page.next

    assert (seen, after) == ([0, 0, 1], None)


def test_days_without_a_match_are_not_read(store, redis_client, monkeypatch):
    monkeypatch.setattr(reports_module, "MOST_LOOKED_AT", 3)
    busy = [decision(TPS, at=NOON - timedelta(days=3, seconds=n)) for n in range(50)]
    keep(redis_client, decision(OBJECTED, at=NOON - timedelta(days=9)), *busy)
    fortnight = Period(date(2026, 11, 10), date(2026, 11, 23))

    page = first_page(store, Wanted(period=fortnight, reasons=frozenset({OBJECTED})))

    assert (len(page.calls), page.next) == (1, None)


@pytest.mark.parametrize("place", ["", "x", "1-", "-1", "1-2-3", "9" * 40 + "-0", "١-٢", "1 -0"])
def test_a_place_in_the_list_that_we_never_gave_is_refused(store, place):
    with pytest.raises(Unreadable, match="go on from there"):
        first_page(store, Wanted(period=TODAY), after=place)


def test_a_line_that_is_no_decision_is_an_error_and_never_a_shorter_list(store, redis_client):
    keep(redis_client, decision())
    redis_client.xadd(
        keys.LEDGER,
        {"k": "decision", "d": '{"verdict":"block","reason":"UK_R21_1B_TPS_LISTED"}'},
        id="1795435300000-0",
    )

    with pytest.raises(CannotKeep, match="cannot be read"):
        first_page(store, Wanted(period=TODAY))


def test_a_store_that_is_away_says_so(store, own_server):
    from redis import Redis
    from redis.backoff import NoBackoff
    from redis.retry import Retry

    away = ReportsStore(Redis(unix_socket_path=str(own_server.socket_path), retry=Retry(NoBackoff(), 0)))
    own_server.kill()

    with pytest.raises(CannotKeep, match="counts failed"):
        list(away.tallies(TODAY.days))
