"""Objections in Redis: prepared in one round trip, kept all or nothing in the next, on disk before "done"."""

import json
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from typing import Any, cast

from redis import Redis

from dialer.errors import CannotKeep, Conflict
from dialer.objections.saying import Act, Prepared, Recorded, Saying
from dialer.store import keys
from dialer.store.line_record import read_line
from dialer.store.links import LinkStore
from dialer.store.objection_act import act_arguments, act_keys
from dialer.store.on_disk import Disk
from dialer.store.safety import Safety
from dialer.store.trouble import kept


class ObjectionStore:
    """Fits `objections.record.Objections`."""

    def __init__(self, redis: "Redis", safety: Safety) -> None:
        self._redis = redis
        self._safety = safety
        self._disk = Disk(is_trusted=safety.trusted)
        self._links = LinkStore(redis, disk=self._disk)

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
        prepared = prepared_of(saying, ordinal, of_person, fields)
        company = read_line(fields).line_for(saying.principal, person=saying.person).company
        if not saying.scope.company or company is None:
            return prepared
        name = keys.company(saying.principal or "", company)
        with kept("reading a company's lines"):
            found = cast(set[bytes], self._redis.smembers(name))
        lines = prepared.lines_of_person | {member.decode() for member in found}
        return replace(prepared, lines_of_person=lines, rests_on=name, size=len(found))

    def _link(self, saying: Saying, at: datetime) -> None:
        if saying.person is None or saying.principal is None:
            return
        # Too many lines, or too much going on there, is no reason to lose a no: it stands on its own line.
        with suppress(Conflict, CannotKeep):
            self._links.ensure(
                saying.contact_point, saying.principal, saying.person, by=saying.agent or saying.source, at=at
            )

    def keep(self, act: Act) -> Recorded | None:
        """Write the objection, its ledger line and its notices, and wait until they are on disk."""
        with kept("keeping an objection"):
            reply = self._disk.run(
                self._redis,
                "record",
                keys=act_keys(act),
                arguments=act_arguments(act, stops_calls=True),
                what="the objection",
            )
        return outcome_of(act, reply)


def prepared_of(saying: Saying, ordinal: int, of_person: set[bytes], fields: dict[bytes, bytes]) -> Prepared:
    """Return what an act needs to know, from its line's fields and the lines of the person it names."""
    line = read_line(fields).line_for(saying.principal, person=saying.person)
    others = {member.decode() for member in of_person}
    return Prepared(
        ordinal=ordinal,
        lines_of_person=frozenset(others | set(line.other_lines_of_person)),
        amended=int(fields.get(b"amended", 0)),
        rests_on=keys.person(saying.principal or "", saying.person or ""),
        size=len(of_person),
    )


def outcome_of(act: Act, reply: Any) -> Recorded | None:
    """Return what the script's reply says of an act; None if something had changed."""
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
