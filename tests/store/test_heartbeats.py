"""Who is alive, as the store remembers it."""

from redis import Redis

from dialer.store import keys
from dialer.store.heartbeats import TIMETABLE, WORKER, Heartbeats
from tests.delivery.notices import NOW


def test_a_beat_is_remembered_for_its_part_alone(redis_client: "Redis") -> None:
    heartbeats = Heartbeats(redis_client)
    heartbeats.beat(WORKER, at=NOW)
    assert (heartbeats.last(WORKER), heartbeats.last(TIMETABLE)) == (NOW, None)


def test_a_part_that_is_silent_is_forgotten_within_a_minute(redis_client: "Redis") -> None:
    Heartbeats(redis_client).beat(WORKER, at=NOW)
    assert 40_000 < redis_client.pttl(keys.heartbeat(WORKER)) <= 45_000
