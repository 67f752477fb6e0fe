"""From a transcript to the words a rule can read: one spelling, one family name, no hesitations.

Every word keeps the place it came from, so that a judgement can point back into the text as it was given.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple

from dialer.objections.hearing.vocabulary import Vocabulary, vocabulary

MAX_WORDS = 4000
"""A turn of speech is 1 to 90 words; beyond this only the first and last half are judged."""

_PIECE = re.compile(r"[^\W_]+(?:['’‘`*][^\W_]*)*\**|\*+[^\W_]*|[.!?…]+|[,;:—–]|-(?= )")
_SENTENCE_END = frozenset(".!?…")


class Word(NamedTuple):
    """One word as it will be read, with its place in the text; `pause` is the mark that stood before it."""

    text: str
    start: int
    end: int
    pause: str


@dataclass(frozen=True, slots=True)
class Turn:
    """A turn ready for rules: `read` is its family words, each between single spaces.

    `plain` is the same before families are named. `is_cut` says that the middle was left out.
    """

    words: tuple[Word, ...]
    read: str
    plain: str
    offsets: tuple[int, ...]
    is_cut: bool

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Give the place in the original text of a stretch of `read`."""
        first = max(0, bisect_right(self.offsets, start) - 1)
        last = max(first, bisect_right(self.offsets, end - 1) - 1)
        stretch = [word for word in self.words[first : last + 1] if word.text not in ".?"]
        if not stretch:
            return self.words[first].start, self.words[first].end
        return min(word.start for word in stretch), max(word.end for word in stretch)


def listen(text: str) -> Turn:
    """Read a transcript; linear in its length up to `MAX_WORDS` words."""
    known = vocabulary()
    words = _words(text)
    is_cut = len(words) > MAX_WORDS
    if is_cut:
        words = words[: MAX_WORDS // 2] + words[-MAX_WORDS // 2 :]
    words = _rewritten(words, known)
    words = _phrases_replaced(words, known)
    words = _repaired(words, known)
    words = _without_fillers(words, known)
    words = _without_repeats(words)
    plain = _joined(words)
    words = _named(words, known)
    offsets = tuple(accumulate((len(word.text) + 1 for word in words), initial=1))[:-1]
    return Turn(tuple(words), _joined(words), plain, offsets, is_cut)


def _joined(words: list[Word]) -> str:
    return f" {' '.join(word.text for word in words)} "


def _words(text: str) -> list[Word]:
    words: list[Word] = []
    pause = ""
    for piece in _PIECE.finditer(text):
        mark = piece.group()
        if mark[0] in _SENTENCE_END:
            end_mark = "?" if "?" in mark else "."
            if words and words[-1].text not in ".?":
                words.append(Word(end_mark, piece.start(), piece.end(), ""))
            pause = "."
        elif not (mark[0].isalnum() or mark[0] == "*"):
            pause = pause or ","
        else:
            said = mark.lower().replace("’", "'").replace("‘", "'").replace("`", "'").rstrip("'")
            words.append(Word(said or "*", piece.start(), piece.end(), pause))
            pause = ""
    return words


def _rewritten(words: list[Word], known: Vocabulary) -> list[Word]:
    out: list[Word] = []
    for word in words:
        meant = known.rewritten.get(word.text)
        if meant is None and word.text.endswith("'s"):
            meant = (word.text[:-2],)
        if meant is None:
            out.append(word)
        else:
            out.extend(
                word._replace(text=part, pause=word.pause if i == 0 else "") for i, part in enumerate(meant)
            )
    return out


def _merged(words: list[Word], said: tuple[str, ...]) -> list[Word]:
    """Replace a stretch by what was meant; each new word points at the whole stretch."""
    start, end = words[0].start, words[-1].end
    return [Word(text, start, end, words[0].pause if i == 0 else "") for i, text in enumerate(said)]


def _phrases_replaced(words: list[Word], known: Vocabulary) -> list[Word]:
    out: list[Word] = []
    at = 0
    while at < len(words):
        for size in known.phrase_sizes.get(words[at].text, ()):
            meant = known.phrases.get(tuple(word.text for word in words[at : at + size]))
            if meant is not None:
                out.extend(_merged(words[at : at + size], meant))
                at += size
                break
        else:
            out.append(words[at])
            at += 1
    return out


def _repaired(words: list[Word], known: Vocabulary) -> list[Word]:
    read = _joined(words)
    for repair in known.repairs:
        found = repair.heard.search(read) if repair.needs in read else None
        if found is None:
            continue
        if repair.not_before and repair.not_before.search(read[: found.start()]):
            continue
        first = read.count(" ", 0, found.start(1)) - 1
        last = first + found.group(1).count(" ") + 1
        words = words[:first] + _merged(words[first:last], repair.said) + words[last:]
        read = _joined(words)
    return words


def _without_fillers(words: list[Word], known: Vocabulary) -> list[Word]:
    out: list[Word] = []
    for at, word in enumerate(words):
        after = words[at + 1] if at + 1 < len(words) else None
        before = out[-1].text if out else ""
        if "*" in word.text:
            # A masked oath is a filler, but "f*** off" is a dismissal.
            if after is not None and after.text == "off":
                out.append(word._replace(text="fuck"))
            continue
        is_vocative = word.text in known.vocatives and before not in known.noun_markers
        is_filler_like = (
            word.text == "like" and word.pause == "," and after is not None and after.pause == ","
        )
        if not (word.text in known.dropped or is_vocative or is_filler_like):
            out.append(word)
    return out


def _without_repeats(words: list[Word]) -> list[Word]:
    """Say a stammered word or phrase of up to four words once; the last saying is kept."""
    out: list[Word] = []
    for word in words:
        out.append(word)
        for size in (1, 2, 3, 4):
            if len(out) >= 2 * size and all(out[-i].text == out[-i - size].text for i in range(1, size + 1)):
                first = out[-2 * size]
                out[-2 * size :] = (
                    [first._replace(end=out[-size].end), *out[-size + 1 :]]
                    if size > 1
                    else [first._replace(end=word.end)]
                )
                break
    return out


def _named(words: list[Word], known: Vocabulary) -> list[Word]:
    out: list[Word] = []
    at = 0
    while at < len(words):
        for size in known.family_sizes.get(words[at].text, ()):
            family = known.families.get(tuple(word.text for word in words[at : at + size]))
            if family is not None and not (size == 1 and _is_a_thing(words, at, known)):
                out.extend(_merged(words[at : at + size], (family,)))
                at += size
                break
        else:
            out.append(words[at])
            at += 1
    return out


def _is_a_thing(words: list[Word], at: int, known: Vocabulary) -> bool:
    """Tell "the phone" from "don't phone": the same word is a thing after a determiner."""
    return words[at].text in {"phone", "telephone"} and at > 0 and words[at - 1].text in known.phone_markers
