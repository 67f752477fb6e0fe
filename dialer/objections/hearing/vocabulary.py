"""The word tables of hearing, read from `words/` when the first turn is judged and kept for the process."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class Repair:
    """A mis-hearing given away by its neighbours: what group 1 of `heard` matched was said as `said`."""

    heard: re.Pattern[str]
    said: tuple[str, ...]
    needs: str
    not_before: re.Pattern[str] | None


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Everything `spoken` needs to turn a transcript into words that rules can read.

    `phrase_sizes` and `family_sizes` give, by first word, how many words an entry may have, longest first.
    """

    rewritten: dict[str, tuple[str, ...]]
    phrases: dict[tuple[str, ...], tuple[str, ...]]
    families: dict[tuple[str, ...], str]
    phrase_sizes: dict[str, tuple[int, ...]]
    family_sizes: dict[str, tuple[int, ...]]
    dropped: frozenset[str]
    vocatives: frozenset[str]
    noun_markers: frozenset[str]
    phone_markers: frozenset[str]
    repairs: tuple[Repair, ...]


def table(folder: str, name: str) -> dict[str, Any]:
    """Read one TOML table of this package; not cached, callers keep what they make of it."""
    return tomllib.loads(files(__package__).joinpath(folder, f"{name}.toml").read_text(encoding="utf-8"))


@cache
def vocabulary() -> Vocabulary:
    """Load the vocabulary; about 10 ms the first time, nothing after."""
    spoken, families = table("words", "spoken"), table("words", "families")
    phrases = {tuple(said.split()): tuple(meant.split()) for said, meant in spoken["phrases"].items()}
    kin = {tuple(word.split()): family for family, words in families.items() for word in words}
    return Vocabulary(
        rewritten={
            w: tuple(m.split()) for part in ("contractions", "dialect") for w, m in spoken[part].items()
        },
        phrases=phrases,
        families=kin,
        phrase_sizes=_sizes_by_first_word(phrases),
        family_sizes=_sizes_by_first_word(kin),
        dropped=frozenset(spoken["drop"]),
        vocatives=frozenset(spoken["vocatives"]),
        noun_markers=frozenset(spoken["after_which_a_vocative_is_a_noun"]),
        phone_markers=frozenset(spoken["phone_is_a_thing_after"]),
        repairs=tuple(_repair(entry) for entry in spoken["repairs"]),
    )


def _sizes_by_first_word(entries: Iterable[tuple[str, ...]]) -> dict[str, tuple[int, ...]]:
    sizes: dict[str, set[int]] = {}
    for entry in entries:
        sizes.setdefault(entry[0], set()).add(len(entry))
    return {word: tuple(sorted(found, reverse=True)) for word, found in sizes.items()}


def _repair(entry: dict[str, str]) -> Repair:
    before = entry.get("not_before")
    return Repair(
        heard=re.compile(entry["heard"]),
        said=tuple(entry["said"].split()),
        needs=entry.get("needs", ""),
        not_before=re.compile(rf"(?:^| )(?:{before})$") if before else None,
    )
