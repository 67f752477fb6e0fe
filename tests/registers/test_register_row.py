"""A row of a register is read however the operator, a bureau or a spreadsheet wrote it."""

import pytest

from dialer.registers.register_row import UnreadableRow, number_in


@pytest.mark.parametrize(
    ("row", "number"),
    [
        ("0207 9460123", 442079460123),
        ("01632 960123", 441632960123),
        ("02079460123 ", 442079460123),
        ("1632960123", 441632960123),
        ("+441632960123", 441632960123),
        ("441632960123", 441632960123),
        ("00441632960123", 441632960123),
        ("+44 (0)1632 960123", 441632960123),
        ("01632\u00a0960123", 441632960123),
        ("07700-900.123", 447700900123),
        ("08001111", 448001111),
        ("0169 772123", 44169772123),
    ],
)
def test_a_row_is_its_number(row: str, number: int) -> None:
    assert number_in(row) == number


@pytest.mark.parametrize(
    "row",
    ["", "phone", "0207 946012", "0207946012345", "06079460123", "XXXXXX0123", "4.47701E+11", "999", "N/A"],
)
def test_a_row_that_is_no_whole_number_is_refused(row: str) -> None:
    with pytest.raises(UnreadableRow):
        number_in(row)


def test_the_torn_end_of_a_row_is_no_shorter_number() -> None:
    with pytest.raises(UnreadableRow):
        number_in("0207 94601")
