"""How a register file is laid out: where in a row the number stands, and what else the row says.

Known layouts are sniffed; any other is described in a TOML file, not in code:

    [layout]
    delimiter = ";"          # or: offsets = [0, 12], characters, the second exclusive
    column = 2               # counted from 1
    header_rows = 1
    action_column = 1        # for a change file
    added = ["A"]            # what stands there for a number added …
    removed = ["D"]          # … and for one removed
    encoding = "cp1252"
"""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from dialer.errors import Misconfigured

# What a layout is called that was sent with its file, and so has no name of its own.
DESCRIBED: Final = "as described"
ADDED_WORDS: Final = frozenset({"a", "add", "added", "addition", "i", "insert", "new", "+"})
REMOVED_WORDS: Final = frozenset(
    {"d", "del", "delete", "deleted", "deletion", "r", "remove", "removed", "removal", "-"}
)
_TYPES: Final[dict[str, type]] = {
    "delimiter": str,
    "offsets": list,
    "column": int,
    "header_rows": int,
    "action_column": int,
    "added": list,
    "removed": list,
    "encoding": str,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Where the number stands. Columns count from 0 here; `offsets` are characters, the second exclusive.

    Neither `delimiter` nor `offsets` means that the row is the number, with blanks anywhere in it.
    `action_column` None means that the file is the whole register.
    """

    name: str
    delimiter: str | None = None
    offsets: tuple[int, int] | None = None
    column: int = 0
    header_rows: int = 0
    action_column: int | None = None
    added_words: frozenset[str] = ADDED_WORDS
    removed_words: frozenset[str] = REMOVED_WORDS
    encoding: str | None = None

    @property
    def is_change_file(self) -> bool:
        """Whether its rows say *added* or *removed* rather than *listed*."""
        return self.action_column is not None


def read_layout(path: Path) -> Layout:
    """Read a layout from its TOML file; raises Misconfigured that names the key that is wrong."""
    try:
        return described_in(path.read_text(encoding="utf-8"), path.stem)
    except UnicodeDecodeError as problem:
        raise Misconfigured(f"layout {path.stem} is not UTF-8: {problem.reason}") from None


def described_in(text: str, name: str) -> Layout:
    """Return the layout that TOML describes, under this name; raises as `read_layout` does."""
    try:
        described = tomllib.loads(text).get("layout")
    except tomllib.TOMLDecodeError as problem:
        raise Misconfigured(f"layout {name} is not TOML: {problem}") from None
    if not isinstance(described, dict):
        raise Misconfigured(f"layout {name} has no [layout] table")
    for key, value in described.items():
        if key not in _TYPES or type(value) is not _TYPES[key]:
            known = ", ".join(_TYPES)
            raise Misconfigured(f"layout {name}: ‘{key}’ is unknown or of the wrong type; there are {known}")
    return _layout(name, described)


def _layout(name: str, described: dict[str, Any]) -> Layout:
    delimiter, offsets = described.get("delimiter"), described.get("offsets")
    if (delimiter is None) == (offsets is None):
        raise Misconfigured(f"layout {name}: give either ‘delimiter’ or ‘offsets’")
    if delimiter is not None and len(delimiter) != 1:
        raise Misconfigured(f"layout {name}: ‘delimiter’ is one character")
    if offsets is not None and not _is_span(offsets):
        raise Misconfigured(f"layout {name}: ‘offsets’ are two numbers, the first smaller, from 0")
    if offsets is not None and "action_column" in described:
        raise Misconfigured(f"layout {name}: ‘action_column’ goes with ‘delimiter’")
    if min(described.get("column", 1), described.get("action_column", 1)) < 1:
        raise Misconfigured(f"layout {name}: columns count from 1")
    try:
        "".encode(described.get("encoding", "utf-8"))
    except LookupError:
        raise Misconfigured(f"layout {name}: no encoding has that name") from None
    return Layout(
        name=name,
        delimiter=delimiter,
        offsets=(offsets[0], offsets[1]) if offsets else None,
        column=described.get("column", 1) - 1,
        header_rows=max(0, described.get("header_rows", 0)),
        action_column=described["action_column"] - 1 if "action_column" in described else None,
        added_words=_words(described.get("added")) or ADDED_WORDS,
        removed_words=_words(described.get("removed")) or REMOVED_WORDS,
        encoding=described.get("encoding"),
    )


def _is_span(offsets: list[Any]) -> bool:
    return len(offsets) == 2 and all(type(edge) is int for edge in offsets) and 0 <= offsets[0] < offsets[1]


def _words(words: list[Any] | None) -> frozenset[str]:
    return frozenset(str(word).strip().lower() for word in words or ())
