"""Imports of lines, own lines, lists, requests and sales: every row ends in one count, and twice is once."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from dialer.commands import ringfence
from dialer.law.facts import OwnLine, SubscriberKind
from tests.commands.installations import LIVE
from tests.doubles.house import NUMBER, OTHER_NUMBER, House

LINES = """contact_point,principal,subscriber,subscriber_evidence,no_contact,persons,wrong_for,company
020 7946 0123,alder,individual,,,P1|P2,,
020 7946 0124,alder,corporate,Companies House 01234567,,,,CO1
020 7946 0125,alder,corporate,,,,,
020 7946 0126,alder,,,deceased,,,
020 7946 0127,nobody,individual,,,,,
anna@example.com,alder,,,,P1,,
0207946O128,alder,individual,,,,,
020 7946 0129,alder,martian,,,,,
020 7946 0130,alder,,,,P4,P3|P5,
020 7946 0131,alder,,,,P3|P4,P4,
"""
LINE_TITLES = "contact_point,principal,persons,wrong_for,no_contact,subscriber"
OWN = """contact_point,kind,owner
020 7946 0150,staff,Ann
020 7946 0151,boat,Bob
anna@example.com,test,Cat
"""
LISTS = """id,principal,supplier,contract,obtained_on,basis,due_diligence,notice_given,say
L1,alder,Lists Ltd,K-7,2026-10-01,consent,checked,yes,From Lists Ltd.
L2,alder,Other Ltd,,2026-13-01,,,,From Other Ltd.
L3,birch,Third Ltd,,,,,by post,From Third Ltd.
"""
SOLICITATIONS = """contact_point,principal,topic,channels,requested_at,window.from
020 7946 0123,alder,solar,live_call,2026-11-20T09:00:00Z,2026-11-24T09:00:00Z
020 7946 0124,alder,solar,live_call,2099-11-20T09:00:00Z,
"""
RELATIONSHIPS = """contact_point,principal,kind,own_sale,collected_at
020 7946 0123,alder,sale,yes,2026-11-20T09:00:00Z
020 7946 0124,alder,friendship,yes,2026-11-20T09:00:00Z
"""
FILES = {
    "line": (
        LINES,
        (5, 5),
        {"subscriber_evidence", "principal", "contact_point", "subscriber", "wrong_for"},
    ),
    "own-line": (OWN, (1, 2), {"kind", "contact_point"}),
    "list": (LISTS, (2, 1), {"obtained_on"}),
    "solicitation": (SOLICITATIONS, (1, 1), {"requested_at"}),
    "relationship": (RELATIONSHIPS, (1, 1), {"kind"}),
}


@pytest.fixture
def house(redis_url: str, data_folder: Path) -> House:
    data_folder.mkdir(exist_ok=True)
    return House(redis_url, data_folder)


@pytest.fixture
def run(house: House, tmp_path: Path) -> Any:
    settings = {**LIVE, "RINGFENCE_REDIS_URL": house.redis_url, "RINGFENCE_DATA_DIR": str(house.data_dir)}

    def run(command: str, *options: str, text: str | None = None) -> Result:
        path = tmp_path / f"{command}.csv"
        path.write_text(text if text is not None else FILES[command][0])
        return CliRunner(env=settings).invoke(ringfence, [command, "import", str(path), *options])

    return run


@pytest.mark.parametrize("command", FILES)
def test_every_row_ends_in_one_count_with_its_column(run: Any, command: str) -> None:
    _, (accepted, rejected), columns = FILES[command]
    answer = run(command, "--json")
    assert answer.exit_code == 0, answer.output
    told = json.loads(answer.stdout)
    assert (told["rows"], told["accepted"], told["rejected"]) == (accepted + rejected, accepted, rejected)
    assert {fault["column"] for fault in told["faults"]} == columns
    assert "7946" not in answer.output


@pytest.mark.parametrize("command", FILES)
def test_a_file_imported_again_is_known_already(run: Any, house: House, command: str) -> None:
    _, (accepted, _), _ = FILES[command]
    run(command)
    seq = house.parts.records.of_line(NUMBER).seq
    told = json.loads(run(command, "--json").stdout)
    assert (told["accepted"], told["repeated"]) == (0, accepted)
    assert house.parts.records.of_line(NUMBER).seq == seq


@pytest.mark.parametrize("command", FILES)
def test_a_dry_run_keeps_nothing(run: Any, house: House, command: str) -> None:
    before = house.parts.redis.dbsize(), house.parts.redis.get("rf:epoch")
    assert run(command, "--dry-run").exit_code == 0
    assert (house.parts.redis.dbsize(), house.parts.redis.get("rf:epoch")) == before


@pytest.mark.parametrize("command", FILES)
def test_a_file_of_nothing_that_can_be_read_is_refused(run: Any, command: str) -> None:
    titles = FILES[command][0].partition("\n")[0]
    answer = run(command, text=f"{titles}\nXXXX0123,x\n")
    assert (answer.exit_code, "none of its 1 rows can be read" in answer.stderr) == (1, True)


@pytest.mark.parametrize("command", FILES)
def test_a_column_that_is_not_ours_is_named(run: Any, command: str) -> None:
    titles, _, rest = FILES[command][0].partition("\n")
    answer = run(command, text=f"{titles},colour\n{rest}")
    assert (answer.exit_code, "has ‘colour’, which is not ours" in answer.stderr) == (1, True)


def test_lines_are_known_linked_and_closed(run: Any, house: House) -> None:
    run("line")
    lines = house.parts.lines
    assert lines.known(NUMBER, "alder").persons == ("P1", "P2")
    assert lines.known(NUMBER, "alder").other_lines == ("anna@example.com",)
    assert lines.known(OTHER_NUMBER, "alder").subscriber is SubscriberKind.CORPORATE
    assert lines.known("+442079460125", "alder").subscriber is None
    assert lines.known("+442079460126", "alder").no_contact == "deceased"


def test_a_line_is_marked_for_whom_it_is_wrong(run: Any, house: House) -> None:
    run("line")
    known = house.parts.lines.known("+442079460130", "alder")
    assert (known.persons, known.wrong_for) == (("P4",), ("P3", "P5"))
    assert {(mark.person, mark.source) for mark in known.marks} == {("P3", "record"), ("P5", "record")}


def test_a_row_that_says_both_of_a_person_leaves_no_trace(run: Any, house: House) -> None:
    run("line")
    known = house.parts.lines.known("+442079460131", "alder")
    assert (known.persons, known.wrong_for) == ((), ())


def test_a_wrong_person_is_no_longer_linked(run: Any, house: House) -> None:
    run("line")
    told = json.loads(
        run("line", "--json", text=f"{LINE_TITLES}\n{NUMBER},alder,P2,P1|P7,,individual\n").stdout
    )
    known = house.parts.lines.known(NUMBER, "alder")
    assert (told["accepted"], known.persons, known.wrong_for) == (1, ("P2",), ("P1", "P7"))
    assert house.parts.lines.known("anna@example.com", "alder").other_lines == ()


def test_only_the_newly_wrong_are_told_again(run: Any, house: House) -> None:
    run("line", text=f"{LINE_TITLES}\n{NUMBER},alder,,P1,,\n")
    run("line", text=f"{LINE_TITLES}\n{NUMBER},alder,,P1|P2,,\n")
    marks = house.parts.lines.known(NUMBER, "alder").marks
    assert sorted(mark.person or "" for mark in marks) == ["P1", "P2"]


def test_a_care_mark_does_not_follow_a_link_its_own_row_takes_away(run: Any, house: House) -> None:
    run("line")
    run("line", text=f"{LINE_TITLES}\n{NUMBER},alder,,P1,deceased,\n")
    assert house.parts.lines.known(NUMBER, "alder").no_contact == "deceased"
    assert house.parts.lines.known("anna@example.com", "alder").no_contact is None


def test_a_rejected_row_marks_nobody(run: Any, house: House) -> None:
    answer = run("line", "--json", text=f"{LINE_TITLES}\n{NUMBER},alder,,P1,,corporate\n")
    known = house.parts.lines.known(NUMBER, "alder")
    assert (json.loads(answer.stdout)["rejected"], known.marks) == (1, ())


def test_an_own_line_is_not_live_before_its_code_is_read_back(run: Any, house: House) -> None:
    run("own-line")
    held = house.parts.own_lines.own_lines.held("+442079460150").own
    assert held == OwnLine(kind="staff", owner="Ann", verified=False)


def test_a_list_of_another_principal_stays_theirs(run: Any, house: House) -> None:
    run("list")
    told = json.loads(run("list", "--json", text=LISTS.replace("L3,birch", "L3,alder")).stdout)
    assert told["rejected"] == 2
    assert house.parts.configuration.current().lists["L3"].principal == "birch"


def test_an_import_for_one_principal_takes_no_other_row(run: Any, house: House) -> None:
    told = json.loads(run("list", "--principal", "alder", "--json").stdout)
    assert (told["accepted"], set(house.parts.configuration.current().lists)) == (1, {"L1"})
