"""Read labelled turns: JSON lines, or the short form in which `== key=value` heads a group of lines."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_KEPT_OF = 3
_INHERITED: tuple[str, ...] = ("group", "label", "scope", "channel")


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """One turn and what the annotation guide says of it; `accept` always contains `label`."""

    text: str
    label: str
    accept: frozenset[str]
    scope: str
    channels: frozenset[str]
    also: frozenset[str]
    phenomenon: str
    group: str

    @property
    def is_kept(self) -> bool:
        """Whether the turn belongs to the third that is never trained or tuned on, fixed by its words."""
        return hashlib.sha256(self.text.encode()).digest()[0] % _KEPT_OF == 0


def read_labelled(path: Path) -> list[Labelled]:
    """Read a file of either form, told apart by its suffix; raises ValueError at a line it cannot read."""
    text = path.read_text(encoding="utf-8")
    return list(_from_json(text) if path.suffix == ".jsonl" else _from_headed(text))


def _from_json(text: str) -> Iterator[Labelled]:
    for line in filter(None, text.splitlines()):
        item = json.loads(line)
        fields = {key: "+".join(v) if isinstance(v, list) else v or "" for key, v in item.items()}
        yield _labelled(item["text"], {**fields, "accept": fields.get("accept", "").replace("+", ",")})


def _from_headed(text: str) -> Iterator[Labelled]:
    fields: dict[str, str] = {}
    for line in text.splitlines():
        if line.startswith("=="):
            said = dict(part.split("=", 1) for part in line[2:].split())
            fields = {key: fields[key] for key in _INHERITED if key in fields} | said
        elif line and not line.startswith("#"):
            words, _, own = line.partition(" ## ")
            yield _labelled(words, {**fields, **dict(part.split("=", 1) for part in own.split())})


def _labelled(text: str, fields: dict[str, str]) -> Labelled:
    accept = frozenset(filter(None, fields.get("accept", "").split(","))) | {fields["label"]}
    return Labelled(
        text=text,
        label=fields["label"],
        accept=accept,
        scope=fields.get("scope") or "org",
        channels=frozenset(filter(None, (fields.get("channel") or "").split("+"))),
        also=frozenset(filter(None, fields.get("also", "").split("+"))),
        phenomenon=fields.get("phenomenon", ""),
        group=fields.get("group", ""),
    )
