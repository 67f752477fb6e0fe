"""The story of one call and its children: every request, answer, leg, word and error, in order."""

from collections.abc import Mapping

from dialer.clock import utc_now

# A call that loops stops being told here; the last entry says so.
MOST_ENTRIES = 5_000
Entry = Mapping[str, object]


class Story:
    """An append-only list of what happened; written under the world's lock."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.lost = 0

    def add(self, event: str, call_sid: str, **details: object) -> None:
        """Append one entry; `details` must be plain JSON values."""
        if len(self.entries) >= MOST_ENTRIES:
            self.lost += 1
            return
        at = utc_now().isoformat(timespec="milliseconds")
        self.entries.append({"at": at, "event": event, "call": call_sid, **details})
