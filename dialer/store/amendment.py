"""A change to one or several lines as one act: fields, sets and ledger line, for `amend_lines.lua`."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from redis import Redis

from dialer.clock import milliseconds
from dialer.store import keys
from dialer.store.on_disk import Disk
from dialer.store.scripts import Argument
from dialer.store.trouble import kept


@dataclass(frozen=True, slots=True, kw_only=True)
class LineChange:
    """What one line gets. `keep` is never overwritten; `put` replaces, and what was stays in its history.

    `seq` is the one the change rests on, None where it rests on nothing of this line.
    """

    contact_point: str
    seq: int | None = None
    keep: Mapping[str, str | bytes]
    put: Mapping[str, str | bytes]


@dataclass(frozen=True, slots=True)
class Membership:
    """One line joins (`add`) or leaves a set that had `size` members when it was read."""

    key: str
    size: int
    act: str
    member: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Amendment:
    """Everything one act writes; the first line's `once` field tells that it was done before."""

    lines: tuple[LineChange, ...]
    sets: tuple[Membership, ...] = ()
    kind: str
    fields: Mapping[str, Any]
    once: str = ""


def amend(redis: "Redis", amendment: Amendment, *, at: datetime, disk: Disk) -> bool:
    """Write it all, on disk, and return True, also when it was done before; False if something changed.

    One round trip. Raises CannotKeep.
    """
    names = [keys.LEDGER]
    for line in amendment.lines:
        names += [keys.line(line.contact_point), keys.line_entries(line.contact_point)]
    names += [membership.key for membership in amendment.sets]
    with kept("writing what is known of a line"):
        reply = disk.run(
            redis, "amend_lines", keys=names, arguments=_arguments(amendment, at), what="what was said of it"
        )
    return bool(reply[0] != b"CHANGED")


def _arguments(amendment: Amendment, at: datetime) -> list[Argument]:
    arguments: list[Argument] = [
        milliseconds(at),
        amendment.kind,
        json.dumps(dict(amendment.fields), separators=(",", ":")),
        len(amendment.lines),
        amendment.once,
    ]
    for line in amendment.lines:
        arguments += ["" if line.seq is None else line.seq, len(line.keep) + len(line.put)]
        for how, fields in (("keep", line.keep), ("set", line.put)):
            for name, value in fields.items():
                arguments += [how, name, value]
    for membership in amendment.sets:
        arguments += [membership.size, membership.act, membership.member]
    return arguments


class Draft:
    """A change to several lines while it is put together; each line appears once."""

    def __init__(self) -> None:
        self._keep: dict[str, dict[str, str | bytes]] = {}
        self._put: dict[str, dict[str, str | bytes]] = {}
        self._seqs: dict[str, int] = {}

    def rests_on(self, contact_point: str, seq: int) -> None:
        """Let the change fail if this line is no longer as it was read."""
        self._touch(contact_point)
        self._seqs[contact_point] = seq

    def keep(self, contact_point: str, name: str, body: str | bytes) -> None:
        """Add a record that is never overwritten."""
        self._touch(contact_point)
        self._keep[contact_point][name] = body

    def put(self, contact_point: str, name: str, body: str | bytes) -> None:
        """Set a fact that may change later."""
        self._touch(contact_point)
        self._put[contact_point][name] = body

    def lines(self) -> tuple[LineChange, ...]:
        """Return the change of each line, in the order they were first named."""
        return tuple(
            LineChange(contact_point=line, seq=self._seqs.get(line), keep=keep, put=self._put[line])
            for line, keep in self._keep.items()
        )

    def _touch(self, contact_point: str) -> None:
        self._keep.setdefault(contact_point, {})
        self._put.setdefault(contact_point, {})
