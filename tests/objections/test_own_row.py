"""Our own suppression columns are read exactly: one bad cell refuses its row."""

from pathlib import Path

import pytest

from dialer.law.records import Reach, Scope
from dialer.objections.file_row import ReadRow
from tests.objections.files import order, rows_of, written

TITLES = "contact_point,principal,scope.reach,scope.channels,effective_at,source,words"


def row_of(folder: Path, cells: str, titles: str = TITLES, **whose: str | None) -> ReadRow:
    (row,) = rows_of(written(folder, f"{titles}\n{cells}\n"), order(**whose))
    return row


def test_a_whole_row_is_the_objection_it_describes(tmp_path: Path) -> None:
    cells = '07700 900123,alder,campaign,calls|post,2026-03-04T10:15:00Z,letter,"no, never",C1'
    row = row_of(tmp_path, cells, f"{TITLES},scope.campaign")
    (saying,) = row.sayings
    assert saying.contact_point == "+447700900123"
    assert saying.scope == Scope(reach=Reach.CAMPAIGN, channels=("calls", "post"), campaign="C1")
    assert (saying.source, saying.words) == ("letter", "no, never")
    assert saying.effective_at is not None
    assert saying.effective_at.isoformat() == "2026-03-04T10:15:00+00:00"


def test_an_address_can_be_suppressed_too(tmp_path: Path) -> None:
    (saying,) = row_of(tmp_path, "Jo@Example.com,,,email,,email,").sayings
    assert (saying.contact_point, saying.scope.channels) == ("jo@example.com", ("email",))


def test_what_is_left_empty_takes_the_careful_meaning(tmp_path: Path) -> None:
    (saying,) = row_of(tmp_path, "07700900123,,,,,,").sayings
    assert saying.scope == Scope(reach=Reach.PRINCIPAL, channels="voice")
    assert (saying.kind, saying.source, saying.words) == ("objection", "import", "undated")


@pytest.mark.parametrize(
    ("cells", "column", "reason"),
    [
        ("XXXX0123,,,,,,", "contact_point", "masked"),
        (",,,,,,", "contact_point", "no digit"),
        ("07700900123,birch,,,,,", "principal", "the import is for alder"),
        ("07700900123,,planet,,,,", "scope.reach", "not one of"),
        ("07700900123,,brand,,,,", "scope.brand", "needs it"),
        ("07700900123,,operator,,,,", "scope.reach", "does not fit"),
        ("07700900123,,,calls|pigeons,,,", "scope.channels", "not one of"),
        ("07700900123,,,,2026-02-30T10:00:00Z,,", "effective_at", "no such time"),
        ("07700900123,,,,2026-11-24T00:00:00Z,,", "effective_at", "in the future"),
        ("07700900123,,,,,rumour,", "source", "not one of"),
        (f"07700900123,,,,,,{'x' * 2001}", "words", "longer than"),
    ],
)
def test_one_bad_cell_refuses_the_row_and_is_named(
    tmp_path: Path, cells: str, column: str, reason: str
) -> None:
    row = row_of(tmp_path, cells)
    assert row.sayings == ()
    assert [(fault.line, fault.column) for fault in row.faults] == [(2, column)]
    assert reason in row.faults[0].reason


@pytest.mark.parametrize(("text", "said"), [("true", True), ("Yes", True), ("0", False), ("", False)])
def test_truth_is_written_in_few_ways_and_nothing_else_is_truth(
    tmp_path: Path, text: str, said: bool
) -> None:
    titles = "contact_point,scope.this_line_only"
    (saying,) = row_of(tmp_path, f"07700900123,{text}", titles).sayings
    assert saying.scope.this_line_only is said
    assert row_of(tmp_path, "07700900123,perhaps", titles).faults[0].column == "scope.this_line_only"


def test_an_operators_list_reaches_as_far_as_the_operator(tmp_path: Path) -> None:
    (saying,) = row_of(tmp_path, "07700900123,,,,,,", principal=None, operator="beck").sayings
    assert saying.scope.reach is Reach.OPERATOR
    row = row_of(tmp_path, "07700900123,,principal,,,,", principal=None, operator="beck")
    assert row.faults[0].column == "scope.reach"
