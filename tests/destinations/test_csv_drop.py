"""A folder of CSV files that another system collects."""

import csv
import hashlib
import io
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from dialer.delivery.answer import Holding, Outcome
from dialer.delivery.notice import notices_for
from dialer.destinations.csv_drop import CsvDropAdapter, file_name
from dialer.destinations.table import COLUMNS, table_of
from tests.delivery.notices import LINE, NOW, OTHER_LINE, destination, notice, withdrawal

DROP = destination(id="dst_drop", kind="csv_drop", url="", secrets=())


def test_all_of_an_attempt_stand_in_one_file_with_its_checksum_beside_it(tmp_path: Path) -> None:
    told = CsvDropAdapter(tmp_path).tell(DROP, [notice(line=LINE), notice(line=OTHER_LINE)], at=NOW)
    assert told.outcome is Outcome.RECEIVED
    (table,) = (tmp_path / "dst_drop").glob("*.csv")
    digest, name = (tmp_path / "dst_drop" / f"{table.name}.sha256").read_text().split()
    assert (digest, name) == (hashlib.sha256(table.read_bytes()).hexdigest(), table.name)
    rows = csv.DictReader(io.StringIO(table.read_text(), newline=""))
    assert [row["contact_point"] for row in rows] == [LINE, OTHER_LINE]


def test_nothing_unfinished_is_left_under_a_name_that_is_collected(tmp_path: Path) -> None:
    CsvDropAdapter(tmp_path).tell(DROP, [notice()], at=NOW)
    names = {path.suffix for path in (tmp_path / "dst_drop").iterdir()}
    assert names == {".csv", ".sha256"}


def test_the_same_notices_told_again_replace_their_own_file(tmp_path: Path) -> None:
    adapter, sent = CsvDropAdapter(tmp_path), [notice()]
    adapter.tell(DROP, sent, at=NOW)
    adapter.tell(DROP, sent, at=NOW + timedelta(hours=1))
    assert len(list((tmp_path / "dst_drop").glob("*.csv"))) == 1


def test_other_notices_have_another_name(tmp_path: Path) -> None:
    first, second = notice(), notice()
    assert len({file_name([first]), file_name([second]), file_name([first, second])}) == 3


def test_a_folder_that_cannot_be_written_rests_the_destination(tmp_path: Path) -> None:
    (tmp_path / "dst_drop").write_text("a file where the folder should be")
    told = CsvDropAdapter(tmp_path).tell(DROP, [notice()], at=NOW)
    assert told.outcome is Outcome.UNWELL
    assert str(tmp_path) not in told.reason


def test_a_folder_cannot_be_asked(tmp_path: Path) -> None:
    adapter = CsvDropAdapter(tmp_path)
    assert adapter.confirm(DROP, notice(), at=NOW).holding is Holding.UNKNOWN
    assert adapter.list(DROP) is None


def test_a_row_says_what_a_webhook_would() -> None:
    said = withdrawal(scope={"reach": "principal", "channels": ["calls", "texts"]}, source="=HYPERLINK(1)")
    (sent,) = notices_for(said, destinations=[DROP], at=NOW)
    (row,) = csv.DictReader(io.StringIO(table_of([sent]).decode(), newline=""))
    assert tuple(row) == COLUMNS
    assert (row["id"], row["contact_point"], row["principal"]) == (said.id, LINE, "ORG_A")
    assert (row["reach"], row["channels"], row["event"]) == (
        "principal",
        "calls|texts",
        "withdrawal.recorded",
    )
    assert row["source"] == "'=HYPERLINK(1)"


def test_a_correction_says_when_and_why() -> None:
    said = replace(withdrawal(), corrected_at=NOW, why="misheard")
    (sent,) = notices_for(said, destinations=[DROP], at=NOW)
    (row,) = csv.DictReader(io.StringIO(table_of([sent]).decode(), newline=""))
    assert (row["event"], row["why"]) == ("withdrawal.corrected", "misheard")
    assert row["corrected_at"] == NOW.isoformat()
