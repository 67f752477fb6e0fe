"""Objections in Redis: prepared in one round trip, kept all or nothing in the next, on disk before "done"."""

import json
from datetime import datetime
from typing import Any, Final

from redis import Redis
from redis.exceptions import ResponseError

from dialer.clock import london_day, milliseconds
from dialer.delivery.notice import Notice, index_member, to_fields
from dialer.errors import CannotKeep
from dialer.objections.saying import Act, Prepared, Recorded
from dialer.store import keys, scripts
from dialer.store.codec import to_json
from dialer.store.ledger import tally_field
from dialer.store.safety import Safety
from dialer.store.scripts import Argument
from dialer.store.trouble import kept

_ON_DISK_WITHIN_MS: Final = 1_500


class ObjectionStore:
    """Fits `objections.record.Objections`."""

    def __init__(self, redis: "Redis", safety: Safety) -> None:
        self._redis = redis
        self._safety = safety

    def prepare(self, principal: str | None, person: str | None) -> Prepared:
        """Return the next ordinal and the person's lines; a gap in the ordinals does no harm."""
        with kept("preparing to keep an objection"), self._redis.pipeline(transaction=False) as pipe:
            pipe.incr(keys.REFERENCES_GIVEN)
            pipe.smembers(_person_key(principal, person))
            pipe.info()
            pipe.time()
            ordinal, lines, info, server_time = pipe.execute()
        self._safety.look(info, server_time)
        self._safety.insist()
        return Prepared(ordinal=ordinal, lines_of_person=frozenset(line.decode() for line in lines))

    def keep(self, act: Act) -> Recorded | None:
        """Write the objection, its ledger line and its notices, and wait until they are on disk."""
        with kept("keeping an objection"):
            reply, (on_disk,) = scripts.run_with(
                self._redis,
                "record",
                keys=_keys(act),
                arguments=_arguments(act),
                beside=[("WAITAOF", 1, 0, _ON_DISK_WITHIN_MS)],
            )
        if not self._safety.trusted:
            _insist_on_disk(on_disk)
        match reply[0]:
            case b"DONE":
                return act.recorded
            case b"SEEN":
                return recorded_of(reply[1])
            case _:
                return None


def recorded_of(stored: bytes) -> Recorded:
    """Return what became of an objection kept before, marked as repeated."""
    fields = json.loads(stored)["recorded"]
    return Recorded(
        id=fields["id"],
        reference=fields["reference"],
        effective_at=datetime.fromisoformat(fields["effective_at"]),
        notices=tuple(fields["notices"]),
        destinations=tuple(fields["destinations"]),
        repeated=True,
    )


def _person_key(principal: str | None, person: str | None) -> str:
    # The empty person has no lines; the key is never written, so the set is always empty.
    return keys.person(principal or "", person or "")


def _keys(act: Act) -> list[str]:
    saying = act.saying
    names = [
        keys.EPOCH,
        keys.objection(act.recorded.id),
        keys.REFERENCES,
        keys.LEDGER,
        keys.tally(london_day(_recorded_at(act))),
        _person_key(saying.principal, saying.person),
        keys.NOTICES_BY_STATE,
    ]
    names += [keys.line(line) for line in act.lines]
    names += [keys.line_entries(line) for line in act.lines]
    for notice in act.notices:
        names += [keys.notice(notice.id), keys.due(notice.destination)]
    return names


def _arguments(act: Act) -> list[Argument]:
    body = to_json(act.objection)
    saying = act.saying
    arguments: list[Argument] = [
        act.epoch,
        len(act.prepared.lines_of_person),
        act.recorded.id,
        body,
        json.dumps(_whole(act), separators=(",", ":")),
        act.recorded.reference,
        json.dumps(_ledger_line(act), separators=(",", ":")),
        tally_field("objection", saying.source, saying.campaign, saying.agent, saying.principal),
        len(act.lines),
    ]
    for notice in act.notices:
        arguments += _notice_arguments(notice)
    return arguments


def _notice_arguments(notice: Notice) -> list[Argument]:
    flat = [part for pair in to_fields(notice).items() for part in pair]
    due_ms = milliseconds(notice.due_at or notice.created_at)
    return [notice.id, due_ms, index_member(notice), len(flat) // 2, *flat]


def _recorded_at(act: Act) -> datetime:
    return act.objection.recorded_at or act.recorded.effective_at


def _whole(act: Act) -> dict[str, Any]:
    """Return what `rf:objection:{id}` holds: the record, where it stands, and what was promised for it."""
    recorded = act.recorded
    return {
        "objection": json.loads(to_json(act.objection)),
        "lines": act.lines,
        "campaign": act.saying.campaign,
        "agent": act.saying.agent,
        "decision": act.saying.decision,
        "call_ref": act.saying.call_ref,
        "recorded": {
            "id": recorded.id,
            "reference": recorded.reference,
            "effective_at": recorded.effective_at.isoformat(),
            "notices": recorded.notices,
            "destinations": recorded.destinations,
        },
    }


def _ledger_line(act: Act) -> dict[str, Any]:
    whole = _whole(act)
    return {
        **whole["objection"],
        **{k: whole[k] for k in ("lines", "campaign", "agent", "decision", "call_ref")},
    }


def _insist_on_disk(reply: object) -> None:
    """Take WAITAOF's word where the server has it; where it has not, `safety` demands fsync always."""
    if isinstance(reply, ResponseError):
        if "unknown command" in str(reply).lower():
            return
        raise CannotKeep("the store would not say that the objection is on disk; send it again")
    if isinstance(reply, Exception):
        raise CannotKeep("the store was lost before the objection was on disk; send it again") from reply
    if not isinstance(reply, list) or reply[0] < 1:
        raise CannotKeep("the objection was not on disk in time; send it again")
