"""The work of `ringfence audit calls`: the log read and sorted by line, judged, counted, written as CSV."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from dialer.clock import from_milliseconds, milliseconds
from dialer.commands.progress_bar import Progress
from dialer.files.number_cell import NumberReading
from dialer.files.sorted_rows import SortedRow, SortedRows
from dialer.reports.columns import Table
from dialer.reports.csv_file import csv_pieces
from dialer.screening.audit import JudgedCall, judge_calls
from dialer.screening.audit_counts import AuditCounts
from dialer.screening.call_log import Band, LoggedCall, NotJudged, RowEnd
from dialer.telephony.call_log import LogReading, read_call_log
from dialer.telephony.call_row import Zone

if TYPE_CHECKING:
    from dialer.wiring import Parts

_SHOWN_EVERY = 1_000
COLUMNS = (
    "row",
    "call_sid",
    "to",
    "at",
    "band",
    "then_verdict",
    "then_reason",
    "now_verdict",
    "now_reason",
    "late",
    "missing",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit:
    """What is to be audited; `known_at` is whose knowledge counts as now."""

    file: Path
    campaign: str
    zone: Zone | None
    csv_path: Path | None
    known_at: datetime


def audit_calls(asked: Audit, parts: "Parts", progress: Progress) -> AuditCounts:
    """Judge every call of a log and count it; each row ends in exactly one count. Memory stays flat.

    The CSV stands under its name only when it is whole, so a run that was interrupted is simply run again.
    """
    counts = AuditCounts()
    with SortedRows() as rows:
        _read(asked, parts, rows, counts, progress)
        judged = judge_calls(
            _lines(rows),
            campaign=asked.campaign,
            facts=parts.past,
            book=parts.book,
            known_at=asked.known_at,
        )
        total = counts.ends[RowEnd.JUDGED]
        counts.ends[RowEnd.JUDGED] = 0
        counted = _counted(judged, counts, total, progress)
        if asked.csv_path is None:
            for _ in counted:
                pass
        else:
            _write(asked.csv_path, counted)
    return counts


def _read(asked: Audit, parts: "Parts", rows: SortedRows, counts: AuditCounts, progress: Progress) -> None:
    settings = parts.settings
    numbers = NumberReading(settings.default_region, settings.drama_numbers)
    for row in read_call_log(asked.file, LogReading(numbers=numbers, zone=asked.zone)):
        if isinstance(row, NotJudged):
            counts.pass_over(row)
        elif rows.add(_packed(row)):
            counts.ends[RowEnd.JUDGED] += 1
        else:
            counts.pass_over(NotJudged(row=row.row, end=RowEnd.REPEATED))
        if row.row % _SHOWN_EVERY == 0:
            progress("reading", row.row, row.row)


def _packed(call: LoggedCall) -> SortedRow:
    return int(call.to[1:]), milliseconds(call.at), call.row, call.ref, call.band.value


def _unpacked(row: SortedRow) -> LoggedCall:
    key, at_ms, place, ref, band = row
    return LoggedCall(row=place, ref=ref, to=f"+{key}", at=from_milliseconds(at_ms), band=Band(band))


def _lines(rows: SortedRows) -> Iterator[tuple[str, Iterator[LoggedCall]]]:
    """Yield the lines in the order of their numbers, so that each register delta is read once."""
    for key, group in rows.groups():
        yield f"+{key}", map(_unpacked, group)


def _counted(
    judged: Iterator[JudgedCall], counts: AuditCounts, total: int, progress: Progress
) -> Iterator[tuple[str, ...]]:
    for done, one in enumerate(judged, start=1):
        counts.add(one)
        if done % _SHOWN_EVERY == 0 or done == total:
            progress("judging", done, total)
        yield _cells(one)


def _cells(one: JudgedCall) -> tuple[str, ...]:
    answers = (verdict.answer.value if verdict.answer else "unknown" for verdict in (one.then, one.now))
    then, now = answers
    return (
        str(one.call.row),
        one.call.ref,
        one.call.to,
        one.call.at.isoformat(),
        one.call.band.value,
        then,
        one.then.reason,
        now,
        one.now.reason,
        "yes" if one.is_late else "no",
        " ".join(sorted(one.then.past.missing)),
    )


def _write(path: Path, rows: Iterator[tuple[str, ...]]) -> None:
    unfinished = path.with_name(f"{path.name}.part")
    with ExitStack() as unless_done:
        unless_done.callback(unfinished.unlink, missing_ok=True)
        with unfinished.open("wb") as file:
            for piece in csv_pieces(Table(COLUMNS, rows)):
                file.write(piece.encode())
        unless_done.pop_all()
    unfinished.replace(path)
