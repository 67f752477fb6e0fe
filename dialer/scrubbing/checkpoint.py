"""How far a scrub has come, beside its half-written result: what was begun is gone on with, or begun anew."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from dialer.clock import london_day
from dialer.scrubbing.waterfall import Waterfall

# What is older rests on facts too old to be mixed with newer ones in one result.
LONGEST_BREAK: Final = timedelta(minutes=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint:
    """A scrub after some blocks. `order` is all it was asked with; `written` counts the result's bytes.

    `at` is the instant judged, `begun_at` when that was done.
    """

    order: dict[str, Any]
    at: datetime
    begun_at: datetime
    blocks: int
    written: int
    waterfall: Waterfall

    def is_recent(self, now: datetime) -> bool:
        """Say whether it was begun a short while ago, on this civil day."""
        is_same_day = london_day(self.begun_at) == london_day(now)
        return is_same_day and timedelta(0) <= now - self.begun_at <= LONGEST_BREAK


def read_checkpoint(path: Path) -> Checkpoint | None:
    """Return what was kept, None for nothing or something unreadable: then the scrub begins anew."""
    try:
        kept = json.loads(path.read_text("utf-8"))
        return Checkpoint(
            order=kept["order"],
            at=datetime.fromisoformat(kept["at"]),
            begun_at=datetime.fromisoformat(kept["begun_at"]),
            blocks=kept["blocks"],
            written=kept["written"],
            waterfall=Waterfall.from_json(kept["waterfall"]),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


def write_checkpoint(path: Path, checkpoint: Checkpoint) -> None:
    """Keep it, whole or not at all."""
    fresh = path.with_name(f"{path.name}.new")
    kept = {
        "order": checkpoint.order,
        "at": checkpoint.at.isoformat(),
        "begun_at": checkpoint.begun_at.isoformat(),
        "blocks": checkpoint.blocks,
        "written": checkpoint.written,
        "waterfall": checkpoint.waterfall.as_json(),
    }
    fresh.write_text(json.dumps(kept), "utf-8")
    fresh.replace(path)
