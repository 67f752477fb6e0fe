"""What the network sees of a turn: of every word its classes, its letters, and what the rules found there."""

from dataclasses import dataclass
from functools import lru_cache
from zlib import crc32

from dialer.objections.hearing.reading import Reading

MAX_WORDS = 120
"""Of a longer turn the first and the last half are seen."""

PIECES = 4096
"""How many kinds of letter groups are told apart; groups that fall on the same kind share a meaning."""

_MOST_PIECES = 14
_ACTS = ("callback", "deceased", "hostile", "refusal", "vulnerable", "wrong_number")
_KINDS = ("agent", "asks", "imagines", "keeps", "other", "retracts", "theirs")
FINDINGS = (
    "stands",
    "unsaid",
    *(f"act:{act}" for act in _ACTS),
    *(f"frame:{kind}" for kind in _KINDS),
    *(f"framed:{kind}" for kind in _KINDS),
)
"""What a rule may say of a word: it is of an objection, another act, a frame, or what a frame covers."""

_PLACES = {name: at for at, name in enumerate(FINDINGS)}


@dataclass(frozen=True, slots=True)
class Sight:
    """One turn as the network sees it; `findings` are places in `FINDINGS`, a tuple a word."""

    words: tuple[str, ...]
    findings: tuple[tuple[int, ...], ...]

    def within_limit(self) -> "Sight":
        """Give the turn without its middle where it is too long to be seen whole."""
        if len(self.words) <= MAX_WORDS:
            return self
        half = MAX_WORDS // 2
        return Sight(self.words[:half] + self.words[-half:], self.findings[:half] + self.findings[-half:])


def sight_of(reading: Reading) -> Sight:
    """See a turn as the rules read it."""
    found: list[set[int]] = [set() for _ in reading.turn.words]
    standing = {id(act) for act in reading.stance.standing}
    for act in reading.acts:
        stand = "stands" if id(act) in standing else "unsaid"
        name = stand if act.rule.act == "objects" else f"act:{act.rule.act}"
        _mark(found, reading, (act.start, act.end), name)
    for cover in reading.covers:
        _mark(found, reading, (cover.start, cover.end), f"frame:{cover.frame.kind}")
        _mark(found, reading, (cover.end, cover.until), f"framed:{cover.frame.kind}")
    words = tuple(word.text for word in reading.turn.words)
    return Sight(words, tuple(tuple(sorted(names)) for names in found)).within_limit()


def _mark(found: list[set[int]], reading: Reading, place: tuple[int, int], name: str) -> None:
    start, end = place
    for at, offset in enumerate(reading.turn.offsets):
        if start <= offset < end:
            found[at].add(_PLACES[name])


@lru_cache(maxsize=20_000)
def pieces_of(word: str) -> tuple[int, ...]:
    """Give the kinds of a word's groups of three and four letters: what a mis-hearing has left of it."""
    whole = f"<{word.lower()}>"
    groups = {whole[at : at + size] for size in (3, 4) for at in range(len(whole) - size + 1)}
    return tuple(sorted(crc32(group.encode()) % PIECES for group in groups)[:_MOST_PIECES])
