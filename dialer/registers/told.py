"""What a register import did, and what is in force: for a person to read and for a script."""

from datetime import date
from typing import Any

from dialer.registers.freshness import age_days, freshness_of
from dialer.registers.load import Loaded, Outcome
from dialer.registers.snapshot import Register, Snapshot


def as_text(loaded: Loaded) -> str:
    """Return the outcome in a few lines: what was read, what changed, what is in force, which rows failed."""
    if loaded.outcome is Outcome.ALREADY_LOADED:
        return f"{loaded.register}: this very file was loaded before; nothing to do"
    reading, effect = loaded.reading, loaded.effect
    if reading is None or effect is None:
        raise ValueError("an import that read a file says what it read")
    lines = [
        f"{loaded.register}: {reading.rows:,} rows read ({reading.layout.name}), "
        f"{reading.unreadable_rows:,} unreadable",
        f"  {effect.numbers:,} numbers listed, {effect.added:,} added, {effect.removed:,} removed"
        + (f", {effect.idle:,} changes were so already" if effect.idle else ""),
    ]
    if loaded.after is None:
        before = loaded.before.numbers if loaded.before else 0
        lines.append(f"  dry run: nothing was changed; it would go from {before:,} to {effect.numbers:,}")
        lines += [f"  it would be held: {doubt}" for doubt in loaded.doubts]
    else:
        lines.append(f"  in force as {loaded.after.version}, extracted on {loaded.after.extracted_on}")
    lines += [f"  line {row.line}: {row.reason}" for row in reading.rejects]
    if reading.unreadable_rows > len(reading.rejects):
        lines.append(f"  and {reading.unreadable_rows - len(reading.rejects):,} more")
    return "\n".join(lines)


def as_record(loaded: Loaded) -> dict[str, Any]:
    """Return the outcome as JSON can carry it; times in ISO 8601."""
    reading, effect = loaded.reading, loaded.effect
    return {
        "register": loaded.register,
        "outcome": loaded.outcome.value,
        "sha256": loaded.sha256,
        "layout": reading.layout.name if reading else None,
        "rows": reading.rows if reading else None,
        "unreadable_rows": reading.unreadable_rows if reading else None,
        "rejects": [{"line": r.line, "reason": r.reason} for r in reading.rejects] if reading else [],
        "numbers": effect.numbers if effect else None,
        "added": effect.added if effect else None,
        "removed": effect.removed if effect else None,
        "idle": effect.idle if effect else None,
        "doubts": list(loaded.doubts),
        "before": snapshot_record(loaded.before),
        "after": snapshot_record(loaded.after),
    }


def snapshot_record(snapshot: Snapshot | None) -> dict[str, Any] | None:
    """Return a snapshot as JSON can carry it."""
    if snapshot is None:
        return None
    return {
        "version": snapshot.version,
        "extracted_on": snapshot.extracted_on.isoformat(),
        "loaded_at": snapshot.loaded_at.isoformat(),
        "by": snapshot.by,
        "file_name": snapshot.file_name,
        "sha256": snapshot.sha256,
        "rows": snapshot.rows,
        "unreadable_rows": snapshot.unreadable_rows,
        "numbers": snapshot.numbers,
        "added": snapshot.added,
        "removed": snapshot.removed,
    }


def in_force(register: Register, today: date) -> dict[str, Any]:
    """Return one register's line of the list; all but the name and freshness are None if never loaded."""
    live = register.live
    return {
        "register": register.name,
        "snapshot": live.version if live else None,
        "extracted_on": live.extracted_on.isoformat() if live else None,
        "age_days": age_days(live.extracted_on, today) if live else None,
        "freshness": freshness_of(live.extracted_on if live else None, today).value,
        "numbers": live.numbers if live else None,
        "loaded_at": live.loaded_at.isoformat() if live else None,
        "sha256": live.sha256 if live else None,
    }
