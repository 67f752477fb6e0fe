"""A table that somebody brought is cut into rows, whatever its delimiter, encoding and quoting."""

import gzip
from pathlib import Path

import pytest

from dialer.errors import Refused
from dialer.files.table import Row, open_table


def rows_of(folder: Path, content: bytes) -> tuple[tuple[str, ...], list[Row]]:
    path = folder / "file.csv"
    path.write_bytes(content)
    with open_table(path) as table:
        return table.titles, list(table.rows)


@pytest.mark.parametrize(
    "content",
    [
        b"name,phone\nAl,020 7946 0123\n",
        b"name;phone\r\nAl;020 7946 0123\r\n",
        b"name\tphone\rAl\t020 7946 0123",
        b"\xef\xbb\xbfname|phone\nAl|020 7946 0123\n",
        b'"name","phone"\n"Al","020 7946 0123"\n',
        "name,phone\nAl,020 7946 0123\n".encode("utf-16"),
        gzip.compress(b"name,phone\nAl,020 7946 0123\n", mtime=0),
    ],
)
def test_a_table_is_the_same_however_it_is_written(tmp_path: Path, content: bytes) -> None:
    assert rows_of(tmp_path, content) == (("name", "phone"), [Row(2, ("Al", "020 7946 0123"))])


@pytest.mark.parametrize(
    "first", [b"07700900123", b"201XXXXXXX", b"XXXXXX0404", b"4.47701E+11", b"+44 7700 900123"]
)
def test_a_file_without_titles_loses_no_row_to_them(tmp_path: Path, first: bytes) -> None:
    titles, rows = rows_of(tmp_path, first + b"\n02079460123\n")
    assert titles == ()
    assert [row.line for row in rows] == [1, 2]


def test_a_title_is_found_however_it_is_spelt(tmp_path: Path) -> None:
    path = tmp_path / "file.csv"
    path.write_text("Last Name, Phone_Number ,DNC-Home\n")
    with open_table(path) as table:
        assert [table.place_of(n) for n in ("phone number", "dnc_home", "first name")] == [1, 2, None]
        assert table.place_of("nothing", "DNC Home") == 2


def test_quoted_text_may_run_over_lines_and_lines_are_still_counted(tmp_path: Path) -> None:
    _, rows = rows_of(tmp_path, b'phone,words\n1,"take me\noff ""now"""\n\n2,ok\n')
    assert rows == [Row(2, ("1", 'take me\noff "now"')), Row(5, ("2", "ok"))]


def test_a_quotation_mark_that_is_never_closed_costs_one_row(tmp_path: Path) -> None:
    body = b"".join(b"%d,x\n" % number for number in range(100, 300))
    _, rows = rows_of(tmp_path, b'phone,words\n1,"open\n' + body)
    assert [row.line for row in rows if row.torn] == [2]
    assert len(rows) == 201
    _, rows = rows_of(tmp_path, b'phone,words\n1,a\n2,"open\n3,b\n')
    assert [(row.line, row.torn) for row in rows] == [(2, False), (3, True), (4, False)]


def test_old_windows_letters_and_stray_zero_bytes_are_read(tmp_path: Path) -> None:
    _, rows = rows_of(tmp_path, "name,phone\nZoë,1\n".encode("cp1252") + b"A\x00l,2\n")
    assert [row.cells[0] for row in rows] == ["Zoë", "Al"]


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="empty"):
        rows_of(tmp_path, b"\n\n")


@pytest.mark.parametrize("last", ['103,5" nail', "103,nail"])
def test_a_mark_amid_a_cell_is_a_mark_and_swallows_no_row_behind_it(tmp_path: Path, last: str) -> None:
    _, rows = rows_of(tmp_path, f'phone,words\n101,6" pipe\n102,x\n{last}\n'.encode())
    assert [(row.line, row.cells[0], row.torn) for row in rows] == [
        (2, "101", False),
        (3, "102", False),
        (4, "103", False),
    ]


@pytest.mark.parametrize("quote", ["", '"'])
def test_what_only_unicode_calls_the_end_of_a_line_ends_no_row(tmp_path: Path, quote: str) -> None:
    _, rows = rows_of(tmp_path, f"words,phone\n{quote}a\u2028b\x0bc{quote},020\n".encode())
    assert rows == [Row(2, ("a\u2028b\x0bc", "020"))]


def test_a_cell_longer_than_any_cell_is_torn_and_stops_nothing(tmp_path: Path) -> None:
    _, rows = rows_of(tmp_path, b'phone,words\n1,"' + b"x" * 200_000 + b'"\n2,ok\n')
    assert [(row.line, row.torn) for row in rows] == [(2, True), (3, False)]
