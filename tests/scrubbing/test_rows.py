"""Rows and cells cut all at once are those that Python's own reader finds one by one."""

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from dialer.scrubbing.rows import cells_of, cut_rows, incomplete_from

CELLS = st.lists(st.text(alphabet='ab1 ,"\né', max_size=6), min_size=1, max_size=5)


def cut(text: str, delimiter: str = ",") -> list[list[str]]:
    """Return every cell of the rows that are neither torn nor oddly quoted."""
    rows = cut_rows(text.encode(), delimiter)
    columns = [cells_of(rows, n) for n in range(int(rows.counts().max(initial=0)))]
    return [
        [rows.block[c.starts[r] : c.ends[r]].decode().replace('""', '"') for c in columns if not c.absent[r]]
        for r in range(len(rows))
    ]


@given(st.lists(CELLS, min_size=1, max_size=8), st.sampled_from(",;\t|"))
def test_what_a_spreadsheet_wrote_is_cut_as_it_was(table, delimiter):
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator="\n").writerows(table)

    # A row of one empty cell is written as two marks, and any other row is not blank.
    assert cut(text.getvalue(), delimiter) == table


@given(st.lists(CELLS, min_size=1, max_size=6))
def test_a_block_is_never_cut_within_a_quoted_cell(table):
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(table)
    block = text.getvalue().encode()
    lines = block.splitlines(keepends=True)

    for count in range(1, len(lines) + 1):
        part = b"".join(lines[:count])
        whole = part[: incomplete_from(part, ",")]
        assert whole.count(b'"') % 2 == 0


def test_a_mark_that_is_never_closed_costs_one_row():
    rows = cut_rows(b'a,1\n"b,2\nc,3\n' + b"d,4\n" * 60, ",")

    assert (len(rows), rows.torn.nonzero()[0].tolist()) == (63, [1])


def test_a_mark_within_a_cell_is_left_to_pythons_reader():
    rows = cut_rows(b'5" x 6" pipe,1\n"whole",2\n', ",")

    assert (rows.odd.tolist(), rows.text(0, 1), rows.text(1, 0)) == ([True, False], "1", "whole")


STRAY = b'pipe 6",1\nx,2\n5" nail,3\n"whole, 2"" x 4",4\n'


def test_a_stray_mark_swallows_no_row_behind_it():
    rows = cut_rows(STRAY, ",")

    assert [rows.cells(n) for n in range(len(rows))] == [
        ('pipe 6"', "1"),
        ("x", "2"),
        ('5" nail', "3"),
        ('whole, 2" x 4', "4"),
    ]
    assert (rows.odd.tolist(), rows.torn.any()) == ([True, False, True, False], False)
    assert incomplete_from(STRAY[: STRAY.index(b"x")], ",") == STRAY.index(b"x")


def test_blank_lines_are_no_rows():
    assert cut("\na,1\n\n\nb,2\n\n") == [["a", "1"], ["b", "2"]]
