"""Links between persons and lines, both ways: the person's SET, and on each line the person's other lines.

Whoever shares a person shares what was said for that person: a link carries every objection, hold and care
mark over in both directions, in the same act that makes it, so a link never allows more than its absence.
"""

import json
from datetime import datetime
from functools import partial
from typing import Any, Final

from redis import Redis

from dialer.consents.line_facts import until_kept
from dialer.errors import Conflict
from dialer.store import keys
from dialer.store.amendment import Amendment, Draft, Membership, amend
from dialer.store.line_record import read_line
from dialer.store.on_disk import PROVEN, Disk
from dialer.store.person_wide import link_field, of_person
from dialer.store.trouble import kept

# Person-wide marks are copied to each of a person's lines, so their number is bounded (house.md).
MOST_LINES_OF_A_PERSON: Final = 50


class LinkStore:
    """Links lines to persons. Three round trips a link, one where it stands already."""

    def __init__(self, redis: "Redis", *, disk: Disk = PROVEN) -> None:
        self._redis = redis
        self._disk = disk

    def ensure(self, contact_point: str, principal: str, person: str, *, by: str, at: datetime) -> None:
        """Link a line to a person if it is not. Raises Conflict at fifty lines, CannotKeep."""
        until_kept(partial(self.link, contact_point, principal, person, by=by, at=at))

    def link(self, contact_point: str, principal: str, person: str, *, by: str, at: datetime) -> bool:
        """Try once to link a line to a person; one it is wrong for stays unlinked.

        False if somebody changed one of the lines meanwhile.
        """
        with kept("reading a person's lines"), self._redis.pipeline(transaction=True) as pipe:
            pipe.smembers(keys.person(principal, person))
            pipe.hgetall(keys.line(contact_point))
            found, here = pipe.execute()
        others = sorted(line.decode() for line in found)
        # Somebody said that the line is not theirs: no list and no screening links it again.
        if contact_point in others or read_line(here).is_wrong_for(principal, person):
            return True
        if len(others) >= MOST_LINES_OF_A_PERSON:
            raise Conflict(
                f"this person has {MOST_LINES_OF_A_PERSON} lines already; report `wrong_person` for a line "
                "that is not theirs, or leave the person out"
            )
        fields = {"contact_point": contact_point, "principal": principal, "person": person, "by": by}
        amendment = Amendment(
            lines=self._draft(contact_point, here, others, principal, person).lines(),
            sets=(Membership(keys.person(principal, person), len(others), "add", contact_point),),
            kind="link",
            fields={**fields, "recorded_at": at.isoformat(), "lines": [contact_point, *others]},
        )
        return amend(self._redis, amendment, at=at, disk=self._disk)

    def _draft(
        self, contact_point: str, here: dict[bytes, bytes], others: list[str], principal: str, person: str
    ) -> Draft:
        draft, lines = Draft(), {contact_point, *others}
        draft.rests_on(contact_point, read_line(here).seq)
        if others:
            # What is person-wide stands on each of the person's lines, so one of them tells it all.
            there = self._read(others[0])
            draft.rests_on(others[0], read_line(there).seq)
            for name, body in of_person(there, lines, principal, person):
                draft.keep(contact_point, name, body)
        for name, body in of_person(here, lines, principal, person):
            for line in others:
                draft.keep(line, name, body)
        for line in lines:
            draft.put(line, link_field(principal, person), json.dumps(sorted(lines - {line})))
        return draft

    def _read(self, contact_point: str) -> dict[bytes, bytes]:
        with kept("reading a line"):
            found: Any = self._redis.hgetall(keys.line(contact_point))
        return dict(found)
