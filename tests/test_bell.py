"""The bell: rings once, in RQ's queue under our prefix, and a ring that fails harms nobody."""

import json
import zlib
from datetime import timedelta
from typing import Any

import pytest
from redis import Redis

from dialer.bell import DRAIN, MOST_WAITING, Bell, notice_queue, ringer
from dialer.store.outbox import Outbox
from dialer.store.trouble import kept


@pytest.fixture
def bell(redis_client: "Redis") -> Bell:
    return Bell(notice_queue(redis_client), Outbox(redis_client), kept=kept)


def waiting(redis_client: "Redis") -> list[Any]:
    return notice_queue(redis_client).jobs


def test_a_ring_is_a_job_with_one_id_and_nothing_else(bell: Bell, redis_client: "Redis") -> None:
    bell.ring(["dst_crm"])
    (job,) = waiting(redis_client)
    assert (job.func_name, job.args, job.kwargs) == (DRAIN, ["dst_crm"], {})
    assert (job.timeout, job.result_ttl, job.failure_ttl) == (60, 0, 3600)
    stored = redis_client.hget(f"rf:rq:job:{job.id}", "data")
    assert json.loads(zlib.decompress(stored)) == [DRAIN, None, ["dst_crm"], {}]


def test_all_of_rq_s_keys_carry_our_prefix(bell: Bell, redis_client: "Redis") -> None:
    bell.ring(["dst_crm"])
    assert all(key.startswith(b"rf:") for key in redis_client.scan_iter())


def test_a_second_ring_before_a_worker_came_adds_no_job(bell: Bell, redis_client: "Redis") -> None:
    bell.ring(["dst_crm", "dst_other"])
    bell.ring(["dst_crm"])
    assert [job.args for job in waiting(redis_client)] == [["dst_crm"], ["dst_other"]]


def test_a_ring_with_the_store_away_is_logged_and_harmless(
    dead_redis_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    client = Redis.from_url(dead_redis_url, retry=None)
    ringer(client, wakings=Outbox(client), kept=kept)(["dst_crm"])
    assert "the sweep will find what is due" in caplog.text


def test_a_queue_that_nobody_empties_stops_growing(
    bell: Bell, redis_client: "Redis", caplog: pytest.LogCaptureFixture
) -> None:
    queue = notice_queue(redis_client)
    redis_client.rpush(queue.key, *(str(n) for n in range(MOST_WAITING)))
    bell.ring(["dst_crm"])
    assert queue.count == MOST_WAITING
    assert "is a worker running?" in caplog.text


def test_a_ring_is_remembered_for_ten_seconds(redis_client: "Redis") -> None:
    outbox = Outbox(redis_client)
    outbox.may_ring("dst_crm")
    remembered = timedelta(milliseconds=redis_client.pttl("rf:rung:dst_crm"))
    assert timedelta(seconds=9) < remembered <= timedelta(seconds=10)
