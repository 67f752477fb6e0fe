"""Every layout users bring is read to the same numbers, in bounded memory, with each row counted once."""

import gzip
import io
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from dialer.errors import Refused, Unreadable
from dialer.registers.page import members
from dialer.registers.read_register import Reading, read_register

NUMBERS = {441632960123, 442079460124, 447700900125}


def reading_of(folder: Path, content: bytes, name: str = "register.txt") -> Reading:
    path = folder / name
    path.write_bytes(content)
    return read_register(path)


def numbers_of(reading: Reading) -> set[int]:
    return {page * 10_000 + offset for page, packed in reading.listed for offset in members(packed)}


@pytest.mark.parametrize(
    ("content", "layout"),
    [
        (b"01632 960123\r\n0207 9460124\r\n07700 900125\r\n", "fixed width, with spaces"),
        (b"01632960123 \r\n02079460124 \r\n07700900125 \r\n", "fixed width, no spaces"),
        (b"01632960123 \r\n02079460124 \r\n07700900125", "fixed width, no spaces"),
        (b"01632960123\n02079460124\n07700900125", "one number a line"),
        (b"01632960123\r02079460124\r07700900125\r", "one number a line"),
        (b"1632960123\n2079460124\n7700900125\n", "one number a line"),
        (b"+441632960123\n+442079460124\n+447700900125\n", "one number a line"),
        (b"\xef\xbb\xbf01632960123\n02079460124\n07700900125\n", "one number a line"),
        ("\ufeff01632960123\r\n02079460124\r\n07700900125\r\n".encode("utf-16-le"), "one number a line"),
        (
            "01632\u00a0960123\n020\u00a079460124\n07700\u00a0900125\n".encode("cp1252"),
            "fixed width, with spaces",
        ),
        ("01632\u00a0960123\n020\u00a079460124\n07700\u00a0900125\n".encode(), "fixed width, with spaces"),
        (b"telephone\n01632960123\n02079460124\n07700900125\n", "one number a line"),
        (b"\n01632960123\n\n02079460124\n07700900125\n\n\x1a", "one number a line"),
        (b"01632960123,20240115\n02079460124,20240115\n07700900125,20240116\n", "columns"),
        (b'"added","number"\n"2024-01-15","01632 960123"\n"","02079460124"\n"","07700900125"\n', "columns"),
        (b"id;number\n1;01632960123\n2;02079460124\n3;07700900125\n", "columns"),
        (b"number,tps_date\n01632960123,2024-01-15\n02079460124,\n07700900125,2024-01-16\n", "columns"),
        (b"1\t01632960123\n2\t02079460124\n3\t07700900125\n", "columns"),
    ],
)
def test_each_layout_is_told_and_read(tmp_path: Path, content: bytes, layout: str) -> None:
    reading = reading_of(tmp_path, content)
    assert (reading.layout.name, reading.rows, reading.unreadable_rows) == (layout, 3, 0)
    assert numbers_of(reading) == NUMBERS
    assert not reading.is_cut_short


def test_a_gzip_and_a_zip_of_several_files_are_read_by_what_they_are(tmp_path: Path) -> None:
    assert numbers_of(reading_of(tmp_path, gzip.compress(b"01632960123\n"), "a.txt")) == {441632960123}
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("01632.txt", "01632960123")
        packed.writestr("__MACOSX/._01632.txt", "Mac OS X")
        packed.writestr("folder/0207.txt", "02079460124\r\n07700900125\r\n")
    assert numbers_of(reading_of(tmp_path, archive.getvalue(), "b.dat")) == NUMBERS


def test_a_change_file_says_what_was_added_and_what_removed_and_the_last_word_counts(tmp_path: Path) -> None:
    content = (
        b"A,07700900123,20240612\nD,01632960123,20240612\nA,01632960124,20240612\nD,01632960124,20240613\n"
    )
    reading = reading_of(tmp_path, content)
    assert reading.layout.is_change_file
    assert reading.changes == {447700900123: True, 441632960123: False, 441632960124: False}
    assert reading.rows == 4


