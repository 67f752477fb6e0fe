"""Holds in Redis: on each line of the person in one act, released on every line they stand on in another.

Nothing is deleted: a release stands beside its hold. Fits `objections.holding.Holds`.
"""

import json
from datetime import datetime
from typing import Any, Final

from redis import Redis

from dialer.law.records import Hold
from dialer.objections.holding import Holding, Release
from dialer.store.amendment import Amendment, Draft, amend
from dialer.store.codec import to_json
from dialer.store.line_record import LineRecord, read_line
from dialer.store.on_disk import PROVEN, Disk
from dialer.store.standing import lines_of, standing_on

OPENED: Final = "hold"
RELEASED: Final = "release"


class HoldStore:
    """Opens, finds and releases holds."""

    def __init__(self, redis: "Redis", *, disk: Disk = PROVEN) -> None:
        self._redis = redis
        self._disk = disk

    def find(self, contact_point: str, hold_id: str) -> Hold | None:
        """Return a hold on this line, with its end where it has one; one round trip."""
        holds = self._record(contact_point).holds
        return next((hold for hold in holds if hold.id == hold_id), None)

    def standing(self, contact_point: str) -> tuple[Hold, ...]:
        """Return the holds on this line that were not released, by their ids; one round trip."""
        return tuple(hold for hold in self._record(contact_point).holds if hold.released_at is None)

    def open(self, holding: Holding, *, at: datetime) -> bool:
        """Write it on every line it holds, on disk; two round trips. False if the line changed meanwhile."""
        hold, draft = holding.hold, Draft()
        line, name = hold.contact_point or "", f"hld:{hold.id}"
        record = self._record(line)
        draft.rests_on(line, record.seq)
        for each in (line, *other_lines_held(holding, record)):
            draft.keep(each, name, to_json(hold))
        amendment = Amendment(
            lines=draft.lines(), kind=OPENED, fields=opened_entry(holding, _names(draft), at), once=name
        )
        return amend(self._redis, amendment, at=at, disk=self._disk)

    def release(self, hold: Hold, release: Release) -> bool:
        """End it on every line it stands on, on disk; the first release stays.

        One round trip for each step from line to line of the person, and one to write.
        """
        draft, line = Draft(), hold.contact_point or ""
        for each, seq in standing_on(self._redis, f"hld:{hold.id}", [line]).items():
            draft.rests_on(each, seq)
            draft.keep(each, f"end:{hold.id}", to_json(release))
        amendment = Amendment(
            lines=draft.lines(),
            kind=RELEASED,
            fields=_released(hold, release, draft),
            once=f"end:{hold.id}",
        )
        return amend(self._redis, amendment, at=release.released_at, disk=self._disk)

    def _record(self, contact_point: str) -> LineRecord:
        return read_line(lines_of(self._redis, [contact_point])[0])


def other_lines_held(holding: Holding, record: LineRecord) -> list[str]:
    """Return the person's other lines, which are held too; everybody's of this line where nobody is named."""
    if holding.scope.this_line_only:
        return []
    persons = record.persons_of(holding.hold.principal)
    if holding.person is not None:
        return list(persons.get(holding.person, ()))
    return sorted({line for others in persons.values() for line in others})


def opened_entry(holding: Holding, lines: list[str], at: datetime) -> dict[str, Any]:
    """Return the ledger's line of a hold on these lines: with its own scope, words and call."""
    told = {
        "source": holding.source,
        "by": holding.by,
        "person": holding.person,
        "words": holding.words,
        "decision": holding.decision,
        "call_ref": holding.call_ref,
    }
    fields: dict[str, Any] = json.loads(to_json(holding.hold))
    fields |= {name: value for name, value in told.items() if value is not None}
    return (
        fields
        | {"scope": json.loads(to_json(holding.scope))}
        | {"recorded_at": at.isoformat(), "lines": lines}
    )


def _released(hold: Hold, release: Release, draft: Draft) -> dict[str, Any]:
    fields: dict[str, Any] = json.loads(to_json(release))
    owner = {"contact_point": hold.contact_point, "principal": hold.principal}
    return fields | owner | {"recorded_at": fields["released_at"], "lines": _names(draft)}


def _names(draft: Draft) -> list[str]:
    return [line.contact_point for line in draft.lines()]
