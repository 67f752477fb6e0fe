"""A file somebody brought, plain, gzip or zip, and its lines in blocks; bounded memory at any size."""

import codecs
import gzip
import hashlib
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, Final

from dialer.errors import Refused, Unreadable

BLOCK_BYTES: Final = 1 << 20
# The whole TPS in the operator's wider layout is 235 MB; this stops a file made to fill the disk or memory.
LARGEST_CONTENT_BYTES: Final = 8 << 30
LONGEST_LINE_BYTES: Final = 1 << 16
_DAMAGE: Final = (EOFError, zlib.error, zipfile.BadZipFile, gzip.BadGzipFile)
_BYTE_ORDER_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# A compound file of old Office, and the member every new Office file has.
_OLD_SPREADSHEET: Final = b"\xd0\xcf\x11\xe0"
_NEW_SPREADSHEET: Final = "[Content_Types].xml"
_WHITE_PADDING: Final = b"\x00\x1a"


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of the file as it lies there, packed or not, in hexadecimal."""
    with path.open("rb") as raw:
        return hashlib.file_digest(raw, "sha256").hexdigest()


class OpenedFile:
    """An open file. `position` and `size` count bytes of the file as it lies on disk."""

    def __init__(self, name: str, raw: IO[bytes], contents: Iterator[bytes], size: int) -> None:
        self.name = name
        self.size = size
        self._raw = raw
        self._contents = contents
        self.head = next(contents, b"")
        self.ends_with_newline = True

    @property
    def position(self) -> int:
        """How far reading has come, in bytes on disk."""
        return self._raw.tell()

    def how_far(self) -> tuple[int, int]:
        """Return bytes read and bytes in all, as the file lies on disk."""
        return self.position, self.size

    def blocks_of_lines(self, encoding: str | None) -> Iterator[bytes]:
        r"""Yield whole lines as UTF-8 with `\n` ends, about a megabyte at a time.

        `encoding` None takes the bytes as they are, but for a byte order mark. The last line is given an end
        if it has none; `ends_with_newline` then tells.
        """
        rest = b""
        for piece in self._decoded(encoding):
            block = rest + piece
            # Files of old Macs end lines with CR alone; what has both is cut at LF.
            end = block.rfind(b"\n") if b"\n" in block else block.rfind(b"\r", 0, len(block) - 1)
            if end < 0 and len(block) > LONGEST_LINE_BYTES:
                raise Refused(
                    f"{self.name} has no lines, or one of {len(block):,} bytes: it is no file of records"
                )
            rest = block[end + 1 :]
            if end >= 0:
                yield _with_newlines(block[: end + 1])
        rest = rest.strip(_WHITE_PADDING)
        self.ends_with_newline = not rest or rest.endswith(b"\r")
        if rest:
            yield _with_newlines(rest + (b"" if rest.endswith(b"\r") else b"\n"))

    def text(self) -> Iterator[str]:
        """Yield the text, UTF-8 unless a byte order mark says otherwise, about a megabyte at a time."""
        decoder = codecs.getincrementaldecoder("utf-8-sig")("replace")
        for piece in self._decoded(None):
            yield decoder.decode(piece)

    def _decoded(self, encoding: str | None) -> Iterator[bytes]:
        named = encoding or next(
            (name for mark, name in _BYTE_ORDER_MARKS if self.head.startswith(mark)), None
        )
        decoder = codecs.getincrementaldecoder(named)("replace") if named else None
        total = 0
        for piece in self._pieces():
            total += len(piece)
            if total > LARGEST_CONTENT_BYTES:
                raise Refused(f"{self.name} unpacks to more than {LARGEST_CONTENT_BYTES >> 30} GiB")
            yield decoder.decode(piece).encode() if decoder else piece

    def _pieces(self) -> Iterator[bytes]:
        yield self.head
        try:
            yield from self._contents
        except _DAMAGE as damage:
            raise _damaged(self.name, damage) from damage


@contextmanager
def open_file(path: Path) -> Iterator[OpenedFile]:
    """Open a file by what it is, not by what it is called; raises Unreadable if it is damaged."""
    with ExitStack() as stack:
        raw = stack.enter_context(path.open("rb"))
        magic = raw.read(4)
        raw.seek(0)
        try:
            if magic.startswith(b"\x1f\x8b"):
                contents = _blocks(stack.enter_context(gzip.open(raw)))
            elif magic.startswith(b"PK"):
                contents = _unzipped(stack.enter_context(zipfile.ZipFile(raw)), path.name)
            elif magic == _OLD_SPREADSHEET:
                raise _spreadsheet(path.name)
            else:
                contents = _blocks(raw)
            opened = OpenedFile(path.name, raw, contents, path.stat().st_size)
        except _DAMAGE as damage:
            raise _damaged(path.name, damage) from damage
        yield opened


def _blocks(stream: IO[bytes] | gzip.GzipFile) -> Iterator[bytes]:
    while block := stream.read(BLOCK_BYTES):
        yield block


def _unzipped(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """Yield the content of every file in the archive: some registers come as one file an area code."""
    if _NEW_SPREADSHEET in archive.namelist():
        raise _spreadsheet(name)
    files = [entry for entry in archive.infolist() if entry.file_size and not _is_litter(entry.filename)]
    if any(entry.flag_bits & 1 for entry in files):
        raise Unreadable(f"{name} is encrypted; unpack it first")
    for entry in files:
        last = b""
        with archive.open(entry) as stream:
            for block in _blocks(stream):
                last = block
                yield block
        if not last.endswith((b"\n", b"\r")) and entry is not files[-1]:
            yield b"\n"


def _spreadsheet(name: str) -> Unreadable:
    return Unreadable(f"{name} is a spreadsheet; save it as CSV, with the columns of numbers as text")


def _is_litter(name: str) -> bool:
    """Say whether a member is what a Mac's archiver adds beside each file, or hidden."""
    return name.startswith("__MACOSX/") or name.rpartition("/")[2].startswith(".")


def _with_newlines(block: bytes) -> bytes:
    return block.replace(b"\r\n", b"\n").replace(b"\r", b"\n") if b"\r" in block else block


def _damaged(name: str, damage: Exception) -> Unreadable:
    return Unreadable(f"{name} is damaged or cut short ({damage}); fetch it again; nothing was changed")
