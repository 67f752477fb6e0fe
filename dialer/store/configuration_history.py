"""The configuration as it stood: every change in order, folded up to an epoch or an instant.

It is small and changes seldom, so it is read whole, once; each state that was asked for is kept.
"""

from bisect import bisect_right
from dataclasses import dataclass, replace
from datetime import datetime
from threading import Lock
from typing import Any, Final

from redis import Redis

from dialer.calls.campaign import Campaign
from dialer.clock import from_milliseconds
from dialer.errors import CannotKeep
from dialer.law.facts import Policy
from dialer.screening.configuration import Configuration
from dialer.store import keys
from dialer.store.codec import from_json
from dialer.store.configuration import POLICY_ID, Section
from dialer.store.trouble import kept

_PAGE: Final = 1_000
_STATES_KEPT: Final = 64


@dataclass(frozen=True, slots=True)
class Change:
    """One write: the record as it stood after it, None if it was removed."""

    section: Section
    record_id: str
    record: Any
    epoch: int
    at: datetime


class ConfigurationHistory:
    """Reads the history when first asked; `refresh` reads on from where it ended."""

    def __init__(self, redis: "Redis") -> None:
        self._redis = redis
        self._changes: list[Change] = []
        self._states: dict[int, Configuration] = {}
        self._last = "-"
        self._reading = Lock()

    def refresh(self) -> None:
        """Read what was written since; one round trip for a thousand changes."""
        # Two threads that read on from the same place would each add what they read.
        with self._reading:
            while self._read_on() == _PAGE:
                pass

    def _read_on(self) -> int:
        with kept("reading the configuration's history"):
            batch: Any = self._redis.xrange(keys.CONFIGURATION_HISTORY, self._last, "+", count=_PAGE)
        for _, fields in batch:
            self._add(_change(fields))
        if batch:
            self._last = f"({batch[-1][0].decode()}"
        return len(batch)

    def at_epoch(self, epoch: int) -> Configuration:
        """Return the configuration as it stood at this epoch."""
        if not self._changes or self._changes[-1].epoch < epoch:
            self.refresh()
        return self._state(sum(change.epoch <= epoch for change in self._changes))

    def known_at(self, at: datetime) -> Configuration:
        """Return the configuration as it stood at this instant; an empty one before the first change."""
        self._begin()
        return self._state(bisect_right(self._changes, at, key=lambda change: change.at))

    def first_with(self, section: Section, record_id: str) -> datetime | None:
        """Return since when a record has been there, None if it never was."""
        self._begin()
        fitting = (c.at for c in self._changes if c.section is section and c.record_id == record_id)
        return next(fitting, None)

    def showing(self, caller_id: str) -> tuple[Campaign, ...]:
        """Return the campaigns that ever showed this number, each as it stood when it last did."""
        self.refresh()
        found = (c.record for c in self._changes if c.section is Section.CAMPAIGNS)
        showed = {(c.id, c.principal): c for c in found if c is not None and c.caller_id == caller_id}
        return tuple(showed.values())

    def _begin(self) -> None:
        if not self._changes:
            self.refresh()

    def _add(self, change: Change) -> None:
        # The stream's order is the truth; a writer whose clock was behind does not come before the others.
        latest = max(change.at, self._changes[-1].at) if self._changes else change.at
        self._changes.append(replace(change, at=latest))

    def _state(self, count: int) -> Configuration:
        """Return the state after so many changes."""
        if count not in self._states:
            if len(self._states) >= _STATES_KEPT:
                self._states.clear()
            self._states[count] = _folded(self._changes[:count])
        return self._states[count]


def _change(fields: dict[bytes, bytes]) -> Change:
    """Return one line of the history; raises CannotKeep if it cannot be read."""
    try:
        section = Section[fields[b"s"].decode()]
        body = fields[b"d"]
        return Change(
            section=section,
            record_id=fields[b"i"].decode(),
            record=from_json(section.value[1], body) if body else None,
            epoch=int(fields[b"e"]),
            at=from_milliseconds(int(fields[b"t"])),
        )
    except (KeyError, ValueError):
        raise CannotKeep("a line of the configuration's history cannot be read; restore a backup") from None


def _folded(changes: list[Change]) -> Configuration:
    tables: dict[Section, dict[str, Any]] = {section: {} for section in Section}
    for change in changes:
        if change.record is None:
            tables[change.section].pop(change.record_id, None)
        else:
            tables[change.section][change.record_id] = change.record
    return Configuration(
        epoch=changes[-1].epoch if changes else 0,
        organisations=tables[Section.ORGANISATIONS],
        campaigns=tables[Section.CAMPAIGNS],
        agents=tables[Section.AGENTS],
        keys={key.digest: key for key in tables[Section.KEYS].values()},
        policy=tables[Section.POLICY].get(POLICY_ID, Policy()),
        lists=tables[Section.LISTS],
    )
