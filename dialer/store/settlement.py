"""The one act that settles a review: its ruling, what it does to its lines, the ledger and the outboxes."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from redis import Redis

from dialer.clock import milliseconds
from dialer.consents.approval import Review
from dialer.delivery.notice import Notice
from dialer.store import keys
from dialer.store.codec import to_json
from dialer.store.objection_act import notice_arguments
from dialer.store.on_disk import Disk
from dialer.store.scripts import Argument
from dialer.store.trouble import kept


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """Everything one act writes. `seqs` are the lines it touches, each with the seq it rests on.

    `waited_in` is taken away; `goes_to` gets `body`, None where nothing goes anywhere. `epoch` is the
    configuration's that `notices` rest on, None where there are none.
    """

    before: Review
    after: Review
    kind: str
    fields: Mapping[str, Any]
    seqs: Mapping[str, int]
    waited_in: str
    goes_to: str | None = None
    body: bytes = b""
    notices: tuple[Notice, ...] = ()
    epoch: int | None = None


def settle(redis: "Redis", act: Settlement, *, disk: Disk) -> bool:
    """Write it all, on disk, and return True, or nothing and False: something changed. One round trip."""
    with kept("settling what waited for a second person"):
        reply = disk.run(
            redis, "settle_review", keys=_keys(act), arguments=_arguments(act), what="the ruling"
        )
    return bool(reply[0] == b"DONE")


def settled_place(review: Review) -> str:
    """Return where a settled review stands among the settled: by the millisecond, then by its id."""
    at_ms = milliseconds(review.settled_at) if review.settled_at is not None else 0
    return f"{at_ms:013d}|{review.id}"


def _keys(act: Settlement) -> list[str]:
    names = [
        keys.review(act.before.id),
        keys.REVIEWS_OPEN,
        keys.REVIEWS_SETTLED,
        keys.LEDGER,
        keys.EPOCH,
        keys.NOTICES_BY_STATE,
    ]
    for line in act.seqs:
        names += [keys.line(line), keys.line_entries(line)]
    for notice in act.notices:
        names += [keys.notice(notice.id), keys.due(notice.destination)]
    return names


def _arguments(act: Settlement) -> list[Argument]:
    arguments: list[Argument] = [
        act.before.id,
        to_json(act.before),
        to_json(act.after),
        settled_place(act.after),
        act.kind,
        json.dumps(dict(act.fields), separators=(",", ":")),
        "" if act.epoch is None else act.epoch,
        act.waited_in,
        act.goes_to or "",
        act.body,
        len(act.seqs),
        *act.seqs.values(),
    ]
    for notice in act.notices:
        arguments += notice_arguments(notice)
    return arguments
