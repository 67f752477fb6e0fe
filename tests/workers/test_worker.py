"""A real worker process, a real server, a real receiver: killed, stopped, cut off, and still it arrives."""

import signal
import threading
from collections.abc import Iterator

import pytest
from pytest_httpserver import HTTPServer
from redis import Redis
from werkzeug import Request, Response

from dialer.bell import notice_queue, ringer
from dialer.clock import utc_now
from dialer.delivery.notice import Notice, NoticeState
from dialer.delivery.sweep import sweep
from dialer.store import keys
from dialer.store.configuration import ConfigurationStore, Section
from dialer.store.outbox import Outbox
from dialer.store.trouble import kept
from tests.delivery.notices import OTHER_LINE, destination, notice, write
from tests.servers import RunningServer, wait_for
from tests.workers.processes import ended, running


class Crm:
    """A receiver that takes effect once an id, and can be made to keep its callers waiting."""

    def __init__(self, server: HTTPServer) -> None:
        self.posts: list[str] = []
        self.answers = threading.Event()
        self.answers.set()
        server.expect_request("/hook", method="POST").respond_with_handler(self.receive)
        self.url = server.url_for("/hook")

    def receive(self, request: Request) -> Response:
        self.posts.append(request.headers["webhook-id"])
        self.answers.wait(15)
        return Response(status=204)


@pytest.fixture
def crm(httpserver: HTTPServer, redis_client: "Redis") -> Iterator[Crm]:
    receiver = Crm(httpserver)
    configured(redis_client, receiver)
    yield receiver
    receiver.answers.set()


def configured(redis: "Redis", crm: Crm) -> None:
    ConfigurationStore(redis).put(Section.DESTINATIONS, "dst_crm", destination(url=crm.url))


def sent(redis: "Redis", *, line: str = OTHER_LINE) -> Notice:
    write(redis, made := notice(utc_now(), line=line))
    return made


def ring(redis: "Redis") -> None:
    ringer(redis, wakings=Outbox(redis), kept=kept)(("dst_crm",))


def wait_until(redis: "Redis", told: Notice, state: NoticeState = NoticeState.DELIVERED) -> None:
    wait_for(lambda: Outbox(redis).find(told.id).state is state, what=f"a {state} notice")


def test_a_ring_brings_a_notice_to_its_receiver(crm: Crm, redis_client: "Redis", redis_url: str) -> None:
    told = sent(redis_client)
    ring(redis_client)
    with running("worker", redis_url) as worker:
        wait_until(redis_client, told)
        assert redis_client.exists(keys.heartbeat("worker"))
        assert ended(worker) == 0
    assert crm.posts == [told.id]
    assert list(redis_client.scan_iter("rf:rq:job:*")) == []


def test_a_worker_killed_in_the_middle_of_an_attempt_loses_nothing(
    crm: Crm, redis_client: "Redis", redis_url: str
) -> None:
    told = sent(redis_client)
    crm.answers.clear()
    ring(redis_client)
    with running("worker", redis_url) as worker:
        wait_for(lambda: bool(crm.posts), what="the first attempt")
        worker.send_signal(signal.SIGKILL)
    crm.answers.set()
    assert Outbox(redis_client).find(told.id).state is NoticeState.PENDING
    # Its lease would end by itself after 20 s; the time is made to pass.
    assert redis_client.pexpire(keys.destination_lease("dst_crm"), 1)
    Outbox(redis_client).heard("dst_crm")
    ring(redis_client)
    with running("worker", redis_url):
        wait_until(redis_client, told)
    assert crm.posts == [told.id, told.id]


def test_what_rq_lost_is_found_by_the_sweep(crm: Crm, redis_client: "Redis", redis_url: str) -> None:
    told = sent(redis_client)
    ring(redis_client)
    for key in redis_client.scan_iter("rf:rq:*"):
        redis_client.delete(key)
    # The ring is remembered for 10 s; the time is made to pass.
    redis_client.delete(keys.destination_rung("dst_crm"))
    outbox = Outbox(redis_client)
    ringing = ringer(redis_client, wakings=outbox, kept=kept)
    assert sweep(waiting=outbox, ring=ringing, at=utc_now()) == ("dst_crm",)
    with running("worker", redis_url):
        wait_until(redis_client, told)


def test_a_worker_and_a_timetable_deliver_without_any_ring(
    crm: Crm, redis_client: "Redis", redis_url: str
) -> None:
    told = sent(redis_client)
    with running("worker", redis_url), running("timetable", redis_url) as timetable:
        wait_until(redis_client, told)
        assert redis_client.exists(keys.heartbeat("timetable"))
        assert ended(timetable) == 0
        assert not redis_client.exists(keys.LEADER)


def test_a_stop_lets_the_attempt_at_hand_end_and_be_kept(
    crm: Crm, redis_client: "Redis", redis_url: str
) -> None:
    told, waiting = sent(redis_client), sent(redis_client, line="+442079460124")
    crm.answers.clear()
    ring(redis_client)
    with running("worker", redis_url) as worker:
        wait_for(lambda: bool(crm.posts), what="the first attempt")
        worker.send_signal(signal.SIGTERM)
        crm.answers.set()
        assert worker.wait(10) == 0
    # Both are due in one millisecond, so either may be the one at hand.
    states = {Outbox(redis_client).find(notice.id).state for notice in (told, waiting)}
    assert states == {NoticeState.DELIVERED, NoticeState.PENDING}
    assert not redis_client.exists(keys.destination_lease("dst_crm"))
    assert notice_queue(redis_client).count == 1


def test_an_idle_worker_ends_at_once(redis_client: "Redis", redis_url: str) -> None:
    with running("worker", redis_url) as worker:
        wait_for(lambda: bool(redis_client.exists(keys.heartbeat("worker"))), what="a heartbeat")
        assert ended(worker, signal.SIGINT) == 0


def test_a_worker_comes_back_by_itself_when_the_store_does(
    httpserver: HTTPServer, own_server: RunningServer
) -> None:
    crm = Crm(httpserver)
    with Redis.from_url(own_server.url) as redis, running("worker", own_server.url) as worker:
        wait_for(lambda: bool(redis.exists(keys.heartbeat("worker"))), what="a heartbeat")
        own_server.kill()
        own_server.start()
        configured(redis, crm)
        told = sent(redis)
        ring(redis)
        wait_until(redis, told)
        assert ended(worker) == 0


def test_a_worker_that_starts_before_the_store_waits_for_it(
    httpserver: HTTPServer, own_server: RunningServer
) -> None:
    crm = Crm(httpserver)
    own_server.stop()
    with running("worker", own_server.url) as worker:
        with pytest.raises(Exception, match="timed out"):
            worker.wait(1.5)
        own_server.start()
        with Redis.from_url(own_server.url) as redis:
            configured(redis, crm)
            told = sent(redis)
            ring(redis)
            wait_until(redis, told)


def test_a_worker_stops_while_the_store_is_away(own_server: RunningServer) -> None:
    with running("worker", own_server.url) as worker:
        with Redis.from_url(own_server.url) as redis:
            wait_for(lambda: bool(redis.exists(keys.heartbeat("worker"))), what="a heartbeat")
        own_server.kill()
        assert ended(worker) == 0
