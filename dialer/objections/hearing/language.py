"""Is this English? And if not, is it a stop phrase we know? A wrong "yes" would lose an objection in silence.

Unknown words alone prove nothing: names, places and mis-hearings are full of them. A turn is unclear when its
letters are not Latin, when words of another language outnumber English ones, or when a turn of four words or
more has hardly an English word in it.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from dialer.objections.hearing.vocabulary import table

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
MAX_CHARACTERS = 20_000


@dataclass(frozen=True, slots=True)
class Language:
    """Whether a turn is English enough to be judged, and a foreign stop phrase found in it, if any."""

    is_unclear: bool
    stop_phrase: str | None
    stop_language: str | None
    place: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class _Tables:
    english: frozenset[str]
    foreign: frozenset[str]
    stops: re.Pattern[str]
    tongues: dict[str, str]


def language_of(text: str) -> Language:
    """Judge the language of a turn; linear, only the first `MAX_CHARACTERS` are read."""
    text = text[:MAX_CHARACTERS]
    known = _tables()
    words = [
        word.lower().replace("’", "'") for word in _WORD.findall(text) if len(word) > 1 or ord(word) > 0x250
    ]
    is_unclear = _is_unclear(words, known)
    folded = unicodedata.normalize("NFC", text).lower()
    for found in known.stops.finditer(folded):
        phrase = found.group()
        if is_unclear or phrase not in known.english:
            place = found.span() if len(folded) == len(text) else None
            return Language(True, phrase, known.tongues[phrase], place)
    return Language(is_unclear, None, None, None)


def _is_unclear(words: list[str], known: _Tables) -> bool:
    if not words:
        return False
    strange_letters = sum(not _is_latin(word) for word in words)
    if strange_letters * 2 > len(words):
        return True
    foreign = sum(word in known.foreign for word in words)
    english = sum(word in known.english for word in words)
    if foreign >= 2 and foreign > english:
        return True
    return len(words) >= 4 and english * 5 < len(words) and (foreign > 0 or len(words) >= 7)


def _is_latin(word: str) -> bool:
    return all(letter == "'" or ord(letter) < 0x250 or 0x1E00 <= ord(letter) < 0x1F00 for letter in word)


@cache
def _tables() -> _Tables:
    words = table("words", "languages")
    learned = files(__package__).joinpath("words", "english.txt").read_text(encoding="utf-8")
    english = frozenset([*" ".join(words["english"]).split(), *learned.split()])
    foreign = frozenset(" ".join(words["foreign"].values()).split()) - english
    tongues = {
        unicodedata.normalize("NFC", phrase).lower(): tongue
        for tongue, entry in words["stop"].items()
        for phrase in entry["phrases"]
    }
    longest_first = sorted(tongues, key=len, reverse=True)
    stops = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")
    return _Tables(english, foreign, stops, tongues)
