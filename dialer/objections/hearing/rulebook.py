"""The rules of hearing, read from `rules/`: what each listens for, and the frames that unsay it.

A pattern is a regular expression over the words `spoken` gives, every word between single spaces, so a
pattern never needs to care for word boundaries. Patterns are compiled when a turn first needs them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from dialer.objections.hearing.needs import words_needed
from dialer.objections.hearing.vocabulary import table

_ASKING = ("asks", "removal", "complaints", "roundabout")


@dataclass(frozen=True, slots=True, eq=False)
class Saying:
    """One pattern, and stretches of text without any of which it cannot match; None when it may always.

    Each of the stretches lies in one word, so that the words of a turn name the patterns worth trying.
    """

    pattern: re.Pattern[str]
    needed: frozenset[str] | None

    def places_in(self, read: str) -> Iterator[tuple[int, int]]:
        """Give where each match begins and ends, without the space before it."""
        for match in self.pattern.finditer(read):
            yield match.start() + 1, match.end()


@dataclass(frozen=True, slots=True)
class Rule:
    """One family of ways to say one thing. `act` is `objects`, or one of the other labels' acts.

    `sure` is the confidence an unframed match deserves; `yields` means that a time ("before six") turns it
    into a callback. `channel` is `words`, `calls`, `number` or `all`.
    """

    name: str
    act: str
    says: tuple[Saying, ...]
    not_after: re.Pattern[str] | None
    not_before: re.Pattern[str] | None
    channel: str
    sure: float
    yields: bool


@dataclass(frozen=True, slots=True)
class Frame:
    """Words that say whose the following words are. `reach` counts the words it covers after its own end."""

    name: str
    kind: str
    says: tuple[Saying, ...]
    not_after: re.Pattern[str] | None
    not_before: re.Pattern[str] | None
    reach: int


@dataclass(frozen=True, slots=True, eq=False)
class Rulebook:
    """All rules and frames of one version of the tables."""

    rules: tuple[Rule, ...]
    frames: tuple[Frame, ...]
    turning: re.Pattern[str]

    def worth_trying(self, read: str) -> frozenset[Saying]:
        """Give the patterns that may match: those with a needed stretch in one of the words."""
        return _always_tried(self).union(*(_tried_for(word, self) for word in set(read.split())))


@cache
def rulebook() -> Rulebook:
    """Load and compile the rules, once a process; under two seconds, so a worker does it when it starts."""
    macros = _macros()
    frames = table("rules", "frames")
    entries = [entry for part in (*_ASKING, "others") for entry in table("rules", part)["rule"]]
    return Rulebook(
        rules=tuple(_rule(entry, macros) for entry in entries),
        frames=tuple(_frame(entry, macros) for entry in frames["frame"]),
        turning=re.compile(frames["turning"]),
    )


@cache
def _always_tried(book: Rulebook) -> frozenset[Saying]:
    return frozenset(saying for saying in _sayings(book) if saying.needed is None)


@lru_cache(maxsize=20_000)
def _tried_for(word: str, book: Rulebook) -> tuple[Saying, ...]:
    """List the patterns a word may begin; a word not met before costs about a tenth of a millisecond."""
    return tuple(saying for saying in _sayings(book) if any(part in word for part in saying.needed or ()))


@cache
def _sayings(book: Rulebook) -> tuple[Saying, ...]:
    of_rules = [saying for rule in book.rules for saying in rule.says]
    return (*of_rules, *(saying for frame in book.frames for saying in frame.says))


def _macros() -> dict[str, str]:
    plain = dict(table("rules", "macros"))
    for _ in range(3):
        plain = {name: _filled(value, plain) for name, value in plain.items()}
    return plain


def _filled(pattern: str, macros: dict[str, str]) -> str:
    return re.sub(r"\{([a-z]+)\}", lambda found: macros[found.group(1)], pattern)


def _listening_for(says: str, macros: dict[str, str]) -> Saying:
    """Compile a pattern; its repetitions are bounded, lest a long turn take for ever.

    The space before it is part of it: a search for a literal is twice as quick as one for a look-behind.
    """
    filled = re.sub(
        r"\)([*+])", lambda found: "){0,6}" if found.group(1) == "*" else "){1,6}", _filled(says, macros)
    )
    return Saying(re.compile(f" (?:{filled})(?= |$)"), _within_words(words_needed(filled)))


def _within_words(stretches: frozenset[str] | None) -> frozenset[str] | None:
    """Keep of each stretch its longest word: a turn without that has not the stretch either."""
    if stretches is None:
        return None
    longest = frozenset(max(stretch.split(), key=len, default="") for stretch in stretches)
    return None if "" in longest else longest


def _guard(pattern: str | None, macros: dict[str, str], *, before: bool) -> re.Pattern[str] | None:
    if not pattern:
        return None
    filled = _filled(pattern, macros)
    return re.compile(f"{filled} $" if before else f"{filled}(?= |$)")


def _rule(entry: dict[str, Any], macros: dict[str, str]) -> Rule:
    return Rule(
        name=entry["name"],
        act=entry["act"],
        says=tuple(_listening_for(says, macros) for says in entry["says"]),
        not_after=_guard(entry.get("not_after"), macros, before=True),
        not_before=_guard(entry.get("not_before"), macros, before=False),
        channel=entry.get("channel", "words"),
        sure=entry["sure"],
        yields=entry.get("yields", False),
    )


def _frame(entry: dict[str, Any], macros: dict[str, str]) -> Frame:
    return Frame(
        name=entry["name"],
        kind=entry["kind"],
        says=tuple(_listening_for(says, macros) for says in entry["says"]),
        not_after=_guard(entry.get("not_after"), macros, before=True),
        not_before=_guard(entry.get("not_before"), macros, before=False),
        reach=entry["reach"],
    )
