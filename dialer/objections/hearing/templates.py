"""Expand templates of talk into many turns: `{a|b}` chooses, `{slot}` is filled from a list."""

import random
import re
from pathlib import Path

_CHOICE = re.compile(r"\{([^{}]*)\}")
_ASKS = frozenset(
    ["who", "who's", "how", "is", "can", "could", "what", "where", "did", "will", "would", "why", "do", "are"]
)


def slots_in(path: Path) -> dict[str, list[str]]:
    """Read lists of slot fillers, `name = a|b|c` a line; lines that begin with `=` or `#` are passed over."""
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line and line[0] not in "#="]
    return {name: values.split("|") for name, _, values in (line.partition(" = ") for line in lines)}


def templates_in(path: Path) -> list[str]:
    """Read templates, one a line; lines that begin with `=` or `#` are passed over."""
    return [line for line in path.read_text(encoding="utf-8").splitlines() if line and line[0] not in "#="]


def drawn(templates: list[str], slots: dict[str, list[str]], *, count: int, seed: int) -> list[str]:
    """Draw `count` turns, the templates in equal shares; the same seed always gives the same turns.

    Half come out as a recogniser writes them, in lower case without marks.
    """
    draw = random.Random(seed)  # noqa: S311 - sentences, not secrets
    return [_turn(templates[at % len(templates)], slots, draw) for at in range(count)]


def _turn(template: str, slots: dict[str, list[str]], draw: random.Random) -> str:
    said = template
    while found := _CHOICE.search(said):
        options = slots.get(found.group(1)) or found.group(1).split("|")
        said = said[: found.start()] + draw.choice(options) + said[found.end() :]
    said = " ".join(said.split())
    if draw.random() < 0.5:
        return said
    mark = "?" if said.split(" ", 1)[0] in _ASKS else "."
    return said[:1].upper() + re.sub(r"\bi\b", "I", said[1:]) + mark
