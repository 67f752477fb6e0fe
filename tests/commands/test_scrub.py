"""`ringfence scrub`: a list in, its copy with answers out, and the waterfall for a person or a script."""

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dialer import settings, wiring
from dialer.commands import ringfence
from tests.doubles.house import House

LIST = "id,Phone\n1,020 7946 0001\n2,020 7946 0009\n3,nobody\n"


@pytest.fixture
def house(redis_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> House:
    made = House(redis_url, tmp_path)
    made.load_register("tps", "02079460001")
    made.load_register("ctps")
    # The command wires what the settings name; here they name this test's house.
    monkeypatch.setattr(settings, "read_settings", lambda: made.parts.settings)
    monkeypatch.setattr(wiring, "wire", lambda _: made.parts)
    return made


def run(folder: Path, *words: str, content: str = LIST) -> Result:
    (folder / "in.csv").write_text(content)
    return CliRunner().invoke(
        ringfence, ["scrub", str(folder / "in.csv"), str(folder / "out.csv"), "--campaign", "C1", *words]
    )


def rows_in(path: Path) -> list[dict[str, str]]:
    with path.open(newline="") as file:
        return list(csv.DictReader(file))


def test_a_list_is_copied_with_its_answers(house: House, tmp_path: Path) -> None:
    answer = run(tmp_path)

    rows = rows_in(tmp_path / "out.csv")
    assert (answer.exit_code, [row["ringfence_verdict"] for row in rows]) == (0, ["block", "allow", "block"])
    assert rows[1]["ringfence_until"] == "2026-12-18T00:00:00+00:00"


def test_the_waterfall_is_told_to_a_person(house: House, tmp_path: Path) -> None:
    lines = run(tmp_path).stdout.splitlines()

    assert [line.split()[:2] for line in lines[1:5]] == [
        ["rows", "3"],
        ["blocked", "1"],
        ["blocked", "1"],
        ["callable", "1"],
    ]
    assert lines[2].endswith("UK_R21_1B_TPS_LISTED")
    assert lines[5].startswith("could not be read in 1 rows: letter n at 1")


def test_the_waterfall_is_told_to_a_script(house: House, tmp_path: Path) -> None:
    found = json.loads(run(tmp_path, "--json").stdout)

    assert (found["rows"], found["callable"], found["columns"]) == (3, 1, ["Phone"])
    assert sum(step["rows"] for step in found["steps"]) + found["callable"] == 3


def test_another_instant_may_be_judged(house: House, tmp_path: Path) -> None:
    run(tmp_path, "--at", "2026-11-23T22:00")

    rows = rows_in(tmp_path / "out.csv")
    assert (rows[1]["ringfence_verdict"], rows[1]["ringfence_until"]) == (
        "defer",
        "2026-11-24T08:00:00+00:00",
    )


@pytest.mark.parametrize(
    ("words", "content", "exit_code", "said"),
    [
        (("--campaign", "C9"), LIST, 1, "no campaign is called ‘C9’"),
        (("--column", "Fax"), LIST, 1, "there is no column ‘Fax’"),
        ((), "id,name\n1,Alex\n", 1, "--column"),
        (("--at", "noon"), LIST, 2, "--at"),
    ],
)
def test_what_cannot_be_done_is_one_line_and_leaves_no_result(
    house: House, tmp_path: Path, words: tuple[str, ...], content: str, exit_code: int, said: str
) -> None:
    answer = run(tmp_path, *words, content=content)

    assert (answer.exit_code, said in answer.output) == (exit_code, True)
    assert not (tmp_path / "out.csv").exists()


def test_the_list_is_never_written_over(house: House, tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text(LIST)
    path = str(tmp_path / "in.csv")

    answer = CliRunner().invoke(ringfence, ["scrub", path, path, "--campaign", "C1"])

    assert (answer.exit_code, (tmp_path / "in.csv").read_text()) == (2, LIST)
