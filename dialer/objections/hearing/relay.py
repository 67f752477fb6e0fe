"""The relay assistant's own words: a greeting and the turns of the service itself, which nobody has to judge.

Whoever greets us so is a person, whatever a machine detector made of a long opening. What the assistant
passes on ("he says …, go ahead") is the callee's own and is judged as it stands. Source: labels.md R10.
"""

import re
from functools import cache
from typing import Final

from dialer.objections.hearing.vocabulary import table

_SERVICE: Final = re.compile(
    r"\b(?:relay uk|text ?relay|next generation text|ngt(?: lite)?|typetalk|relay (?:assistant|operator))\b"
)
_WORD: Final = re.compile(r"[\w']+")
_LONGEST_CHARACTERS: Final = 600


def names_a_relay(text: str) -> bool:
    """Say whether the relay service names itself in a turn: then a person is on the line."""
    return _SERVICE.search(" ".join(_words(text))) is not None


def is_only_the_relays(text: str) -> bool:
    """Say whether a turn names the relay service and says nothing beyond a greeting of it."""
    if len(text) > _LONGEST_CHARACTERS or not names_a_relay(text):
        return False
    greeting = _greeting()
    return all(word in greeting or word.isdecimal() for word in _words(text))


def _words(text: str) -> list[str]:
    return _WORD.findall(text[:_LONGEST_CHARACTERS].lower().replace("’", "'"))


@cache
def _greeting() -> frozenset[str]:
    words: str = table("words", "relay")["greeting"]
    return frozenset(words.split())
