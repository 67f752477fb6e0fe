"""One window of a WAV, cut while it streams by: the memory it takes is the window's, not the recording's.

Any coding with a constant rate can be cut at its frames: PCM, and the telephone's own A-law and mu-law.
"""

import struct
from typing import Final

from dialer.errors import Unreadable
from dialer.objections.recordings import Window

MEDIA_TYPE: Final = "audio/wav"
_CUTTABLE: Final = frozenset({1, 6, 7})
_LONGEST_HEAD: Final = 64 * 1024
_FORMAT_BYTES: Final = 16


class WindowOfSound:
    """Takes a WAV piece by piece and keeps the frames of one window; raises Unreadable for anything else.

    Where the window lies behind the end, as clocks may differ, the last of the sound is kept instead.
    """

    def __init__(self, window: Window) -> None:
        self._window = window
        self._head = bytearray()
        self._format = b""
        self._first = self._last = self._seen = 0
        self._end: int | None = None
        self._sound = bytearray()
        self._latest = bytearray()

    def take(self, piece: bytes) -> bool:
        """Take the next bytes; False once the window is full and nothing more is needed."""
        if not self._format:
            self._head += piece
            piece = self._begun()
        if self._end is not None:
            piece = piece[: max(0, self._end - self._seen)]
        begin = max(0, self._first - self._seen)
        self._sound += piece[begin : max(begin, self._last - self._seen)]
        self._latest += piece
        del self._latest[: max(0, len(self._latest) - (self._last - self._first))]
        self._seen += len(piece)
        return not self._format or self._seen < self._last

    def cut(self) -> bytes:
        """Return the window as a WAV of its own."""
        if not self._format:
            raise Unreadable("the recording is not a WAV; nothing was kept of it")
        sound = bytes(self._sound or self._latest)
        sound = sound[: len(sound) - len(sound) % self._block]
        if not sound:
            raise Unreadable("the recording holds no sound; nothing was kept of it")
        chunks = _chunk(b"fmt ", self._format) + _chunk(b"data", sound)
        return b"RIFF" + struct.pack("<I", 4 + len(chunks)) + b"WAVE" + chunks

    @property
    def _block(self) -> int:
        return int(struct.unpack_from("<H", self._format, 12)[0])

    def _begun(self) -> bytes:
        """Read chunks up to the sound; returns the first bytes of it once its format is known."""
        head, at, fmt = self._head, 12, b""
        if len(head) >= at and (head[:4] != b"RIFF" or head[8:12] != b"WAVE"):
            raise Unreadable("the recording is not a WAV; nothing was kept of it")
        while len(head) >= at + 8:
            name, size = bytes(head[at : at + 4]), struct.unpack_from("<I", head, at + 4)[0]
            if name == b"data":
                return self._begin(fmt, size, bytes(head[at + 8 :]))
            if name == b"fmt ":
                fmt = bytes(head[at + 8 : at + 8 + size])
            at += 8 + size + size % 2
        if len(head) > _LONGEST_HEAD:
            raise Unreadable("the recording's sound does not begin; nothing was kept of it")
        return b""

    def _begin(self, fmt: bytes, size: int, sound: bytes) -> bytes:
        if len(fmt) < _FORMAT_BYTES:
            raise Unreadable("the recording does not say how it is coded; nothing was kept of it")
        coding, _, _, a_second, block = struct.unpack_from("<HHIIH", fmt)
        if coding not in _CUTTABLE or not a_second or not block:
            raise Unreadable(f"the recording's coding ({coding}) cannot be cut; nothing was kept of it")
        self._format, self._head = fmt, bytearray()
        # Whoever writes a WAV while it streams cannot know its length and says 0 or the most there is.
        self._end = size if 0 < size < 0xFFFFFFFF else None
        self._first, self._last = (
            int(seconds * a_second) // block * block for seconds in (self._window.starts, self._window.ends)
        )
        return sound


def _chunk(name: bytes, content: bytes) -> bytes:
    return name + struct.pack("<I", len(content)) + content + b"\0" * (len(content) % 2)
