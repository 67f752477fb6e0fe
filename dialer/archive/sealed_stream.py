"""A sealed stream: as long as one likes, in flat memory, and never taken for whole when it was cut.

    magic (4) · stream id (16) · frames: length (4, big-endian) · sealed piece

Each piece is sealed under the stream's id, its own place and whether it is the last, so that none can be left
out, doubled, swapped or taken from another stream.
"""

import os
import struct
from typing import BinaryIO, Final

from dialer.archive.sealing import Sealer
from dialer.errors import Damaged

PIECE_BYTES: Final = 1024 * 1024
_MAGIC: Final = b"RFB1"
_ID_BYTES: Final = 16
_LENGTH: Final = struct.Struct(">I")
_MOST_SEALED: Final = PIECE_BYTES + 64


class SealedWriter:
    """Takes bytes and writes them sealed; whole once `close` has been called, and not before."""

    def __init__(self, file: BinaryIO, sealer: Sealer) -> None:
        self._file, self._sealer = file, sealer
        self._id, self._number, self._held = os.urandom(_ID_BYTES), 0, bytearray()
        file.write(_MAGIC + self._id)

    def write(self, piece: bytes) -> int:
        """Take some bytes; returns how many, which is all."""
        self._held += piece
        while len(self._held) > PIECE_BYTES:
            self._put(bytes(self._held[:PIECE_BYTES]), is_last=False)
            del self._held[:PIECE_BYTES]
        return len(piece)

    def close(self) -> None:
        """Write the last piece; the file itself stays open."""
        self._put(bytes(self._held), is_last=True)

    def _put(self, piece: bytes, *, is_last: bool) -> None:
        sealed = self._sealer.seal(piece, name=_name(self._id, self._number, is_last))
        self._file.write(_LENGTH.pack(len(sealed)) + sealed)
        self._number += 1


class SealedReader:
    """Gives back what a `SealedWriter` took; `what` names it in errors."""

    def __init__(self, file: BinaryIO, sealer: Sealer, *, what: str) -> None:
        self._file, self._sealer, self._what = file, sealer, what
        head = file.read(len(_MAGIC) + _ID_BYTES)
        if len(head) < len(_MAGIC) + _ID_BYTES or not head.startswith(_MAGIC):
            raise Damaged(f"{what} is no sealed backup; choose the file that `ringfence backup` wrote")
        self._id, self._number = head[len(_MAGIC) :], 0
        self._held, self._is_over = bytearray(), False

    def read(self, size: int = -1) -> bytes:
        """Return up to `size` bytes, fewer only at the end; raises Damaged where anything is amiss."""
        while not self._is_over and (size < 0 or len(self._held) < size):
            self._take()
        wanted = len(self._held) if size < 0 else min(size, len(self._held))
        taken = bytes(self._held[:wanted])
        del self._held[:wanted]
        return taken

    def _take(self) -> None:
        head = self._file.read(_LENGTH.size)
        if len(head) < _LENGTH.size:
            raise Damaged(f"{self._what} ends too early: it was cut, or is still being written")
        (length,) = _LENGTH.unpack(head)
        sealed = self._file.read(length) if length <= _MOST_SEALED else b""
        if len(sealed) < length or not sealed:
            raise Damaged(f"{self._what} ends too early: it was cut, or is still being written")
        # Whether it is the last is bound in, so the end of the file says which of the two it must be.
        self._is_over = not self._more_follows()
        self._held += self._sealer.open(sealed, name=_name(self._id, self._number, self._is_over))
        self._number += 1

    def _more_follows(self) -> bool:
        following = self._file.read(1)
        if following:
            self._file.seek(-1, os.SEEK_CUR)
        return bool(following)


def _name(stream: bytes, number: int, is_last: bool) -> str:
    return f"stream/{stream.hex()}/{number}{'/last' if is_last else ''}"
