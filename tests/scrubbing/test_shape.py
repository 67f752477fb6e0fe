"""Rows as they are written back: each under its own titles, however oddly it was quoted."""

from tests.scrubbing.lists import result, scrubbed, written


def test_rows_between_two_stray_marks_are_judged_each_by_itself(house, folder):
    rows = '1,6" pipe,02079460001\n2,"a\n""b""",02079460009\n3,x,02079460001\n4,5" nail,02079460009\n'
    found = scrubbed(house, written(folder, f"id,note,Phone\n{rows}"))

    assert [row["ringfence_verdict"] for row in result(folder)] == ["block", "allow", "block", "allow"]
    assert (found.waterfall.rows, [row["id"] for row in result(folder)]) == (4, ["1", "2", "3", "4"])
