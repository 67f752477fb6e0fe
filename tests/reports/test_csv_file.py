"""CSV that a spreadsheet opens without running any of it."""

import csv
import io

import pytest

from dialer.reports.columns import Table
from dialer.reports.csv_file import csv_pieces, safe_cell


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "-2+3",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "+1-1",
        "+44 20",
        "  =cmd|' /C calc'!A0",
        "＝1",
        "+0123",
    ],
)
def test_a_cell_that_reads_as_a_formula_is_quoted_away(text):
    assert safe_cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["+442079460123", "Alder Energy", "", "…0123", "2026-11-23", "a=b", "a-b"])
def test_an_ordinary_cell_and_a_plain_number_pass_as_they_are(text):
    assert safe_cell(text) == text


def test_the_file_reads_back_to_the_same_cells_however_odd():
    rows = [("a,b", 'say "stop"'), ("line\nbreak", "Zoë 🙂"), ("", "x" * 5000)] * 50
    text = "".join(csv_pieces(Table(("one", "two"), iter(rows))))

    assert list(csv.reader(io.StringIO(text, newline=""))) == [["one", "two"], *map(list, rows)]


def test_a_long_table_leaves_in_pieces():
    rows = iter([("x" * 1000,)] * 100)

    assert len(list(csv_pieces(Table(("one",), rows)))) > 2


def test_an_agent_named_as_a_formula_cannot_break_out_of_its_cell():
    table = Table(("agent",), iter([('=HYPERLINK("http://x.example","ok")',)]))

    read = list(csv.reader(io.StringIO("".join(csv_pieces(table)), newline="")))

    assert read[1] == ['\'=HYPERLINK("http://x.example","ok")']
