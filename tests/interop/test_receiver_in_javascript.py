"""A receiver in JavaScript: the official library verifies what our own worker sends, and nothing else."""

from typing import Any

import pytest
from redis import Redis

from dialer.bell import ringer
from dialer.clock import utc_now
from dialer.courier import Courier
from dialer.delivery.address import LOOPBACK_ALLOWED
from dialer.delivery.answer import Holding
from dialer.delivery.notice import Notice, NoticeState
from dialer.destinations.webhook import WebhookAdapter
from dialer.store.configuration import ConfigurationStore, Section
from dialer.store.outbox import Outbox
from dialer.store.trouble import kept
from tests.delivery.notices import OLD_SECRET, OTHER_LINE, SECRET, destination, notice, write
from tests.interop.strangers.node import Stranger, running
from tests.servers import wait_for
from tests.workers import processes

pytestmark = [pytest.mark.interop, pytest.mark.timeout(240)]


def address(stranger: Stranger, path: str) -> str:
    if not stranger.seen:
        stranger.says()
    return f"http://127.0.0.1:{stranger.seen[0]['port']}{path}"


def told(redis: "Redis", **configured: Any) -> Notice:
    """Write one notice to a destination as an objection does, and ring for it."""
    ConfigurationStore(redis).put(Section.DESTINATIONS, "dst_crm", destination(**configured))
    write(redis, made := notice(utc_now(), line=OTHER_LINE))
    ringer(redis, wakings=Outbox(redis), kept=kept)(("dst_crm",))
    return made


def wait_until(redis: "Redis", sent: Notice, state: NoticeState) -> None:
    wait_for(lambda: Outbox(redis).find(sent.id).state is state, what=f"a {state} notice", timeout_seconds=40)


def test_javascript_verifies_a_real_delivery(redis_client: "Redis", redis_url: str) -> None:
    with running("receiver", SECRET) as crm, processes.running("worker", redis_url):
        sent = told(redis_client, url=address(crm, "/hook"))
        wait_until(redis_client, sent, NoticeState.DELIVERED)
        seen = crm.until(count=2)[1]
    assert (seen["verified"], seen["method"], seen["path"], seen["id"]) == (True, "POST", "/hook", sent.id)
    assert seen["event"]["type"] == "withdrawal.recorded"
    assert seen["event"]["data"]["contact_point"] == OTHER_LINE
    assert seen["event"]["data"]["id"] == sent.objection


@pytest.mark.parametrize("held", [SECRET, OLD_SECRET])
def test_either_secret_verifies_while_one_replaces_the_other(
    redis_client: "Redis", redis_url: str, held: str
) -> None:
    with running("receiver", held) as crm, processes.running("worker", redis_url):
        sent = told(redis_client, url=address(crm, "/hook"), secrets=(SECRET, OLD_SECRET))
        wait_until(redis_client, sent, NoticeState.DELIVERED)
        assert [seen["verified"] for seen in crm.until(count=2)[1:]] == [True]


def test_javascript_with_another_secret_refuses_and_the_notice_stays_due(
    redis_client: "Redis", redis_url: str
) -> None:
    with running("receiver", OLD_SECRET) as crm, processes.running("worker", redis_url):
        sent = told(redis_client, url=address(crm, "/hook"))
        seen = crm.until(count=2)[1]
        wait_for(lambda: Outbox(redis_client).find(sent.id).attempts == 1, what="the refused attempt")
    assert (seen["verified"], seen["why"]) == (False, "No matching signature found")
    assert Outbox(redis_client).find(sent.id).state is not NoticeState.DELIVERED


def test_javascript_verifies_the_question_whether_it_holds_the_entry() -> None:
    courier, asked_about = Courier(LOOPBACK_ALLOWED, total_seconds=5), notice()
    with running("receiver", SECRET) as crm:
        crm_told = destination(url=address(crm, "/hook"), confirm_url=address(crm, "/held/{id}"))
        answer = WebhookAdapter(lambda _: courier).confirm(crm_told, asked_about, at=utc_now())
        seen = crm.until(count=2)[1]
    courier.close()
    assert (seen["verified"], seen["method"], seen["event"]) == (True, "GET", None)
    assert (seen["path"], answer.holding) == (f"/held/{asked_about.objection}", Holding.HOLDS)
