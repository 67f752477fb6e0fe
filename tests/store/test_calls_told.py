"""The share of abandoned calls of any day, from the ledger: as told by then, each call once."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import redis

from dialer.calls.call import DialMode
from dialer.clock import milliseconds
from dialer.screening.past import Missing, Moment, judge_past
from dialer.store import keys
from dialer.store.calls_told import CallsTold
from dialer.store.case import CampaignCalls
from dialer.store.configuration import Section
from tests.doubles.house import House, StandingClock, campaign

DAY = datetime(2026, 9, 15, 12, tzinfo=UTC)


def tell(client: "redis.Redis", at: datetime, outcome: str, decision: str, **changed: Any) -> None:
    """Write an outcome as it was written then; `told` is when, if not at once."""
    told = changed.pop("told", at)
    fields = {"decision": decision, "campaign": "C1", "outcome": outcome, "at": at.isoformat()}
    body = json.dumps({**fields, "recorded_at": told.isoformat(), **changed})
    client.xadd(keys.LEDGER, {"k": "outcome", "d": body}, id=f"{milliseconds(told)}-*")


def counted(client: "redis.Redis", at: datetime = DAY) -> tuple[int, int]:
    found = CallsTold(client).counted("C1", at)
    assert found is not None
    return found.live, found.abandoned


def hours(count: float) -> timedelta:
    return timedelta(hours=count)


def test_calls_of_the_24_hours_before_are_counted(redis_client: "redis.Redis") -> None:
    for ago, decision in ((24.5, "a"), (24, "b"), (23.9, "c"), (1, "d"), (0, "e")):
        tell(redis_client, DAY - hours(ago), "answered", decision)
    tell(redis_client, DAY + hours(0.1), "answered", "f")
    assert counted(redis_client) == (3, 0)


def test_each_outcome_counts_as_what_it_is(redis_client: "redis.Redis") -> None:
    for number, outcome in enumerate(("answered", "abandoned", "abandoned", "machine", "busy", "no_answer")):
        tell(redis_client, DAY - hours(2), outcome, f"dec_{number}")
    tell(redis_client, DAY - hours(2), "abandoned", "dec_9", campaign="C2")
    assert counted(redis_client) == (1, 2)


def test_a_word_that_replaces_another_counts_from_when_it_was_told(redis_client: "redis.Redis") -> None:
    tell(redis_client, DAY - hours(3), "answered", "a")
    tell(redis_client, DAY - hours(3), "machine", "a", told=DAY - hours(1))
    assert counted(redis_client, DAY - hours(2)) == (1, 0)
    assert counted(redis_client) == (0, 0)


def test_what_was_told_after_the_moment_was_not_known(redis_client: "redis.Redis") -> None:
    tell(redis_client, DAY - hours(3), "abandoned", "a", told=DAY + hours(1))
    assert counted(redis_client) == (0, 0)
    assert counted(redis_client, DAY + hours(1)) == (0, 1)


def test_where_the_ledger_was_cut_the_day_is_lost(redis_client: "redis.Redis") -> None:
    for ago in (50, 30, 2):
        tell(redis_client, DAY - hours(ago), "answered", f"dec_{ago}")
    redis_client.xtrim(keys.LEDGER, maxlen=2, approximate=False)
    told = CallsTold(redis_client)
    assert told.counted("C1", DAY - hours(10)) is None
    assert told.counted("C1", DAY) == CampaignCalls(live=1, abandoned=0)


def test_without_a_ledger_nothing_was_measured(redis_client: "redis.Redis") -> None:
    assert CallsTold(redis_client).counted("C1", DAY) == CampaignCalls(live=0, abandoned=0)


@pytest.fixture
def house(redis_url: str, tmp_path: Path) -> House:
    """A house with a predictive campaign of that time, which has gone on dialling since."""
    made = House(redis_url, tmp_path, StandingClock(DAY - timedelta(days=2)))
    for name in ("tps", "ctps"):
        made.load_register(name, extracted_on=(DAY - timedelta(days=2)).date())
    made.put(Section.CAMPAIGNS, "C1", campaign(dial_mode=DialMode.PREDICTIVE))
    for number in range(5):
        tell(made.parts.redis, DAY - hours(2), "abandoned", f"dec_{number}")
    newest = DAY + timedelta(days=60)
    made.parts.redis.zadd(keys.campaign_calls("C1", "answered"), {"dec_new": milliseconds(newest)})
    return made


def test_a_day_long_past_is_judged_by_its_own_share(house: House) -> None:
    asked = replace(house.outgoing(), endpoint=None, campaign="C1")
    reasons = [
        judge_past(asked, Moment.then(at), house.parts.past, house.parts.book).reason
        for at in (DAY - hours(3), DAY)
    ]
    assert reasons == ["UK_R21_CLEAR", "UK_OFCOM_ACR_CEILING"]


def test_a_day_whose_calls_are_lost_is_unknown_but_for_what_is_certain(house: House) -> None:
    house.parts.redis.xtrim(keys.LEDGER, maxlen=1, approximate=False)
    asked = replace(house.outgoing(), endpoint=None, campaign="C1")
    judged = judge_past(asked, Moment.then(DAY), house.parts.past, house.parts.book)
    assert judged.answer is None
    assert judged.past.missing == {Missing.CALLS}
    preview = replace(asked, dial_mode=DialMode.PREVIEW)
    known = judge_past(preview, Moment.then(DAY), house.parts.past, house.parts.book)
    assert (known.reason, known.past.missing) == ("UK_R21_CLEAR", frozenset())
