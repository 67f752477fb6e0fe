"""The CRM's do-not-call list: what it was told, once each, and the faults a tester ordered."""

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from dialer.errors import Unreadable

MOST_ENTRIES = 10_000
MOST_FAILURES = 1_000_000
LONGEST_DELAY_SECONDS = 120.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One notice as it was taken: its own id, and what it says."""

    webhook_id: str
    received_at: datetime
    objection: str
    contact_point: str
    principal: str | None
    kind: str
    source: str
    body: Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """How the CRM misbehaves: for the next `fail_next` notices, or until told otherwise."""

    fail_next: int = 0
    status: int = 503
    retry_after: int | None = None
    late_s: float = 0.0
    gone: bool = False
    forgets: bool = False


class Book:
    """Entries by notice id; a notice that comes twice is one entry and two deliveries."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._entries: dict[str, Entry] = {}
        self._deliveries: dict[str, int] = {}
        self._trouble = Trouble()
        self.refused = 0

    def order(self, trouble: Trouble) -> None:
        """Misbehave so from now on."""
        with self._lock:
            self._trouble = trouble

    def next_trouble(self) -> Trouble:
        """Return the trouble the next notice meets, counting it."""
        with self._lock:
            now = self._trouble
            if now.fail_next > 0:
                left = {name: getattr(now, name) for name in Trouble.__slots__} | {
                    "fail_next": now.fail_next - 1
                }
                self._trouble = Trouble(**left)
            return now

    def take(self, entry: Entry) -> bool:
        """Keep an entry; false if that notice was here before. The oldest go beyond the limit."""
        with self._lock:
            self._deliveries[entry.webhook_id] = self._deliveries.get(entry.webhook_id, 0) + 1
            if entry.webhook_id in self._entries:
                return False
            if len(self._entries) >= MOST_ENTRIES:
                oldest = next(iter(self._entries))
                del self._entries[oldest], self._deliveries[oldest]
            self._entries[entry.webhook_id] = entry
            return True

    def refuse(self) -> None:
        """Count a delivery that was not believed."""
        with self._lock:
            self.refused += 1

    def entries(self) -> list[tuple[Entry, int]]:
        """Return entries with how often each was delivered, newest first."""
        with self._lock:
            return [(each, self._deliveries[each.webhook_id]) for each in reversed(self._entries.values())]

    def holds(self, objection: str) -> bool:
        """Tell whether an objection stands in the list."""
        return any(entry.objection == objection for entry, _ in self.entries())


def read_trouble(raw: Mapping[str, object]) -> Trouble:
    """Read `{fail_next, status, retry_after, late_s, gone, forgets}`; raises `Unreadable`."""
    if unknown := set(raw) - set(Trouble.__slots__):
        raise Unreadable(f"unknown key {sorted(unknown)[0]!r}; the keys are {', '.join(Trouble.__slots__)}")
    for name in ("gone", "forgets"):
        if not isinstance(raw.get(name, False), bool):
            raise Unreadable(f"{name} must be true or false")
    retry_after = _whole(raw, "retry_after", 0, most=86_400)
    return Trouble(
        fail_next=_whole(raw, "fail_next", 0, most=MOST_FAILURES),
        status=_whole(raw, "status", 503, most=599, least=300),
        retry_after=retry_after if "retry_after" in raw else None,
        late_s=_seconds(raw),
        gone=bool(raw.get("gone", False)),
        forgets=bool(raw.get("forgets", False)),
    )


def _whole(raw: Mapping[str, object], name: str, default: int, *, most: int, least: int = 0) -> int:
    value = raw.get(name, default)
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise Unreadable(f"{name} must be a whole number from {least} to {most}")
    return value


def _seconds(raw: Mapping[str, object]) -> float:
    value = raw.get("late_s", 0)
    if (
        not isinstance(value, int | float)
        or isinstance(value, bool)
        or not 0 <= value <= LONGEST_DELAY_SECONDS
    ):
        raise Unreadable(f"late_s must be 0 to {LONGEST_DELAY_SECONDS:.0f} seconds")
    return float(value)
