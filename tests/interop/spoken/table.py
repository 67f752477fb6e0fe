"""What was heard, as a table for a person, and the figures that go with it."""

import re
from collections.abc import Iterable, Sequence

from tests.interop.spoken.fate import Fate
from tests.interop.spoken.run import Outcome
from tests.interop.spoken.turns import Kind


def words_wrong(said: str, heard: str) -> tuple[int, int]:
    """Return how many words were put in, left out or changed, and how many were said."""
    spoken, written = _words(said), _words(heard)
    row = list(range(len(written) + 1))
    for place, word in enumerate(spoken, start=1):
        corner, row[0] = row[0], place
        for at, other in enumerate(written, start=1):
            changed = corner + (word != other)
            corner, row[at] = row[at], min(row[at] + 1, row[at - 1] + 1, changed)
    return row[-1], len(spoken)


def word_error(outcomes: Iterable[Outcome]) -> float:
    """Return the share of words heard wrongly at the first telling."""
    counts = [words_wrong(each.turn.words, each.heard[0].words) for each in outcomes]
    return sum(wrong for wrong, _ in counts) / sum(said for _, said in counts)


def table(outcomes: Sequence[Outcome]) -> str:
    """Return every turn that was misheard or did not go its usual way, then the figures."""
    told = [_line(each) for each in outcomes if _is_worth_a_look(each)]
    return "\n".join(["", *told, "", *figures(outcomes)])


def figures(outcomes: Sequence[Outcome]) -> list[str]:
    """Return one line a kind and one a voice."""
    lines = []
    for kind in Kind:
        of_kind = [each for each in outcomes if each.turn.kind is kind]
        fates = ", ".join(f"{fate} {sum(each.fate is fate for each in of_kind)}" for fate in Fate)
        once = sum(each.after_one is not Fate.NOTHING for each in of_kind)
        lines.append(f"{kind:<10} {len(of_kind):>3} calls: {fates}; something after one telling {once}")
    voices = sorted({each.voice for each in outcomes})
    errors = [f"{voice} {word_error(o for o in outcomes if o.voice == voice):.1%}" for voice in voices]
    return [*lines, f"words heard wrongly {word_error(outcomes):.1%} ({', '.join(errors)})"]


def _is_worth_a_look(outcome: Outcome) -> bool:
    usual = Fate.IN_FORCE if outcome.turn.kind is Kind.OBJECTION else Fate.NOTHING
    return outcome.fate is not usual or len(outcome.heard) > 1


def _line(outcome: Outcome) -> str:
    turn = outcome.turn
    head = f"{outcome.fate:<8} {turn.kind:<10} {outcome.voice:<5} {outcome.way:<6} | {turn.words}"
    return "\n".join([head, *(f"    {heard.confidence:.2f} {heard.words}" for heard in outcome.heard)])


def _words(text: str) -> list[str]:
    return re.sub(r"[^a-z0-9']+", " ", text.lower()).split()
