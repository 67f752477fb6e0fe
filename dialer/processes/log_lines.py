"""Writes every part's output as `part      | line`, coloured on a terminal."""

import contextlib
import os
import sys
from dataclasses import dataclass, field
from typing import TextIO

NAME_WIDTH = 9
# A part that writes without line ends must not fill our memory.
LONGEST_LINE_BYTES = 16_384
COLOURS = (36, 33, 35, 32, 34, 96, 93, 95)


@dataclass(slots=True)
class LogLines:
    """One writer for all parts; a name keeps its colour. A reader that goes away silences it, no more."""

    stream: TextIO = field(default_factory=lambda: sys.stdout)
    _colours: dict[str, int] = field(default_factory=dict)

    def write(self, name: str, line: str) -> None:
        """Write one line of one part."""
        label = f"{name:<{NAME_WIDTH}} |"
        if self.stream.isatty() and "NO_COLOR" not in os.environ:
            colour = self._colours.setdefault(name, COLOURS[len(self._colours) % len(COLOURS)])
            label = f"\x1b[{colour}m{label}\x1b[0m"
        try:
            self.stream.write(f"{label} {line}\n")
            self.stream.flush()
        except OSError:
            # `ringfence up | head`: calls go on being judged although nobody reads about it.
            self._silence()

    def _silence(self) -> None:
        with contextlib.suppress(OSError):
            self.stream.close()
        self.stream = open(os.devnull, "w")  # noqa: SIM115, PTH123 - kept for the rest of the process
        sys.stdout = self.stream


@dataclass(slots=True)
class LineCutter:
    """Cuts one part's bytes into lines, whatever pieces they come in."""

    _rest: bytes = b""

    def feed(self, piece: bytes) -> list[str]:
        """Return the lines completed by `piece`; an empty piece means the end and yields what is left."""
        *lines, self._rest = (self._rest + piece).split(b"\n")
        if self._rest and (not piece or len(self._rest) > LONGEST_LINE_BYTES):
            lines.append(self._rest)
            self._rest = b""
        return [line.decode("utf-8", "replace").rstrip("\r") for line in lines]
