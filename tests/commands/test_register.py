"""`ringfence register`: a file goes in force or is refused in one line, and the list says how old all is."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from dialer.clock import london_day, utc_now
from dialer.commands import ringfence
from dialer.law.records import Solicitation
from tests.commands.installations import LIVE
from tests.doubles.house import House
from tests.registers.files import FIRST, numbers_file

Run = Any


@pytest.fixture
def run(redis_url: str, data_folder: Path) -> Run:
    settings = {**LIVE, "RINGFENCE_REDIS_URL": redis_url, "RINGFENCE_DATA_DIR": str(data_folder)}

    def run(*arguments: str | Path) -> Result:
        return CliRunner(env=settings).invoke(ringfence, [str(argument) for argument in arguments])

    return run


def today() -> str:
    return london_day(utc_now()).isoformat()


def test_a_file_is_imported_and_listed(run: Run, tmp_path: Path) -> None:
    path = numbers_file(tmp_path, range(FIRST, FIRST + 1000))
    told = run("register", "import", "tps", path, "--extracted-on", today())
    assert told.exit_code == 0, told.output
    assert "1,000 rows read (fixed width, no spaces), 0 unreadable" in told.output
    assert "1,000 numbers listed, 1,000 added, 0 removed" in told.output
    listed = run("register", "list").output
    assert f"1,000 numbers, extracted on {today()}, 0 days old, fresh" in listed
    assert "ctps  never loaded: nobody is cleared by it" in listed


def test_a_script_reads_the_same_as_json(run: Run, tmp_path: Path) -> None:
    path = numbers_file(tmp_path, range(FIRST, FIRST + 300))
    path.write_bytes(path.read_bytes() + b"XXXXXX0404  \r\n")
    options = ("--extracted-on", today(), "--json")
    planned = json.loads(run("register", "import", "tps", path, *options, "--dry-run").output)
    done = json.loads(run("register", "import", "tps", path, *options).output)
    assert (planned["outcome"], planned["after"], planned["added"]) == ("dry_run", None, 300)
    assert (done["outcome"], done["after"]["numbers"], done["unreadable_rows"]) == ("in_force", 300, 1)
    assert done["rejects"] == [{"line": 301, "reason": "letter X at 1"}]
    assert json.loads(run("register", "import", "tps", path, *options).output)["outcome"] == "already_loaded"
    tps = next(
        row for row in json.loads(run("register", "list", "--json").output) if row["register"] == "tps"
    )
    assert (tps["numbers"], tps["age_days"], tps["snapshot"]) == (300, 0, done["after"]["version"])


def test_a_doubtful_file_is_refused_in_one_line_until_a_person_accepts(run: Run, tmp_path: Path) -> None:
    run(
        "register",
        "import",
        "tps",
        numbers_file(tmp_path, range(FIRST, FIRST + 100)),
        "--extracted-on",
        today(),
    )
    halved = numbers_file(tmp_path, range(FIRST, FIRST + 50), "halved.txt")
    refused = run("register", "import", "tps", halved, "--extracted-on", today())
    assert (refused.exit_code, refused.stderr.count("\n")) == (1, 1)
    assert "from 100 to 50 numbers" in refused.stderr
    accepted = run("register", "import", "tps", halved, "--extracted-on", today(), "--accept-change")
    assert accepted.exit_code == 0, accepted.output


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("tps", "FILE"), 2),
        (("tps", "FILE", "--extracted-on", "2026-02-30"), 2),
        (("tps", "missing.txt", "--extracted-on", "2026-11-20"), 2),
        (("mps", "FILE", "--extracted-on", "2026-11-20"), 1),
    ],
)
def test_wrong_usage_is_told_from_a_refusal(
    run: Run, tmp_path: Path, arguments: tuple[str, ...], code: int
) -> None:
    path = str(numbers_file(tmp_path, [FIRST]))
    assert run("register", "import", *(path if a == "FILE" else a for a in arguments)).exit_code == code


def test_a_layout_nobody_foresaw_is_described_in_a_file(run: Run, tmp_path: Path) -> None:
    layout = tmp_path / "operator.toml"
    layout.write_text("[layout]\noffsets = [5, 17]\n")
    path = tmp_path / "register.txt"
    path.write_text("0001 01632 960123 X\n0002 01632 960124 X\n")
    told = run("register", "import", "ctps", path, "--extracted-on", today(), "--layout", layout)
    assert "2 rows read (operator), 0 unreadable" in told.output


def test_a_wash_is_taken_in_with_every_row_in_one_count(run: Run, tmp_path: Path) -> None:
    path, results = tmp_path / "wash.csv", tmp_path / "rows.csv"
    path.write_text("phone,tps,ctps\n02079460123,listed,clear\n020 nonsense,clear,clear\n02079460124,,\n")
    told = run(
        "register", "wash", path, "--checked-on", today(), "--provider", "bureau", "--results", results
    )
    assert told.exit_code == 0, told.output
    assert "wash.csv: 3 rows: 1 taken, 1 rejected, 1 nothing said" in told.output
    assert f"bureau, checked on {today()}: 1 numbers, 1 listed, 0 clear" in told.output
    lines = results.read_text().splitlines()
    assert [line.split(",")[:4] for line in lines[1:]] == [
        ["2", "taken", "listed", "clear"],
        ["3", "rejected", "", ""],
        ["4", "nothing said", "", ""],
    ]
    assert "7946" not in results.read_text()


def test_a_wash_without_a_sense_is_refused_in_one_line(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "wash.txt"
    path.write_text("02079460123\n02079460124\n")
    refused = run("register", "wash", path, "--checked-on", today())
    assert (refused.exit_code, refused.stderr.count("\n")) == (1, 1)
    assert "are these the listed or the clear?" in refused.stderr
    said = ("--checked-on", today(), "--sense", "clear", "--registers", "both", "--json")
    done = json.loads(run("register", "wash", path, *said).output)
    assert (done["outcome"], done["taken"], done["washes"][0]["listed"]) == ("in_force", 2, 0)
    assert json.loads(run("register", "wash", path, *said).output)["outcome"] == "already_loaded"
    assert run("register", "wash", "--template").output == "contact_point,tps,ctps,checked_on,provider\n"


def test_whom_a_new_file_newly_lists_is_shown_masked_and_counted(run: Run, tmp_path: Path) -> None:
    assert "0 newly listed on tps" in run("register", "newly-listed", "tps").output
    path = numbers_file(tmp_path, range(FIRST, FIRST + 300))
    run("register", "import", "tps", path, "--extracted-on", today())
    assert json.loads(run("register", "newly-listed", "tps", "--json").output) == []
    assert run("register", "newly-listed", "mps").exit_code == 1


def test_an_import_counts_whom_it_newly_lists(run: Run, redis_url: str, tmp_path: Path) -> None:
    house, now = House(redis_url, tmp_path), utc_now()
    asked = Solicitation(id="sol_1", contact_point=f"+44{FIRST + 300}", principal="alder", recorded_at=now)
    house.parts.records.add(asked)
    counts = []
    for size, ago in ((300, 1), (301, 0)):
        path = numbers_file(tmp_path, range(FIRST, FIRST + size))
        day = (london_day(now) - timedelta(days=ago)).isoformat()
        told = run("register", "import", "tps", path, "--extracted-on", day, "--json", "--accept-change")
        counts.append(json.loads(told.output)["newly_listed"])
    assert counts == [{"allowed": 0, "queued": 0}, {"allowed": 0, "queued": 1}]