def test_rows_that_cannot_be_read_are_counted_and_named_by_line(tmp_path: Path) -> None:
    good = b"01632960123\n" * 8
    reading = reading_of(tmp_path, good + b"XXXXXX0404\n" + good + b"4.41632E+11\n")
    assert (reading.rows, reading.unreadable_rows) == (16, 2)
    assert [(row.line, row.reason) for row in reading.rejects] == [
        (9, "letter X at 1"),
        (18, "scientific notation, a spreadsheet has lost digits"),
    ]


def test_the_first_hundred_bad_rows_are_named_and_all_are_counted(tmp_path: Path) -> None:
    reading = reading_of(tmp_path, b"01632960123\n" * 900 + b"nothing\n" * 150)
    assert (len(reading.rejects), reading.unreadable_rows) == (100, 150)
    assert reading.rejects[0].line == 901


@pytest.mark.parametrize(
    ("tail", "is_torn"), [(b"01632960124,", False), (b"01632960124", True), (b"0163", True)]
)
def test_a_torn_row_of_columns_is_told_from_one_with_an_empty_cell(
    tmp_path: Path, tail: bytes, is_torn: bool
) -> None:
    assert reading_of(tmp_path, b"01632960123,20240115\n" * 300 + tail).is_cut_short is is_torn


@pytest.mark.parametrize("tail", [b"0163296", b"01632 96", b"0", b"01632 96012"])
def test_a_torn_last_row_is_noticed(tmp_path: Path, tail: bytes) -> None:
    assert reading_of(tmp_path, b"01632 960123\r\n" * 300 + tail).is_cut_short


def test_lines_across_blocks_are_read_once_and_whole(tmp_path: Path) -> None:
    lines = b"".join(b"01632%06d \r\n" % number for number in range(200_000))
    reading = reading_of(tmp_path, lines)
    assert (reading.rows, reading.unreadable_rows, reading.listed.count()) == (200_000, 0, 200_000)


def test_memory_follows_the_pages_and_not_the_rows(tmp_path: Path) -> None:
    block = b"".join(b"01632%06d \r\n" % number for number in range(50_000))

    def peak_of(blocks: int) -> int:
        path = tmp_path / "register.txt"
        path.write_bytes(block * blocks)
        tracemalloc.start()
        assert read_register(path).rows == blocks * 50_000
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return peak

    assert peak_of(6) < 1.2 * peak_of(3)


@pytest.mark.parametrize("size", [100, 1000])
def test_a_packed_file_that_is_cut_short_is_damaged(tmp_path: Path, size: int) -> None:
    packed = gzip.compress(b"".join(b"01632%06d\n" % (n * 7919 % 1_000_000) for n in range(2000)))
    with pytest.raises(Unreadable, match="cut short"):
        reading_of(tmp_path, packed[: -len(packed) + size])


def test_a_zip_that_is_cut_short_or_encrypted_is_refused(tmp_path: Path) -> None:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("01632.txt", "01632960123\n" * 100)
    with pytest.raises(Unreadable):
        reading_of(tmp_path, archive.getvalue()[:-30])


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"\r\n\r\n", "empty"),
        (b'{"results":[{"phoneNumber":"+447777000002","tpsListed":true}]}', "look-up"),
        (b"number,result\n01632960123,FOUND\n02079460124,NOT FOUND\n", "answers"),
        (b"01632960123,Y\n02079460124,N\n", "answers"),
        (b"number,tps_status\n01632960123,2\n02079460124,3\n", "answers"),
        (b"01632960123,07700900125\n02079460124,07700900126\n", "2 columns"),
        (b"name,address\nA,B\nC,D\n", "no column"),
        (b"lorem ipsum\ndolor sit\n", "no column"),
        (b"0" * 3_000_000, "no lines"),
    ],
)
def test_what_is_no_register_is_refused(tmp_path: Path, content: bytes, reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        reading_of(tmp_path, content)
