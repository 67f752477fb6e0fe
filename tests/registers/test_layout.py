"""A layout that nobody foresaw is described in a file, and a wrong description is named."""

from pathlib import Path

import pytest

from dialer.errors import Misconfigured
from dialer.registers.layout import read_layout
from dialer.registers.read_register import read_register


def layout_file(folder: Path, body: str) -> Path:
    path = folder / "operator.toml"
    path.write_text(f"[layout]\n{body}\n", encoding="utf-8")
    return path


def test_columns_offsets_and_encoding_come_from_the_description(tmp_path: Path) -> None:
    layout = read_layout(
        layout_file(tmp_path, 'delimiter = ";"\ncolumn = 2\nheader_rows = 1\nencoding = "cp1252"')
    )
    file = tmp_path / "register.txt"
    file.write_bytes("Gebühr;Nummer\nx;01632 960123\ny;01632\u00a0960124\n".encode("cp1252"))
    reading = read_register(file, layout=layout)
    assert (reading.rows, reading.unreadable_rows, reading.listed.count()) == (2, 0, 2)


def test_a_number_can_stand_at_fixed_offsets(tmp_path: Path) -> None:
    layout = read_layout(layout_file(tmp_path, "offsets = [4, 16]"))
    file = tmp_path / "register.txt"
    file.write_text("0001 01632960123 20240115\n0002 01632960124 20240116\n")
    assert read_register(file, layout=layout).listed.count() == 2


def test_a_change_file_of_other_words_is_described(tmp_path: Path) -> None:
    body = 'delimiter = ","\ncolumn = 1\naction_column = 2\nadded = ["IN"]\nremoved = ["OUT"]'
    file = tmp_path / "register.txt"
    file.write_text("01632960123,IN\n01632960124,OUT\n01632960125,MAYBE\n")
    reading = read_register(file, layout=read_layout(layout_file(tmp_path, body)))
    assert reading.changes == {441632960123: True, 441632960124: False}
    assert reading.rejects[0].reason == "column 2 says neither added nor removed"


@pytest.mark.parametrize(
    ("body", "named"),
    [
        ("", "either"),
        ('delimiter = ","\noffsets = [0, 12]', "either"),
        ('delimiter = ",,"', "one character"),
        ("offsets = [12, 0]", "smaller"),
        ("offsets = [0, 12]\naction_column = 1", "action_column"),
        ('delimiter = ","\ncolumn = 0', "from 1"),
        ('delimiter = ","\ncolumn = "2"', "column"),
        ('delimiter = ","\ncolour = 2', "colour"),
        ('delimiter = ","\nencoding = "klingon"', "encoding"),
        ("delimiter = ,", "TOML"),
    ],
)
def test_a_wrong_description_is_named(tmp_path: Path, body: str, named: str) -> None:
    with pytest.raises(Misconfigured, match=named):
        read_layout(layout_file(tmp_path, body))
