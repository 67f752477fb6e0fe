"""The sweep rings for what is due, and for nothing else."""

from datetime import timedelta

from redis import Redis

from dialer.delivery.sweep import sweep
from dialer.store.outbox import Outbox
from tests.delivery.notices import NOW, notice, write


def test_whatever_is_due_is_rung_for_again(redis_client: "Redis") -> None:
    write(redis_client, notice(to="dst_a"), notice(to="dst_b", due_at=NOW + timedelta(minutes=5)))
    rung: list[str] = []
    assert sweep(waiting=Outbox(redis_client), ring=rung.extend, at=NOW) == ("dst_a",)
    assert rung == ["dst_a"]
    sweep(waiting=Outbox(redis_client), ring=rung.extend, at=NOW + timedelta(minutes=5))
    assert rung == ["dst_a", "dst_a", "dst_b"]


def test_a_resting_destination_is_left_alone(redis_client: "Redis") -> None:
    outbox = Outbox(redis_client)
    write(redis_client, waiting := notice())
    fence = outbox.take("dst_crm")
    assert fence
    outbox.settle(waiting, waiting, fence=fence, rest_until=NOW + timedelta(seconds=30))
    assert sweep(waiting=outbox, ring=lambda _ids: None, at=NOW + timedelta(seconds=29)) == ()
    assert sweep(waiting=outbox, ring=lambda _ids: None, at=NOW + timedelta(seconds=30)) == ("dst_crm",)
