"""Twilio's call log as people bring it: CSV of the console, JSON of the API, JSON lines, any of them packed.

Column titles vary by version of the console, so titles are compared without case, blanks and marks.
Source: formats.md section 6.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from dialer.errors import Refused
from dialer.files.json_values import json_values
from dialer.files.number_cell import NumberReading
from dialer.files.opened_file import OpenedFile, open_file
from dialer.files.table import open_table, plain_title
from dialer.screening.call_log import LogRow, NotJudged, RowEnd
from dialer.telephony.call_row import Zone, read_call_row

# What one column may be called, in the order of preference; compared as `plain_title` writes them.
COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "sid": ("callsid", "sid", "callid"),
    "to": ("to", "tonumber", "called", "toformatted"),
    "direction": ("direction", "calldirection"),
    "status": ("status", "callstatus"),
    "start": ("starttime", "startdate", "started", "datetime", "date", "starttimeutc", "startdateutc"),
    "created": ("datecreated", "createdat", "created", "datecreatedutc"),
}
_NEEDED: Final = ("to", "status")


@dataclass(frozen=True, slots=True, kw_only=True)
class LogReading:
    """How a log is read; `zone` None refuses times that do not say which clock they are by."""

    numbers: NumberReading
    zone: Zone | None = None


def read_call_log(path: Path, reading: LogReading) -> Iterator[LogRow]:
    """Yield every row of a log, in order; memory stays flat.

    Raises Refused for a file that is no call log, Unreadable for a damaged one.
    """
    with open_file(path) as file:
        is_json = file.head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"[")
    yield from _json_rows(path, reading) if is_json else _csv_rows(path, reading)


def _csv_rows(path: Path, reading: LogReading) -> Iterator[LogRow]:
    with open_table(path) as table:
        places = {name: table.place_of(*titles) for name, titles in COLUMNS.items()}
        missing = [name for name in _NEEDED if places[name] is None]
        if missing or (places["start"] is None and places["created"] is None):
            wanted = ", ".join([*missing, *(["start time"] if not missing else [])])
            raise Refused(f"{path.name} is no call log: it has no column for {wanted}")
        is_utc = any("utc" in plain_title(title) or "gmt" in plain_title(title) for title in table.titles)
        zone = reading.zone or (Zone.UTC if is_utc else None)
        for number, row in enumerate(table.rows, start=1):
            if row.torn:
                yield NotJudged(row=number, end=RowEnd.UNREADABLE, why="an open quotation mark")
                continue
            cells = {name: row.cell(place) for name, place in places.items()}
            yield read_call_row(number, cells, reading.numbers, zone)


def _json_rows(path: Path, reading: LogReading) -> Iterator[LogRow]:
    with open_file(path) as file:
        for number, record in enumerate(_records(file), start=1):
            yield _json_row(number, record, reading)


def _json_row(number: int, record: Any, reading: LogReading) -> LogRow:
    if not isinstance(record, dict):
        return NotJudged(row=number, end=RowEnd.UNREADABLE, why="no JSON object")
    plain = {plain_title(key): value for key, value in record.items() if isinstance(value, str)}
    cells = {
        name: next((plain[title] for title in titles if plain.get(title)), "")
        for name, titles in COLUMNS.items()
    }
    return read_call_row(number, cells, reading.numbers, reading.zone)


def _records(file: OpenedFile) -> Iterator[Any]:
    """Yield the calls of a file: each value, or those inside one that is a page of the API."""
    for value in json_values(file):
        page = value.get("calls") if isinstance(value, dict) else None
        if isinstance(page, list):
            yield from page
        else:
            yield value
