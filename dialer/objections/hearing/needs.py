"""Which words a pattern cannot do without: a quick look spares most turns most of the patterns.

Understands the little of regular expressions that the rule files use: literals, groups, alternatives,
look-arounds, quantifiers. Whatever it does not understand it takes as needing nothing, which is only slower.
"""

import re

_QUANTIFIER = re.compile(r"[*+?]\??|\{(\d+)(?:,\d*)?\}\??")
_LITERAL = re.compile(r"[A-Za-z' ]")


def words_needed(pattern: str) -> frozenset[str] | None:
    """Return stretches of text of which every match contains at least one; None when there is no such set."""
    needed: set[str] = set()
    for alternative in _alternatives(pattern):
        best = _best(_candidates(alternative))
        if best is None:
            return None
        needed |= best
    return frozenset(needed)


def _candidates(sequence: str) -> list[frozenset[str]]:
    """List, for each part that must be there, what it needs."""
    found: list[frozenset[str]] = []
    literal, at = "", 0
    while at < len(sequence):
        start, at = at, _end_of_part(sequence, at)
        part = sequence[start:at]
        quantifier = _QUANTIFIER.match(sequence, at)
        at = quantifier.end() if quantifier else at
        is_optional = quantifier is not None and not (
            quantifier.group()[0] == "+" or int(quantifier.group(1) or 0)
        )
        if _LITERAL.fullmatch(part) and quantifier is None:
            literal += part
            continue
        found.append(frozenset({literal}))
        literal = ""
        inside = words_needed(part[3:-1]) if part.startswith("(?:") and not is_optional else None
        if inside is not None:
            found.append(inside)
    return [*found, frozenset({literal})]


def _best(candidates: list[frozenset[str]]) -> frozenset[str] | None:
    """Choose the candidate that fewest turns contain: long words first, then few of them."""
    telling = [words for words in candidates if min(len(word.strip()) for word in words) > 1]
    return max(telling, key=lambda words: (min(len(word) for word in words) > 3, -len(words)), default=None)


def _alternatives(pattern: str) -> list[str]:
    parts, depth, start = [], 0, 0
    for at, sign in enumerate(pattern):
        depth += (sign == "(") - (sign == ")")
        if sign == "|" and depth == 0:
            parts.append(pattern[start:at])
            start = at + 1
    return [*parts, pattern[start:]]


def _end_of_part(sequence: str, at: int) -> int:
    if sequence[at] == "\\":
        return at + 2
    if sequence[at] == "[":
        return sequence.index("]", at) + 1
    if sequence[at] != "(":
        return at + 1
    depth = 0
    for end in range(at, len(sequence)):
        depth += (sequence[end] == "(") - (sequence[end] == ")")
        if depth == 0:
            return end + 1
    return len(sequence)
