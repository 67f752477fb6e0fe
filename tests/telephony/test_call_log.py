"""Twilio's call log in every form people bring it: each row becomes one call, or says why it is none."""

import gzip
import json
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from dialer.errors import Refused, Unreadable
from dialer.files.number_cell import NumberReading
from dialer.screening.call_log import Band, LoggedCall, NotJudged, RowEnd
from dialer.telephony.call_log import LogReading, read_call_log
from dialer.telephony.call_row import Zone

AT = datetime(2026, 3, 10, 9, 14, 7, tzinfo=UTC)
CALL = {
    "sid": "CA0123",
    "to": "+442079460123",
    "from": "+442079460100",
    "status": "completed",
    "start_time": "Tue, 10 Mar 2026 09:14:07 +0000",
    "date_created": "Tue, 10 Mar 2026 09:14:00 +0000",
    "duration": "42",
    "direction": "outbound-api",
    "answered_by": None,
}
READ = LoggedCall(row=1, ref="CA0123", to="+442079460123", at=AT, band=Band.ATTEMPT)


def rows(path: Path, text: str | bytes, zone: Zone | None = None) -> list[LoggedCall | NotJudged]:
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return list(read_call_log(path, LogReading(numbers=NumberReading(), zone=zone)))


@pytest.mark.parametrize(
    "text",
    [
        json.dumps(CALL),
        json.dumps([CALL]),
        json.dumps([CALL], indent=2),
        json.dumps({"calls": [CALL], "next_page_uri": None}),
        gzip.compress(json.dumps(CALL).encode(), mtime=0),
        "\ufeff" + json.dumps(CALL) + "\r\n",
        "Call Sid,From,To,Direction,Status,Start Time\n"
        "CA0123,+442079460100,+442079460123,Outgoing API,Completed,2026-03-10T09:14:07Z\n",
        "CallSid;To;Status;Direction;Date Created (UTC)\n"
        "CA0123;442079460123;completed;outbound-dial;2026-03-10 09:14:07\n",
        "Call SID\tStatus\tStart Time\tTo\nCA0123\tcompleted\t09:14:07 UTC 2026-03-10\t020 7946 0123\n",
        'sid,to,status,start_time\nCA0123,"+44 20 7946 0123",completed,"Tue, 10 Mar 2026 09:14:07 +0000"\n',
    ],
)
def test_every_form_of_a_log_tells_the_same_call(tmp_path: Path, text: str | bytes) -> None:
    assert rows(tmp_path / "log", text) == [READ]


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"status": "busy"}, Band.ATTEMPT),
        ({"status": "no-answer"}, Band.ATTEMPT),
        ({"status": "failed", "start_time": None}, Band.MAY_NOT_HAVE_RUNG),
        ({"status": "canceled"}, Band.MAY_NOT_HAVE_RUNG),
        ({"status": "queued"}, RowEnd.NOT_BEGUN),
        ({"direction": "inbound"}, RowEnd.INBOUND),
        ({"direction": "outbound-dial"}, Band.ATTEMPT),
        ({"direction": "sideways"}, RowEnd.UNREADABLE),
        ({"to": "client:a17"}, RowEnd.OWN_ENDPOINT),
        ({"to": "sip:a17@agents.example"}, RowEnd.OWN_ENDPOINT),
        ({"to": "+44207946XXXX"}, RowEnd.UNREADABLE),
        ({"to": None}, RowEnd.UNREADABLE),
        ({"status": "dreaming"}, RowEnd.UNREADABLE),
        ({"start_time": "yesterday"}, RowEnd.UNREADABLE),
        ({"start_time": "2026-02-31T09:00:00Z"}, RowEnd.UNREADABLE),
        ({"start_time": "2026-03-10"}, RowEnd.UNREADABLE),
        ({"start_time": None, "date_created": None}, RowEnd.UNREADABLE),
    ],
)
def test_each_row_ends_in_one_way(tmp_path: Path, changed: dict[str, str], expected: Band | RowEnd) -> None:
    (row,) = rows(tmp_path / "log", json.dumps(CALL | changed))
    assert (row.band if isinstance(row, LoggedCall) else row.end) is expected


@pytest.mark.parametrize(("zone", "hour"), [(None, None), (Zone.UTC, 9), (Zone.LONDON, 8)])
def test_a_time_without_its_clock_is_read_by_the_one_that_is_named(
    tmp_path: Path, zone: Zone | None, hour: int | None
) -> None:
    summer = json.dumps(CALL | {"start_time": "2026-07-10 09:14:07"})
    (row,) = rows(tmp_path / "log", summer, zone)
    assert (row.at.hour if isinstance(row, LoggedCall) else None) == hour


def test_a_failed_call_was_made_when_it_was_created(tmp_path: Path) -> None:
    (row,) = rows(tmp_path / "log", json.dumps(CALL | {"status": "failed", "start_time": None}))
    assert isinstance(row, LoggedCall)
    assert row.at == AT.replace(second=0)


def test_rows_are_counted_through_torn_and_foreign_ones(tmp_path: Path) -> None:
    lines = [json.dumps(CALL), "17", json.dumps("text"), json.dumps({"calls": [CALL, CALL]}), "{}"]
    found = rows(tmp_path / "log", "\n".join(lines))
    assert [row.row for row in found] == [1, 2, 3, 4, 5, 6]
    assert Counter(type(row) for row in found) == {LoggedCall: 3, NotJudged: 3}


def test_no_fault_repeats_a_number(tmp_path: Path) -> None:
    (row,) = rows(tmp_path / "log", json.dumps(CALL | {"to": "+44 20 7946 01234567890"}))
    assert isinstance(row, NotJudged)
    assert "7946" not in row.why


def test_a_file_that_breaks_off_is_an_error_after_its_rows(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="after 2 values"):
        rows(tmp_path / "log", json.dumps([CALL, CALL, CALL])[:-20])


def test_a_table_that_is_no_call_log_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="status"):
        rows(tmp_path / "log", "name,phone\nAnna,+442079460123\n")
