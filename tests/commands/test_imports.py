"""`ringfence consent import` and `ringfence suppress import`: every row ends in a count."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from dialer.commands import ringfence
from dialer.sandbox.demo.do_not_call import export_rows
from tests.commands.installations import LIVE
from tests.doubles.house import House

Run = Any


@pytest.fixture
def house(redis_url: str, data_folder: Path) -> House:
    data_folder.mkdir(exist_ok=True)
    return House(redis_url, data_folder)


@pytest.fixture
def run(house: House) -> Run:
    settings = {**LIVE, "RINGFENCE_REDIS_URL": house.redis_url, "RINGFENCE_DATA_DIR": str(house.data_dir)}

    def run(*arguments: str | Path) -> Result:
        return CliRunner(env=settings).invoke(ringfence, [str(argument) for argument in arguments])

    return run


@pytest.fixture
def export(tmp_path: Path) -> Path:
    path = tmp_path / "SYSTEM_DNC_20241112-154014.txt"
    path.write_text("\r\n".join(export_rows()) + "\r\n", newline="")
    return path


def consents(folder: Path, given_at: str) -> Path:
    path = folder / "consents.csv"
    path.write_text(
        "contact_point,principal,channels,purposes,given_at\n"
        f"020 7946 0123,alder,live_call,general,{given_at}\n"
        "020 7946 0124,birch,live_call,general,2026-10-01T09:00:00Z\n"
    )
    return path


def test_a_do_not_call_export_is_imported_and_every_row_counted(run: Run, house: House, export: Path) -> None:
    told = run("suppress", "import", export, "--principal", "alder")
    assert told.exit_code == 0, told.output
    assert f"{export.name}: 30 objections imported" in told.output
    assert "33 rows: 30 accepted, 3 rejected" in told.output
    assert "0 dated, 30 undated: in force from the import on" in told.output
    assert "rejected as wildcard: 1" in told.output
    assert len(house.parts.records.of_line("+441174960400").objections) == 1


def test_importing_again_keeps_nothing_twice_and_each_import_is_in_the_ledger(
    run: Run, house: House, export: Path
) -> None:
    for repeated in (0, 30):
        told = json.loads(run("suppress", "import", export, "--operator", "beck", "--json").output)
        assert (told["records"], told["repeated_records"]) == (30, repeated)
    imports = [
        json.loads(fields[b"d"])
        for _, fields in house.parts.redis.xrange("rf:ledger")
        if fields[b"k"] == b"import"
    ]
    assert [line["repeated_records"] for line in imports] == [0, 30]
    assert imports[0]["sha256"] == told["sha256"]


def test_a_dry_run_counts_and_keeps_nothing(run: Run, house: House, export: Path) -> None:
    before = house.parts.redis.dbsize()
    told = json.loads(run("suppress", "import", export, "--principal", "alder", "--dry-run", "--json").output)
    assert (told["dry_run"], told["records"]) == (True, 30)
    assert house.parts.redis.dbsize() == before


@pytest.mark.parametrize(
    ("arguments", "code", "reason"),
    [
        (("suppress", "import", "FILE"), 2, "either --principal or --operator"),
        (("suppress", "import", "FILE", "--principal", "alder", "--operator", "beck"), 2, "either"),
        (("suppress", "import", "FILE", "--principal", "nobody"), 1, "no organisation is called ‘nobody’"),
        (("consent", "import", "FILE", "--principal", "nobody"), 1, "no organisation is called ‘nobody’"),
        (("consent", "import", "FILE"), 1, "has ‘phone_number’, which is not ours"),
    ],
)
def test_what_cannot_be_imported_says_why(
    run: Run, export: Path, arguments: tuple[str, ...], code: int, reason: str
) -> None:
    told = run(*(export if argument == "FILE" else argument for argument in arguments))
    assert (told.exit_code, reason in told.stderr) == (code, True)


def test_consents_are_imported_and_a_bad_date_refuses_its_row(run: Run, house: House, tmp_path: Path) -> None:
    told = json.loads(run("consent", "import", consents(tmp_path, "2026-02-30T09:00:00Z"), "--json").output)
    assert (told["rows"], told["accepted"], told["rejected"]) == (2, 1, 1)
    assert told["faults"][0] == {
        "line": 2,
        "column": "given_at",
        "kind": "time",
        "reason": "no such time; write 2026-11-23T10:00:00+00:00",
    }
    assert house.parts.records.of_line("+442079460123").consents == []
    assert len(house.parts.records.of_line("+442079460124").consents) == 1


def test_an_import_for_one_principal_takes_no_row_of_another(run: Run, house: House, tmp_path: Path) -> None:
    path = consents(tmp_path, "2026-10-01T09:00:00Z")
    told = json.loads(run("consent", "import", path, "--principal", "alder", "--json").output)
    assert (told["accepted"], told["rejected"]) == (1, 1)
    assert house.parts.records.of_line("+442079460124").consents == []


@pytest.mark.parametrize("command", ["consent", "suppress"])
def test_the_template_is_printed_and_can_be_imported_as_it_is(run: Run, tmp_path: Path, command: str) -> None:
    template = run(command, "import", "--template")
    assert template.exit_code == 0, template.output
    assert template.output.startswith("contact_point,person,principal,")
    path = tmp_path / "template.csv"
    path.write_text(template.output + "XXXX0123\n")
    options = ["--principal", "alder"]
    assert "none of its 1 rows can be read" in run(command, "import", path, *options).stderr
