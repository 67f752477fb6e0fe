"""What was said of a list before, from the configuration's history: nothing said of one is ever lost."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from redis import Redis

from dialer.calls.source_list import SourceList
from dialer.clock import from_milliseconds
from dialer.store import keys
from dialer.store.codec import from_json
from dialer.store.configuration import Section
from dialer.store.trouble import kept

_BATCH: Final = 1_000
_SECTION: Final = Section.LISTS.name.encode()


@dataclass(frozen=True, slots=True, kw_only=True)
class ListThen:
    """A list as it was told at one time."""

    since: datetime
    told: SourceList


class ListHistory:
    """Reads the configuration's history; a thousand changes a round trip, and changes are few."""

    def __init__(self, redis: "Redis") -> None:
        self._redis = redis

    def of(self, list_id: str) -> list[ListThen]:
        """Return every version of a list, newest first."""
        found: list[ListThen] = []
        first = "-"
        while True:
            with kept("reading the history of a list"):
                batch: Any = self._redis.xrange(keys.CONFIGURATION_HISTORY, first, "+", count=_BATCH)
            found += [
                ListThen(since=from_milliseconds(int(line[b"t"])), told=from_json(SourceList, line[b"d"]))
                for _, line in batch
                if line[b"s"] == _SECTION and line[b"i"] == list_id.encode() and line[b"d"]
            ]
            if len(batch) < _BATCH:
                return found[::-1]
            first = f"({batch[-1][0].decode()}"
