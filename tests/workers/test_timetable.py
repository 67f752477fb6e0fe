"""The timetable: one leader, what is due, and no task that keeps the others from running."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from redis import Redis

from dialer.errors import CannotKeep
from dialer.store import keys
from dialer.store.lease import leadership
from tests.delivery.notices import NOW
from workers.timed_tasks import TimedTask
from workers.timetable import LEADERSHIP, Timetable


@pytest.fixture
def ran() -> list[str]:
    return []


def task(name: str, ran: list[str], *, every: float = 5, fails: Exception | None = None) -> TimedTask:
    def run(_at: datetime) -> None:
        ran.append(name)
        if fails is not None:
            raise fails

    return TimedTask(name=name, every=timedelta(seconds=every), run=run)


@pytest.fixture
def timetable(redis_client: "Redis", ran: list[str]) -> Callable[..., Timetable]:
    def of(*tasks: TimedTask) -> Timetable:
        chosen = tasks or (task("sweep", ran),)
        return Timetable(tasks=chosen, lease=leadership(redis_client, lasts=LEADERSHIP))

    return of


def test_a_task_runs_as_often_as_it_says(timetable: Callable[..., Timetable], ran: list[str]) -> None:
    kept = timetable(task("sweep", ran, every=5), task("tidy", ran, every=60))
    for second in range(0, 61, 1):
        kept.tick(NOW + timedelta(seconds=second))
    assert (ran.count("sweep"), ran.count("tidy")) == (13, 2)


def test_of_two_timetables_one_leads(timetable: Callable[..., Timetable], ran: list[str]) -> None:
    first, second = timetable(), timetable()
    assert first.tick(NOW) == ("sweep",)
    assert second.tick(NOW) == ()
    assert first.tick(NOW + timedelta(seconds=5)) == ("sweep",)
    assert ran == ["sweep", "sweep"]


def test_when_the_leader_is_gone_the_other_takes_over_and_runs_everything(
    timetable: Callable[..., Timetable], redis_client: "Redis"
) -> None:
    first, second = timetable(), timetable()
    first.tick(NOW)
    assert 0 < redis_client.pttl(keys.LEADER) <= 8_000
    redis_client.delete(keys.LEADER)
    assert second.tick(NOW) == ("sweep",)
    assert first.tick(NOW + timedelta(minutes=1)) == ()


def test_a_leader_whose_lease_ran_out_unnoticed_still_leads(
    timetable: Callable[..., Timetable], redis_client: "Redis"
) -> None:
    leader = timetable()
    leader.tick(NOW)
    redis_client.delete(keys.LEADER)
    assert leader.tick(NOW + timedelta(seconds=5)) == ("sweep",)
    assert timetable().tick(NOW) == ()


def test_a_leader_that_ends_hands_over_at_once(timetable: Callable[..., Timetable]) -> None:
    first, second = timetable(), timetable()
    first.tick(NOW)
    first.end()
    assert second.tick(NOW) == ("sweep",)


def test_a_task_that_fails_keeps_no_other_from_running(
    timetable: Callable[..., Timetable], ran: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    kept = timetable(task("broken", ran, fails=ZeroDivisionError("a fault")), task("sweep", ran))
    assert kept.tick(NOW) == ("sweep",)
    assert kept.tick(NOW + timedelta(seconds=5)) == ("sweep",)
    assert "the timetable's task broken failed" in caplog.text


def test_a_store_that_is_away_is_said_to_the_loop(
    timetable: Callable[..., Timetable], ran: list[str]
) -> None:
    kept = timetable(task("sweep", ran, fails=CannotKeep("the store is away")))
    with pytest.raises(CannotKeep):
        kept.tick(NOW)
