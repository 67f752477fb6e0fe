"""`GET /v1/reports/blocked-calls`: which calls were stopped and why; the same as JSON, CSV or workbook."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from tempfile import SpooledTemporaryFile
from typing import IO, Annotated, Any, ClassVar, Final, assert_never

from flask import Response
from pydantic import Field

from dialer.calls.shape import STRICT
from dialer.people.roles import NumbersShown
from dialer.reports.blocked_calls import By, Wanted
from dialer.reports.csv_file import csv_pieces
from dialer.reports.period import period
from dialer.reports.report import Report, blocked_calls, json_pieces, table_of
from dialer.reports.xlsx_file import write_xlsx
from dialer.web.api.door import READERS, Asked, Doors
from dialer.web.api.when import day_of

DOORS = Doors("Reports")

CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_IN_MEMORY_BYTES: Final = 1024 * 1024
_PIECE_BYTES: Final = 65_536
Day = Annotated[str, Field(json_schema_extra={"format": "date"}, max_length=10)]


class Format(StrEnum):
    """How the report comes."""

    JSON = "json"
    CSV = "csv"
    XLSX = "xlsx"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportAsked:
    """From day to day in London, both included. `by` absent lists each call."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    from_: Annotated[Day, Field(alias="from")]
    to: Day
    by: By | None = None
    campaign: str | None = None
    agent: str | None = None
    reason: str | None = None
    format: Format = Format.JSON


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """One heading and its calls; the heading stands under what was counted by."""

    calls: int
    reason: str | None = None
    agent: str | None = None
    campaign: str | None = None
    day: str | None = None
    principal: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockedReport:
    """What was asked and what answers it: `groups` when it counts by something, else `calls`."""

    from_: Annotated[str, Field(alias="from")]
    to: str
    by: By | None
    total: int
    groups: tuple[Counted, ...] | None = None
    calls: tuple[dict[str, str | bool | None], ...] | None = None


@DOORS.get(
    "/v1/reports/blocked-calls", roles=READERS, query=ReportAsked, answer=BlockedReport, media=(CSV, XLSX)
)
def report_blocked_calls(asked: Asked[None, ReportAsked]) -> Response:
    """Report the calls that were blocked, counted by something or listed, oldest first."""
    query = asked.query
    days = period(day_of(query.from_, pointer="/from"), day_of(query.to, pointer="/to"))
    reasons = frozenset({query.reason}) if query.reason is not None else None
    wanted = Wanted(period=days, campaign=query.campaign, agent=query.agent, reasons=reasons)
    report = blocked_calls(wanted, asked.parts.reports, asked.sight, by=query.by)
    return _written(report, asked)


def _written(report: Report, asked: Asked[None, ReportAsked]) -> Response:
    """Stream the report as it is read: memory stays flat however long the list is."""
    numbers, kind = asked.sight.numbers, asked.query.format
    match kind:
        case Format.JSON:
            return _answer(json_pieces(report, numbers), "application/json")
        case Format.CSV:
            return _answer(csv_pieces(table_of(report, numbers)), CSV, file_name="blocked-calls.csv")
        case Format.XLSX:
            return _answer(_workbook(report, numbers), XLSX, file_name="blocked-calls.xlsx")
    assert_never(kind)


def _answer(
    pieces: Iterator[str] | Iterator[bytes], content_type: str, *, file_name: str | None = None
) -> Response:
    response = Response(pieces, content_type=content_type)
    if file_name is not None:
        response.headers["Content-Disposition"] = f'attachment; filename="{file_name}"'
    return response


def _workbook(report: Report, numbers: NumbersShown) -> Iterator[bytes]:
    """Write the workbook beside memory once it is large, then yield it: a zip cannot be streamed as made."""
    file = SpooledTemporaryFile(max_size=_IN_MEMORY_BYTES)  # noqa: SIM115 - closed when it has been sent
    write_xlsx(table_of(report, numbers), file)
    file.seek(0)
    return _pieces(file)


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while piece := file.read(_PIECE_BYTES):
            yield piece
