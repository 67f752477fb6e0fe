"""A file is opened by what it is, and what cannot be read says so before anything is done."""

import gzip
import io
import zipfile
from pathlib import Path

import pytest

from dialer.errors import Refused, Unreadable
from dialer.files import opened_file
from dialer.files.opened_file import open_file, sha256_of


def lines_of(path: Path) -> bytes:
    with open_file(path) as file:
        return b"".join(file.blocks_of_lines(None))


def zipped(**members: str) -> bytes:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as packed:
        for name, content in members.items():
            packed.writestr(name, content)
    return archive.getvalue()


@pytest.mark.parametrize(
    ("content", "lines"),
    [
        (b"a\nb", b"a\nb\n"),
        (b"a\r\nb\r\n", b"a\nb\n"),
        (b"a\rb\r", b"a\nb\n"),
        (b"a\nb\n\x1a", b"a\nb\n"),
        (gzip.compress(b"a\nb\n", mtime=0), b"a\nb\n"),
        (zipped(one="a", two="b"), b"a\nb\n"),
        ("\ufeffa\nb\n".encode("utf-16-be"), b"a\nb\n"),
        (b"", b""),
    ],
)
def test_lines_are_the_same_however_the_file_is_packed(tmp_path: Path, content: bytes, lines: bytes) -> None:
    path = tmp_path / "file"
    path.write_bytes(content)
    assert lines_of(path) == lines


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (zipped(**{"[Content_Types].xml": "<x/>", "xl/sheet1.xml": "<x/>"}), "save it as CSV"),
        (b"\xd0\xcf\x11\xe0" + b"\x00" * 100, "save it as CSV"),
        (gzip.compress(b"a\n" * 5000, mtime=0)[:40], "cut short"),
        (b"PK\x03\x04" + b"\x00" * 50, "damaged"),
    ],
)
def test_what_cannot_be_read_is_named(tmp_path: Path, content: bytes, reason: str) -> None:
    path = tmp_path / "file.txt"
    path.write_bytes(content)
    with pytest.raises(Unreadable, match=reason):
        lines_of(path)


def test_a_file_that_unpacks_without_end_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opened_file, "LARGEST_CONTENT_BYTES", 1 << 20)
    path = tmp_path / "bomb.gz"
    path.write_bytes(gzip.compress(b"07700900123\n" * 1_000_000, mtime=0))
    with pytest.raises(Exception, match="unpacks to more than"):
        lines_of(path)


def test_reading_tells_how_far_it_has_come(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"07700900123\n" * 300_000)
    with open_file(path) as file:
        seen = [file.position for _ in file.blocks_of_lines(None)]
        assert seen == sorted(seen)
        assert seen[-1] == file.size == path.stat().st_size


def test_the_hash_is_of_the_file_as_it_lies(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"abc")
    assert sha256_of(path) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_one_line_as_long_as_many_blocks_is_named_as_such(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(b"id,note\n1,ok\n2," + b"x" * 3_000_000 + b"\n")
    with pytest.raises(Refused, match=r"no lines, or one of [\d,]+ bytes"):
        lines_of(path)
