"""Notices, withdrawals and destinations for tests, with invented values."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from redis import Redis

from dialer.clock import milliseconds
from dialer.delivery.destination import Destination
from dialer.delivery.notice import Notice, Withdrawal, index_member, notices_for, to_fields
from dialer.ids import Kind, new_id
from dialer.store import keys

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
LINE = "+442079460123"
OTHER_LINE = "+441134960456"
SECRET = "whsec_" + "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
OLD_SECRET = "whsec_" + "C2FVsBQIhrscChlQIMV+b5sSYspob7oD"


def destination(**changes: Any) -> Destination:
    return replace(
        Destination(
            id="dst_crm", name="CRM", kind="webhook", url="https://crm.example/hook", secrets=(SECRET,)
        ),
        **changes,
    )


def withdrawal(**changes: Any) -> Withdrawal:
    return replace(
        Withdrawal(
            id=new_id(Kind.OBJECTION, at=NOW),
            contact_point=LINE,
            principal="ORG_A",
            kind="objection",
            scope={"reach": "principal", "channels": "all"},
            effective_at=NOW,
            recorded_at=NOW,
            source="keypad",
            operator="OP_1",
            call_sid="CA00000000000000000000000000000001",
        ),
        **changes,
    )


def notice(at: datetime = NOW, *, to: str = "dst_crm", line: str = LINE, **changes: Any) -> Notice:
    (made,) = notices_for(withdrawal(contact_point=line), destinations=[destination(id=to)], at=at)
    return replace(made, **changes)


def write(redis: "Redis", *notices: Notice) -> None:
    """Write notices as the script that records an objection does."""
    for one in notices:
        assert one.due_at is not None
        redis.hset(keys.notice(one.id), mapping=to_fields(one))
        redis.zadd(keys.due(one.destination), {one.id: milliseconds(one.due_at)})
        redis.zadd(keys.NOTICES_BY_STATE, {index_member(one): 0})
