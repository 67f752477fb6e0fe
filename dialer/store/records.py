"""Consents, solicitations, relationships and line facts: added to a line, never overwritten."""

import json
from typing import Any, Final, TypeVar

from redis import Redis

from dialer.clock import Clock, milliseconds, utc_now
from dialer.law.facts import Line
from dialer.law.records import Consent, Relationship, Solicitation
from dialer.store import keys, scripts
from dialer.store.codec import from_json, to_json
from dialer.store.line_record import LineRecord, read_line
from dialer.store.links import LinkStore
from dialer.store.trouble import kept

Record = TypeVar("Record", Consent, Solicitation, Relationship)

_FIELDS: Final = {Consent: "con", Solicitation: "sol", Relationship: "rel"}


class RecordStore:
    """Keeps and reads what is held about lines."""

    def __init__(self, redis: "Redis", *, clock: Clock = utc_now) -> None:
        self._redis = redis
        self._clock = clock
        self._links = LinkStore(redis)

    def add(self, record: Record, *, proposed: bool = False) -> Record:
        """Keep a record on its line and return it; the one kept before if its id was there already.

        `proposed` keeps it where no judge looks, until a second person confirms it. One round trip
        where its person is linked to the line, else three more; a link alone never allows more. Raises
        Conflict when the person already has fifty lines, CannotKeep when it was not written.
        """
        contact_point, person = record.contact_point or "", getattr(record, "person", None)
        kind = _FIELDS[type(record)]
        if person is not None:
            self._links.ensure(contact_point, record.principal or "", person, by=kind, at=self._clock())
        body = to_json(record)
        with kept("keeping a record"):
            reply = scripts.run(
                self._redis,
                "keep_record",
                keys=[
                    keys.line(contact_point),
                    keys.LEDGER,
                    keys.line_entries(contact_point),
                ],
                arguments=[
                    f"{'pro:' if proposed else ''}{kind}:{record.id}",
                    body,
                    f"proposed-{kind}" if proposed else kind,
                    body,
                ],
            )
        match reply[0]:
            case b"SEEN":
                return from_json(type(record), reply[1])
            case _:
                return record

    def put_line(self, contact_point: str, principal: str, facts: Line) -> None:
        """Keep what one principal knows of a line; what it knew before stays in the line's history.

        One round trip: a new `seq` and a line in the ledger with it.
        """
        now, body = self._clock(), to_json(facts)
        entry = {
            "contact_point": contact_point,
            "principal": principal,
            "recorded_at": now.isoformat(),
            "facts": json.loads(body),
        }
        with kept("keeping a line's facts"):
            scripts.run(
                self._redis,
                "keep_fact",
                keys=[keys.line(contact_point), keys.LEDGER, keys.line_entries(contact_point)],
                arguments=[
                    f"fac:{principal}",
                    body,
                    milliseconds(now),
                    "fac",
                    json.dumps(entry, separators=(",", ":")),
                ],
            )

    def of_line(self, contact_point: str) -> LineRecord:
        """Return everything held about a line or an address; one round trip."""
        with kept("reading a line"):
            fields: Any = self._redis.hgetall(keys.line(contact_point))
        return read_line(fields)
