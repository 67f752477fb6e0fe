"""One mutant: one edit of one file, and the name by which the page of survivors knows it."""

import ast
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

_SHOWN: Final = 90


@dataclass(frozen=True, slots=True)
class Edit:
    """Put `text` where the bytes `start` to `end` of a file are."""

    start: int
    end: int
    text: str

    def apply(self, source: bytes) -> bytes:
        """Return the file with the edit made."""
        return source[: self.start] + self.text.encode() + source[self.end :]


@dataclass(frozen=True, slots=True)
class Mutant:
    """`place` is the function, class or table changed, `change` the lines before and after.

    `file`, `place` and `change` together are the key: it outlives every edit elsewhere in the file.
    """

    file: str
    place: str
    change: str
    edit: Edit

    @property
    def key(self) -> tuple[str, str, str]:
        """Return what names this mutant in results and on the page."""
        return self.file, self.place, self.change


class Page:
    """A source file and where its syntax stands in it, in bytes as `ast` counts them.

    `enums` are the members of every enumeration the file may name.
    """

    def __init__(self, source: bytes, enums: Mapping[str, Sequence[str]]) -> None:
        self.source = source
        self.tree = ast.parse(source)
        self.enums = enums
        self._starts = [0]
        for line in source.splitlines(keepends=True):
            self._starts.append(self._starts[-1] + len(line))

    def span(self, node: ast.AST) -> tuple[int, int]:
        """Return where a node starts and ends."""
        start = self._starts[getattr(node, "lineno", 1) - 1] + getattr(node, "col_offset", 0)
        end = self._starts[getattr(node, "end_lineno", 1) - 1] + getattr(node, "end_col_offset", 0)
        return start, end

    def text(self, node: ast.AST) -> str:
        """Return a node as it is written."""
        start, end = self.span(node)
        return self.source[start:end].decode()

    def put(self, node: ast.AST, text: str) -> Edit:
        """Return the edit that writes `text` instead of a node."""
        return Edit(*self.span(node), text)

    def between(self, left: ast.AST, right: ast.AST, old: str, new: str) -> Edit:
        """Return the edit of an operator that stands between two nodes."""
        start, end = self.span(left)[1], self.span(right)[0]
        at = start + self.source[start:end].index(old.encode())
        return Edit(at, at + len(old.encode()), new)

    def drops(self, nodes: list[ast.expr]) -> Iterator[Edit]:
        """Yield the edits that leave out one of several nodes and the comma or operator beside it."""
        for index, node in enumerate(nodes):
            start, end = self.span(node)
            if index + 1 < len(nodes):
                yield Edit(start, self.span(nodes[index + 1])[0], "")
            elif index:
                yield Edit(self.span(nodes[index - 1])[1], end, "")


def change_of(source: bytes, edit: Edit) -> str:
    """Return the touched lines before and after, on one line each, with an arrow between.

    Of what is left out over several lines only the beginning is shown.
    """
    removed = source[edit.start : edit.end]
    if b"\n" in removed.strip():
        return f"{textwrap.shorten(_flat(removed), _SHOWN)} → {_flat(edit.text.encode())[:_SHOWN]}"
    first = source.rfind(b"\n", 0, edit.start) + 1
    last = source.find(b"\n", edit.end)
    before = source[first : last if last >= 0 else len(source)]
    moved = Edit(edit.start - first, edit.end - first, edit.text)
    return f"{_flat(before)} → {_flat(moved.apply(before))}"


def _flat(lines: bytes) -> str:
    return " ".join(lines.decode().split())
