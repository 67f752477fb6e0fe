"""Imports a file of records in our own columns: all of it is read first, then each record is kept.

Run again, a record is recognised by what its row says and not kept twice.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from dialer.consents.file_kind import FileKind
from dialer.consents.record_row import ReadRecord, RecordColumns, RowOrder, read_record
from dialer.errors import Conflict, Refused, RingfenceError, Unreadable
from dialer.files.opened_file import sha256_of
from dialer.files.outcome import CellFault, FaultKind, RowEnd, Tally
from dialer.files.table import open_table


class KeptRow(Protocol):
    """What became of one record: known already, waiting for a second person, or counting."""

    @property
    def proposed(self) -> bool:
        """Whether it waits for a second person."""
        ...

    @property
    def repeated(self) -> bool:
        """Whether this very record was kept before."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptAs:
    """What became of a record that needs no second person."""

    repeated: bool = False
    proposed: bool = False


Keep = Callable[[Any], KeptRow]
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What an import did, or with a dry run would do; `sha256` is the file's as it lies."""

    file_name: str
    sha256: str
    tally: Tally
    is_dry_run: bool


def import_records(
    path: Path,
    kind: FileKind,
    order: RowOrder,
    keep: Keep,
    *,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> Imported:
    """Keep every readable record of a file and count every row; each ends in exactly one way.

    `keep` keeps one record, or finds it kept before. A dry run cannot tell what is known already, nor what
    waits for a second person. Raises Refused, having kept nothing, for
    a file with columns that are not ours, without needed ones, or in which nothing can be read.
    """
    looked_at = Tally()
    with _opened(path, kind, order) as rows:
        for row in rows:
            looked_at.note(RowEnd.ACCEPTED if row.record else RowEnd.REJECTED, row.faults)
            looked_at.records += row.record is not None
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
        with _opened(path, kind, order) as rows:
            tally = _keep_all(rows, keep, looked_at.rows, progress)
    return Imported(file_name=path.name, sha256=sha256_of(path), tally=tally, is_dry_run=dry_run)


@contextmanager
def _opened(path: Path, kind: FileKind, order: RowOrder) -> Iterator[Iterator[ReadRecord]]:
    with open_table(path) as table:
        columns = RecordColumns(table, kind)
        if columns.missing or columns.unknown:
            wrong = [f"lacks {name}" for name in columns.missing]
            wrong += [f"has ‘{title}’, which is not ours" for title in columns.unknown]
            raise Refused(
                f"{path.name} was not imported: it {', '.join(wrong)}; print our columns with "
                f"`ringfence {kind.command} import --template`"
            )
        yield (read_record(row, columns, order) for row in table.rows)


def _keep_all(rows: Iterator[ReadRecord], keep: Keep, total: int, progress: Progress | None) -> Tally:
    tally = Tally()
    for row in rows:
        if row.record is None:
            tally.note(RowEnd.REJECTED, row.faults)
            continue
        try:
            kept = keep(row.record)
        except (Conflict, Unreadable) as refusal:
            tally.note(RowEnd.REJECTED, (_fault(row, refusal),))
            continue
        tally.note(_end_of(kept))
        tally.records += 1
        tally.repeated_records += kept.repeated
        if progress:
            progress("importing", tally.rows, total)
    return tally


def _fault(row: ReadRecord, refusal: RingfenceError) -> CellFault:
    """Return what the keeper says is wrong: the column it points at; without one it is the person's lines."""
    pointed = refusal.faults[0].pointer.strip("/").replace("/", ".") if refusal.faults else None
    column = pointed or next((name for name in ("person", "persons") if hasattr(row.record, name)), "row")
    return CellFault(row.line, column, FaultKind.VALUE, refusal.message)


def _end_of(kept: KeptRow) -> RowEnd:
    if kept.repeated:
        return RowEnd.REPEATED
    return RowEnd.PROPOSED if kept.proposed else RowEnd.ACCEPTED
