"""Objections in Redis: prepared in one round trip, kept all or nothing in the next, on disk before "done"."""

import json
from contextlib import suppress
from datetime import datetime
from typing import Any, Final, cast

from redis import Redis
from redis.exceptions import ResponseError

from dialer.clock import london_day, milliseconds
from dialer.delivery.notice import Notice, index_member, to_fields
from dialer.errors import CannotKeep, Conflict
from dialer.objections.saying import Act, Prepared, Recorded, Saying
from dialer.store import keys, scripts
from dialer.store.codec import to_json
from dialer.store.line_record import read_line
from dialer.store.links import LinkStore
from dialer.store.safety import Safety
from dialer.store.scripts import Argument
from dialer.store.tally import tally_field
from dialer.store.trouble import kept

_ON_DISK_WITHIN_MS: Final = 1_500


class ObjectionStore:
    """Fits `objections.record.Objections`."""

    def __init__(self, redis: "Redis", safety: Safety) -> None:
        self._redis = redis
        self._safety = safety
        self._links = LinkStore(redis)

    def prepare(self, saying: Saying, *, at: datetime) -> Prepared:
        """Return the next ordinal and the other lines it reaches; a gap in the ordinals does no harm.

        A person who is named is linked to the line first, so that the no reaches whatever is linked later.
        """
        self._link(saying, at)
        with kept("preparing to keep an objection"), self._redis.pipeline(transaction=False) as pipe:
            pipe.incr(keys.REFERENCES_GIVEN)
            pipe.smembers(keys.person(saying.principal or "", saying.person or ""))
            pipe.hgetall(keys.line(saying.contact_point))
            pipe.info()
            pipe.time()
            ordinal, of_person, fields, info, server_time = pipe.execute()
        self._safety.look(info, server_time)
        self._safety.insist()
        line = read_line(fields).line_for(saying.principal, person=saying.person)
        name, found = keys.person(saying.principal or "", saying.person or ""), of_person
        if saying.scope.company and line.company is not None:
            name = keys.company(saying.principal or "", line.company)
            with kept("reading a company's lines"):
                found = cast(set[bytes], self._redis.smembers(name))
        others = {member.decode() for member in of_person | found}
        return Prepared(
            ordinal=ordinal,
            lines_of_person=frozenset(others | set(line.other_lines_of_person)),
            amended=int(fields.get(b"amended", 0)),
            rests_on=name,
            size=len(found),
        )

    def _link(self, saying: Saying, at: datetime) -> None:
        if saying.person is None or saying.principal is None:
            return
        # A person with too many lines is no reason to lose a no: it stands on its own line all the same.
        with suppress(Conflict):
            self._links.ensure(
                saying.contact_point, saying.principal, saying.person, by=saying.agent or saying.source, at=at
            )

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


def _keys(act: Act) -> list[str]:
    names = [
        keys.EPOCH,
        keys.objection(act.recorded.id),
        keys.REFERENCES,
        keys.LEDGER,
        keys.tally(london_day(_recorded_at(act))),
        act.prepared.rests_on,
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
        act.prepared.size,
        act.recorded.id,
        body,
        json.dumps(_whole(act), separators=(",", ":")),
        act.recorded.reference,
        json.dumps(_ledger_line(act), separators=(",", ":")),
        tally_field("objection", saying.source, saying.campaign, saying.agent, saying.principal),
        len(act.lines),
        act.prepared.amended,
    ]
    for notice in act.notices:
        arguments += notice_arguments(notice)
    return arguments


def notice_arguments(notice: Notice) -> list[Argument]:
    """Return one notice as the scripts that put it into an outbox take it."""
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
