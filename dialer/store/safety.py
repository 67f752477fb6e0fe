"""Is the store one we may rest on? Read from INFO and TIME, never from CONFIG (managed services hide it).

A record that may be evicted or is not on disk is a "no" that can be lost, so such a store dials nobody.
The promise of a service that hides its persistence is taken with RINGFENCE_REDIS_DURABLE=trusted, and shown.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from dialer.clock import Clock, monotonic_seconds
from dialer.errors import CannotKeep

OLDEST_VERSION: Final = (6, 2)
LARGEST_SKEW_SECONDS: Final = 0.5
# One INFO a second and process costs under 0.1 ms and bounds how long a changed server is believed.
RECHECK_SECONDS: Final = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What is wrong with the store (nothing may be dialled) and what only deserves to be shown."""

    problems: tuple[str, ...]
    warnings: tuple[str, ...]
    version: str
    skew_seconds: float


def standing(info: Mapping[str, Any], *, server_time: float, now: datetime, trusted: bool) -> Standing:
    """Judge one INFO reply. `server_time` is Unix seconds; `trusted` accepts what INFO cannot show."""
    version = str(info.get("valkey_version") or info.get("redis_version") or "0")
    skew_seconds = server_time - now.timestamp()
    found = [
        *_identity_problems(info, version),
        *([] if trusted else _durability_problems(info)),
        *_state_problems(info),
    ]
    if abs(skew_seconds) > LARGEST_SKEW_SECONDS:
        found.append(
            f"the clock here and the store's differ by {skew_seconds:+.1f} s; run a time service on both"
        )
    return Standing(
        problems=tuple(found),
        warnings=tuple(_warnings(info, trusted)),
        version=version,
        skew_seconds=skew_seconds,
    )


def _identity_problems(info: Mapping[str, Any], version: str) -> list[str]:
    found = []
    numbers = tuple(int(part) for part in version.split(".")[:2] if part.isdigit())
    if numbers < OLDEST_VERSION:
        found.append(f"the store is version {version}; Ringfence needs Redis or Valkey 6.2 or newer")
    if info.get("cluster_enabled"):
        found.append("the store is a cluster: one objection's writes must be one act; use one primary")
    if info.get("role") not in (None, "master"):
        found.append("the store is a read-only replica; point RINGFENCE_REDIS_URL at the primary")
    return found


def _durability_problems(info: Mapping[str, Any]) -> list[str]:
    found = []
    policy = str(info.get("maxmemory_policy", "unknown"))
    if policy.startswith("allkeys-") or policy == "unknown":
        found.append(f"the store may evict records (maxmemory-policy {policy}); set it to noeviction")
    if not info.get("aof_enabled"):
        found.append(
            "the store has no append-only file, so a no could be lost; set appendonly yes, fsync always"
        )
    return found


def _state_problems(info: Mapping[str, Any]) -> list[str]:
    found = []
    if info.get("loading"):
        found.append("the store is still loading its data; it answers when it is done")
    if info.get("aof_enabled") and info.get("aof_last_write_status", "ok") != "ok":
        found.append("the store cannot write its append-only file; is the disk full?")
    return found


def _warnings(info: Mapping[str, Any], trusted: bool) -> list[str]:
    found = []
    if trusted:
        found.append("durability is taken on trust (RINGFENCE_REDIS_DURABLE=trusted)")
    version = str(info.get("redis_version", "0")).split(".")
    if not trusted and tuple(int(p) for p in version[:2] if p.isdigit()) < (7, 2):
        found.append(
            "this version cannot prove each write is on disk (WAITAOF, 7.2); keep appendfsync always"
        )
    return found


class Safety:
    """The last standing, and whether it is time to look again; shared by a process's threads."""

    def __init__(self, *, clock: Clock, trusted: bool) -> None:
        self._clock = clock
        self.trusted = trusted
        self._looked_at: float | None = None
        self.last: Standing | None = None

    def is_due(self) -> bool:
        """Say whether the next round trip should bring INFO and TIME along."""
        return self._looked_at is None or monotonic_seconds() - self._looked_at >= RECHECK_SECONDS

    def look(self, info: Mapping[str, Any], server_time: tuple[int, int]) -> Standing:
        """Take in a fresh INFO and TIME (seconds, microseconds)."""
        seconds = server_time[0] + server_time[1] / 1e6
        self.last = standing(info, server_time=seconds, now=self._clock(), trusted=self.trusted)
        # An unsafe store is looked at again at once, so that all comes back by itself.
        self._looked_at = None if self.last.problems else monotonic_seconds()
        return self.last

    def insist(self) -> None:
        """Raise CannotKeep naming the first problem if the store may not be rested on."""
        if self.last is None:
            raise CannotKeep("the store's safety is not known yet; nothing is dialled before it is")
        if self.last.problems:
            raise CannotKeep(f"nothing is dialled: {self.last.problems[0]}")
