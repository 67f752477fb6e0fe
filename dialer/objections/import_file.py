"""Imports a do-not-call file: the whole of it is read first, then each no is put in force by itself.

Every objection is one atomic act, so a file that ends half-way is half in force and nothing is half an
objection; run again, what was kept is recognised by what it says and not kept twice.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import chain, islice
from pathlib import Path
from typing import Final

from dialer.errors import Refused
from dialer.files.opened_file import sha256_of
from dialer.files.outcome import RowEnd, Tally
from dialer.files.table import open_table
from dialer.ids import Kind, id_for
from dialer.objections.file_layout import is_own, layout_of
from dialer.objections.file_row import FileOrder, ReadRow, read_row
from dialer.objections.own_row import OwnColumns, read_own_row
from dialer.objections.saying import Recorded, Saying

# One batch waits for the disk once, and for well under the store's time-out (measured November 2026).
_ROWS_AT_ONCE: Final = 256

Keep = Callable[[Sequence[Saying]], Sequence[Recorded]]
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What an import did, or with a dry run would do; `sha256` is the file's as it lies."""

    file_name: str
    sha256: str
    layout: str
    tally: Tally
    is_dry_run: bool


def import_objections(
    path: Path, order: FileOrder, keep: Keep, *, dry_run: bool = False, progress: Progress | None = None
) -> Imported:
    """Put every readable no of a file in force and count every row.

    `keep` records sayings in their order, each all or nothing. Raises Refused, having kept
    nothing, for a file in which nothing can be read; CannotKeep when the store fails half-way: run it again.
    """
    with _opened(path, order) as (layout, rows):
        looked_at = _count(rows)
    if looked_at.rows and looked_at.ends[RowEnd.REJECTED] == looked_at.rows:
        first = looked_at.first_faults[0]
        raise Refused(
            f"{path.name} was not imported: none of its {looked_at.rows:,} rows can be read; the first is "
            f"line {first.line}, column {first.column}: {first.reason}"
        )
    tally = looked_at
    if not dry_run:
        with _opened(path, order) as (_, rows):
            tally = _keep_all(rows, keep, looked_at.rows, progress)
    return Imported(
        file_name=path.name, sha256=sha256_of(path), layout=layout, tally=tally, is_dry_run=dry_run
    )


@contextmanager
def _opened(path: Path, order: FileOrder) -> Iterator[tuple[str, Iterator[ReadRow]]]:
    with open_table(path) as table:
        if is_own(table):
            columns = OwnColumns(table)
            if columns.unknown:
                raise Refused(
                    f"{path.name} has columns that are not ours: {', '.join(columns.unknown)}; "
                    "print ours with `ringfence suppress import --template`"
                )
            yield "our own", (read_own_row(row, columns, order) for row in table.rows)
            return
        first = next(table.rows, None)
        if first is None:
            raise Refused(f"{path.name} holds titles and no row")
        layout = layout_of(table, first, path.name)
        yield layout.name, (read_row(row, layout, order) for row in chain((first,), table.rows))


def _count(rows: Iterable[ReadRow]) -> Tally:
    tally = Tally()
    for row in rows:
        tally.note(_end_of(row, ()), row.faults, row.passed_over)
        _count_records(tally, row.sayings)
    return tally


def _keep_all(rows: Iterator[ReadRow], keep: Keep, total: int, progress: Progress | None) -> Tally:
    tally = Tally()
    while batch := list(islice(rows, _ROWS_AT_ONCE)):
        kept = iter(keep([named_by_content(saying) for row in batch for saying in row.sayings]))
        for row in batch:
            recorded = list(islice(kept, len(row.sayings)))
            tally.note(_end_of(row, recorded), row.faults, row.passed_over)
            tally.repeated_records += sum(one.repeated for one in recorded)
            _count_records(tally, row.sayings)
        if progress:
            progress("importing", tally.rows, total)
    return tally


def named_by_content(saying: Saying) -> Saying:
    """Return the saying under the one id that belongs to what it says.

    The time and the file of the import are no part of it, nor are the words: an export taken again next
    month, with the same numbers still undated, names the same objections.
    """
    scope = saying.scope
    parts = [
        *(saying.contact_point, saying.principal, saying.operator, saying.person, saying.kind, saying.source),
        *(scope.reach, scope.channels, scope.brand, scope.campaign, scope.this_line_only, scope.company),
        saying.effective_at.isoformat() if saying.effective_at else None,
    ]
    digest = hashlib.sha256(json.dumps(parts).encode()).hexdigest()
    return replace(saying, objection_id=id_for(Kind.OBJECTION, digest))


def _end_of(row: ReadRow, recorded: Iterable[Recorded]) -> RowEnd:
    if row.passed_over is not None:
        return RowEnd.PASSED_OVER
    if not row.sayings:
        return RowEnd.REJECTED
    if row.faults:
        return RowEnd.PARTLY
    results = list(recorded)
    return RowEnd.REPEATED if results and all(one.repeated for one in results) else RowEnd.ACCEPTED


def _count_records(tally: Tally, sayings: Iterable[Saying]) -> None:
    for saying in sayings:
        tally.records += 1
        tally.undated_records += saying.effective_at is None
        tally.dated_records += saying.effective_at is not None
