"""Imports a consent file: the whole of it is read first, then each consent is kept, all or nothing.

Run again, a consent is recognised by what its row says and not kept twice.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from dialer.consents.consent_row import ConsentColumns, ConsentOrder, ReadConsent, read_consent
from dialer.errors import Conflict, Refused
from dialer.files.opened_file import sha256_of
from dialer.files.outcome import CellFault, FaultKind, RowEnd, Tally
from dialer.files.table import open_table
from dialer.law.records import Consent

Keep = Callable[[Consent], Consent]
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What an import did, or with a dry run would do; `sha256` is the file's as it lies."""

    file_name: str
    sha256: str
    tally: Tally
    is_dry_run: bool


def import_consents(
    path: Path, order: ConsentOrder, keep: Keep, *, dry_run: bool = False, progress: Progress | None = None
) -> Imported:
    """Keep every readable consent of a file and count every row.

    `keep` keeps one consent and returns it, or the one kept before. Raises Refused, having kept nothing, for
    a file with columns that are not ours, without needed ones, or in which nothing can be read.
    """
    looked_at = Tally()
    with _opened(path, order) as rows:
        for row in rows:
            looked_at.note(RowEnd.ACCEPTED if row.consent else RowEnd.REJECTED, row.faults)
            looked_at.records += row.consent is not None
    if not looked_at.records:
        first = looked_at.first_faults[:1]
        why = (
            f"; the first is line {first[0].line}, column {first[0].column}: {first[0].reason}"
            if first
            else ""
        )
        raise Refused(f"{path.name} was not imported: none of its {looked_at.rows:,} rows can be read{why}")
    tally = looked_at
    if not dry_run:
        with _opened(path, order) as rows:
            tally = _keep_all(rows, keep, looked_at.rows, progress)
    return Imported(file_name=path.name, sha256=sha256_of(path), tally=tally, is_dry_run=dry_run)


@contextmanager
def _opened(path: Path, order: ConsentOrder) -> Iterator[Iterator[ReadConsent]]:
    with open_table(path) as table:
        columns = ConsentColumns(table)
        if columns.missing or columns.unknown:
            wrong = [f"lacks {name}" for name in columns.missing]
            wrong += [f"has ‘{title}’, which is not ours" for title in columns.unknown]
            raise Refused(
                f"{path.name} was not imported: it {', '.join(wrong)}; print our columns with "
                "`ringfence consent import --template`"
            )
        yield (read_consent(row, columns, order) for row in table.rows)


def _keep_all(rows: Iterator[ReadConsent], keep: Keep, total: int, progress: Progress | None) -> Tally:
    tally = Tally()
    for row in rows:
        if row.consent is None:
            tally.note(RowEnd.REJECTED, row.faults)
            continue
        try:
            kept = keep(row.consent)
        except Conflict as refusal:
            fault = CellFault(row.line, "person", FaultKind.VALUE, refusal.message)
            tally.note(RowEnd.REJECTED, (fault,))
            continue
        # What was kept before was recorded then, so its time of recording tells the two apart.
        is_repeated = kept.recorded_at != row.consent.recorded_at
        tally.note(RowEnd.REPEATED if is_repeated else RowEnd.ACCEPTED)
        tally.records += 1
        tally.repeated_records += is_repeated
        if progress:
            progress("importing", tally.rows, total)
    return tally
