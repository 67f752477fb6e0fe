"""What a cell of a bureau's result means, by its own words, its column's title, or a person's word for it.

The words that say *listed* or *clear* speak for themselves. Yes, no, found and not found do not: a title may
tell what a yes means (`callable`, `tps_listed`), else a person must (`--sense`). Reading such a file the
wrong way round would clear exactly the listed, so nothing here guesses.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final

from dialer.registers.washed import REGISTERS, Answers

_NOT_A_LETTER: Final = re.compile(r"[^a-z0-9+]+")
_LISTED: Final = frozenset(
    {"listed", "donotcall", "dnc", "registered", "onregister", "blocked", "caution", "partiallylisted"}
    | {"donotcalllisted", "cautionpartiallylisted", "onthelist", "suppressed"}
)
_CLEAR: Final = frozenset(
    {"clear", "notlisted", "unlisted", "safetocall", "safetocallnotlisted", "callable", "notregistered"}
    | {"notonregister", "notontps", "notonctps", "oktocall", "notontpsctps", "nottps", "notctps"}
)
_NOTHING: Final = frozenset({"", "unknown", "notscreened", "error", "invalid", "notchecked", "na", "nodata"})
_YES: Final = frozenset({"y", "yes", "true", "t", "1", "found", "match", "matched", "hit"})
_NO: Final = frozenset(
    {"n", "no", "false", "f", "0", "notfound", "nomatch", "unmatched", "notmatched", "miss"}
)
# Words that name their register: `tps-listed` says nothing of the CTPS, so that one is not known by it.
_NAMED: Final = {
    **dict.fromkeys(("tps", "tpslisted", "ontps", "listedtps", "tpsregistered"), Answers(tps=True)),
    **dict.fromkeys(("ctps", "ctpslisted", "onctps", "listedctps", "ctpsregistered"), Answers(ctps=True)),
    **dict.fromkeys(
        ("tpsctps", "tps+ctps", "tpsandctps", "ctpstps", "both", "tpsctpslisted", "tpsandctpslisted"),
        Answers(tps=True, ctps=True),
    ),
}
_CLEAR_TITLE: Final = re.compile(r"callable|clear|safe|oktocall|cancall|maycall|notlisted|unlisted|notontps")
_LISTED_TITLE: Final = re.compile(r"listed|registered|tps|donotcall|dnc|onregister")


class Sense(StrEnum):
    """What a yes, or a number that stands there without a word, says of its listing."""

    LISTED = "listed"
    CLEAR = "clear"


class UnknownWord(ValueError):
    """A cell that holds no word of an answer; the message says so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerColumn:
    """One column of answers: where, about which registers, and what a yes means there, None not told."""

    place: int
    title: str
    registers: tuple[str, ...]
    sense: Sense | None

    def answers(self, cell: str) -> Answers:
        """Return what a cell says; raises UnknownWord."""
        word = folded(cell)
        named = _NAMED.get(word)
        if named is not None:
            return named
        if word in _NOTHING:
            return Answers()
        return said(self._is_listed(word), self.registers)

    def _is_listed(self, word: str) -> bool:
        if word in _LISTED or word in _CLEAR:
            return word in _LISTED
        if word not in _YES | _NO or self.sense is None:
            raise UnknownWord("its answer is none we know; see docs/registers.md for the words")
        return (word in _YES) is (self.sense is Sense.LISTED)


@lru_cache(maxsize=4096)
def folded(text: str) -> str:
    """Return a word or a title without what spellings differ in."""
    return _NOT_A_LETTER.sub("", text.lower())


def said(is_listed: bool, registers: Iterable[str]) -> Answers:
    """Return the same answer for each of these registers."""
    asked = frozenset(registers)
    return Answers(tps=is_listed if "tps" in asked else None, ctps=is_listed if "ctps" in asked else None)


def is_answer(cell: str) -> bool:
    """Say whether a cell holds a word of an answer, or nothing."""
    word = folded(cell)
    return word in _LISTED | _CLEAR | _NOTHING | _YES | _NO or word in _NAMED


def needs_sense(words: Iterable[str]) -> bool:
    """Say whether any of a column's words means something only once a person or the title says what."""
    return any(folded(word) in _YES | _NO for word in words)


def sense_of_title(title: str) -> Sense | None:
    """Return what a yes under this title means, None where the title does not tell."""
    plain = folded(title)
    if _CLEAR_TITLE.search(plain):
        return Sense.CLEAR
    return Sense.LISTED if _LISTED_TITLE.search(plain) else None


def registers_in(title: str, words: Iterable[str]) -> tuple[str, ...]:
    """Return the registers that a column speaks of by its title and its words; empty where neither tells."""
    plain = folded(title)
    found = {"ctps"} if "ctps" in plain else set()
    if "tps" in plain.replace("ctps", ""):
        found.add("tps")
    for word in words:
        named = _NAMED.get(folded(word))
        if named is not None:
            found |= {register for register in REGISTERS if named.of(register) is not None}
    return tuple(register for register in REGISTERS if register in found)
