"""A consent file is kept row by row, every row counted, and twice does nothing twice."""

import csv
import io
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
import redis

from dialer.consents.approval import Person
from dialer.consents.file_kind import CONSENTS
from dialer.consents.import_file import Keep, import_records
from dialer.consents.record_row import RowOrder, Yes
from dialer.errors import Conflict, Refused
from dialer.files.number_cell import NumberReading
from dialer.files.outcome import FaultKind, RowEnd, Tally
from dialer.law.records import Consent, Objection
from dialer.sandbox.demo.consents import rows
from dialer.store import keys
from dialer.store.codec import to_json
from dialer.store.records import RecordStore

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
IMPORTER = Person(kind="terminal", id="root", name="root")


@dataclass(frozen=True)
class Taken:
    """A record that was kept at once."""

    proposed: bool = False
    repeated: bool = False


def keeper(redis_client: "redis.Redis") -> Keep:
    return partial(RecordStore(redis_client).keep, by=IMPORTER)


def demo_file(folder: Path) -> Path:
    text = io.StringIO()
    csv.writer(text).writerows(rows(date(2026, 11, 23)))
    path = folder / "consents.csv"
    path.write_text(text.getvalue(), newline="")
    return path


def imported(path: Path, keep: Keep, *, at: datetime = NOON, dry_run: bool = False) -> Tally:
    order = RowOrder(principals=frozenset({"alder"}), at=at, numbers=NumberReading(drama_mobiles=True))
    return import_records(path, CONSENTS, order, keep, dry_run=dry_run).tally


def test_each_good_row_is_kept_and_the_bad_date_is_rejected(
    redis_client: "redis.Redis", tmp_path: Path
) -> None:
    tally = imported(demo_file(tmp_path), keeper(redis_client))
    assert (tally.rows, tally.ends[RowEnd.ACCEPTED], tally.ends[RowEnd.REJECTED]) == (21, 20, 1)
    assert [(fault.line, fault.column, fault.kind) for fault in tally.first_faults] == [
        (22, "given_at", FaultKind.TIME)
    ]
    (consent,) = RecordStore(redis_client).of_line("+442079460220").consents
    assert (consent.principal, consent.person, consent.recorded_at) == ("alder", "caller-0000", NOON)


def test_the_same_file_again_keeps_nothing_twice(redis_client: "redis.Redis", tmp_path: Path) -> None:
    keep = keeper(redis_client)
    imported(demo_file(tmp_path), keep)
    again = imported(demo_file(tmp_path), keep, at=NOON + timedelta(hours=1))
    assert (again.ends[RowEnd.REPEATED], again.ends[RowEnd.ACCEPTED]) == (20, 0)
    (consent,) = RecordStore(redis_client).of_line("+442079460220").consents
    assert consent.recorded_at == NOON


def test_a_dry_run_counts_and_keeps_nothing(redis_client: "redis.Redis", tmp_path: Path) -> None:
    assert imported(demo_file(tmp_path), keeper(redis_client), dry_run=True).records == 20
    assert redis_client.dbsize() == 0


def test_a_row_the_store_refuses_is_rejected_and_the_rest_is_kept(tmp_path: Path) -> None:
    def refuses_one(record: Yes) -> Taken:
        if isinstance(record, Consent) and record.person == "caller-0003":
            raise Conflict("this person has 50 lines already")
        return Taken()

    tally = imported(demo_file(tmp_path), refuses_one)
    assert (tally.ends[RowEnd.ACCEPTED], tally.ends[RowEnd.REJECTED]) == (19, 2)
    assert tally.first_faults[0].column == "person"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("contact_point,principal,channels,purposes\n", "lacks given_at"),
        ("contact_point,principal,channels,purposes,given_at,given\n", "‘given’"),
        ("contact_point,principal,channels,purposes,given_at\n", "none of its 0 rows"),
        ("contact_point,principal,channels,purposes,given_at\n1,2,3,4,5\n", "line 2, column contact_point"),
        ("07700900123,2026-01-01\n", "lacks contact_point"),
    ],
)
def test_a_file_of_another_kind_is_refused_whole(tmp_path: Path, content: str, reason: str) -> None:
    path = tmp_path / "consents.csv"
    path.write_text(content)
    with pytest.raises(Refused, match=reason):
        imported(path, lambda _: Taken())


def test_a_consent_that_a_no_stands_in_the_way_of_waits_and_is_counted_so(
    redis_client: "redis.Redis", tmp_path: Path
) -> None:
    line = "+442079460220"
    no = Objection(id="obj_1", contact_point=line, principal="alder", effective_at=NOON, recorded_at=NOON)
    redis_client.hset(keys.line(line), "obj:obj_1", to_json(no))
    tally = imported(demo_file(tmp_path), keeper(redis_client))
    assert (tally.ends[RowEnd.PROPOSED], tally.ends[RowEnd.ACCEPTED], tally.rows) == (1, 19, 21)
    assert RecordStore(redis_client).of_line(line).consents == []
    again = imported(demo_file(tmp_path), keeper(redis_client))
    assert (again.ends[RowEnd.REPEATED], again.ends[RowEnd.PROPOSED]) == (20, 0)
