"""Find what is said in a turn: acts (objects, refuses, has died …) and the frames that unsay an objection."""

from dataclasses import dataclass
from itertools import pairwise

from dialer.objections.hearing.rulebook import Frame, Rule, Rulebook
from dialer.objections.hearing.spoken import Turn


@dataclass(frozen=True, slots=True)
class Act:
    """One thing said, at `start` to `end` of the turn's `read` words."""

    rule: Rule
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Cover:
    """A frame that was heard: from `start`, unsaying what begins before `until`."""

    frame: Frame
    start: int
    end: int
    until: int


def acts_in(turn: Turn, book: Rulebook) -> list[Act]:
    """Find every act, by place; one a rule and place."""
    found: dict[tuple[str, int], Act] = {}
    tried = book.worth_trying(turn.read)
    for rule in book.rules:
        for says in filter(tried.__contains__, rule.says):
            for start, end in says.places_in(turn.read):
                if _is_guarded(rule, turn.read, start, end):
                    continue
                known = found.get((rule.name, start))
                if known is None or known.end < end:
                    found[rule.name, start] = Act(rule, start, end)
    return sorted(found.values(), key=lambda act: (act.start, act.end))


def covers_in(turn: Turn, book: Rulebook) -> list[Cover]:
    """Find every frame and how far it reaches: its words, its sentence, or the next turning word."""
    covers = []
    tried = book.worth_trying(turn.read)
    for frame in book.frames:
        for says in filter(tried.__contains__, frame.says):
            for start, end in says.places_in(turn.read):
                if not _is_guarded(frame, turn.read, start, end):
                    covers.append(Cover(frame, start, end, _reach(turn.read, end, frame.reach, book)))
    return covers


def _is_guarded(rule: Rule | Frame, read: str, start: int, end: int) -> bool:
    if rule.not_after is not None and rule.not_after.search(read, max(0, start - 60), start):
        return True
    return rule.not_before is not None and rule.not_before.match(read, end) is not None


def _reach(read: str, end: int, words: int, book: Rulebook) -> int:
    spaces = [at for at in range(end, min(len(read), end + 12 * (words + 1))) if read[at] == " "]
    limit = spaces[words] if len(spaces) > words else len(read)
    for here, there in pairwise(spaces):
        if read[here + 1 : there] in {".", "?"}:
            limit = min(limit, here)
            break
    turning = book.turning.search(read, end, limit + 1)
    return turning.start() if turning else limit
