"""What became of the rows of an imported file: for a person to read, for a script, and for the ledger."""

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from dialer.files.outcome import RowEnd, Tally

if TYPE_CHECKING:
    from dialer.wiring import Parts

_WORDS = {
    RowEnd.ACCEPTED: "accepted",
    RowEnd.PROPOSED: "waiting for a second person",
    RowEnd.PARTLY: "accepted in part",
    RowEnd.REPEATED: "known already",
    RowEnd.PASSED_OVER: "passed over",
    RowEnd.REJECTED: "rejected",
}


def tell(
    parts: "Parts",
    at: datetime,
    what: str,
    facts: dict[str, Any],
    tally: Tally,
    *,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Note a finished import in the ledger, unless it was a dry run, and print what it did.

    `facts` name the file, its hash, whose it is and who imported it; `what` is the plural of what it held.
    """
    from dialer.store.imports import ImportStore

    outcome = {**facts, **tally_record(tally)}
    if not dry_run:
        ImportStore(parts.redis).note({"what": what, "at": at.isoformat(), **outcome})
    if as_json:
        click.echo(json.dumps({**outcome, "dry_run": dry_run}, indent=2))
        return
    done = "would be imported" if dry_run else "imported"
    click.echo(f"{facts['file']}: {tally.records:,} {what} {done}")
    for line in tally_lines(tally, shows_dates=what == "objections"):
        click.echo(line)


def insist_on_organisation(parts: "Parts", organisation: str) -> None:
    """Raise NotFound unless this organisation is kept."""
    from dialer.errors import NotFound

    if organisation not in parts.configuration.current().organisations:
        raise NotFound(
            f"no organisation is called ‘{organisation}’; keep it first (PUT /v1/organisations/{{id}})"
        )


def tally_record(tally: Tally) -> dict[str, Any]:
    """Return the counts and the first faults as JSON can carry them; no number is in them."""
    return {
        "rows": tally.rows,
        **{end.value: tally.ends[end] for end in RowEnd},
        "records": tally.records,
        "repeated_records": tally.repeated_records,
        "dated_records": tally.dated_records,
        "undated_records": tally.undated_records,
        "rejected_by_kind": {kind.value: count for kind, count in sorted(tally.faults.items())},
        "passed_over_by_reason": dict(sorted(tally.passed_over.items())),
        "faults": [
            {"line": fault.line, "column": fault.column, "kind": fault.kind.value, "reason": fault.reason}
            for fault in tally.first_faults
        ],
    }


def tally_lines(tally: Tally, *, shows_dates: bool) -> list[str]:
    """Return the counts in a few lines, then each fault kept on one of its own."""
    ends = ", ".join(f"{tally.ends[end]:,} {word}" for end, word in _WORDS.items() if tally.ends[end])
    lines = [f"  {tally.rows:,} rows: {ends}"]
    if shows_dates and tally.records:
        undated = f", {tally.undated_records:,} undated: in force from the import on, and marked so"
        lines.append(f"  {tally.dated_records:,} dated{undated if tally.undated_records else ''}")
    for reason, count in sorted(tally.passed_over.items()):
        lines.append(f"  passed over, {reason}: {count:,}")
    for kind, count in sorted(tally.faults.items()):
        lines.append(f"  rejected as {kind.value.replace('_', ' ')}: {count:,}")
    lines += [f"  line {f.line}, column {f.column}: {f.reason}" for f in tally.first_faults]
    if tally.faults.total() > len(tally.first_faults):
        lines.append(f"  and {tally.faults.total() - len(tally.first_faults):,} more")
    return lines
