"""The turns that are said aloud, read from `turns.txt`."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

_FILE = Path(__file__).with_name("turns.txt")


class Kind(StrEnum):
    """What a listener would call the turn."""

    OBJECTION = "objection"
    CONFUSABLE = "confusable"
    ORDINARY = "ordinary"


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn of a called party; `phenomenon` is a name as in the model card of hearing."""

    kind: Kind
    phenomenon: str
    words: str


def turns() -> tuple[Turn, ...]:
    """Return all turns in the file's order."""
    lines = _FILE.read_text(encoding="ascii").splitlines()
    rows = [line.split("|") for line in lines if line and not line.startswith("#")]
    return tuple(Turn(Kind(kind.strip()), name.strip(), words.strip()) for kind, name, words in rows)
