"""What the second opinion learns from: turns written for this project, templates, and the two put together.

Every turn is shown with what the rules found in it and once more without, so that the words carry weight of
their own: the rules were written over some of these turns and look better on them than they are.
"""

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from dialer.objections.hearing.labelled import Labelled, read_labelled
from dialer.objections.hearing.templates import drawn, slots_in, templates_in

HERE = Path(__file__).parent
DRAWS = {
    "objections": (25, True),
    "confusable": (25, False),
    "ordinary": (30, False),
    "plain": (3, False),
    "everyday": (60, False),
    "telling": (40, True),
    "wrapped_none": (60, False),
    "wrapped_telling": (60, True),
}
"""The template files: how many turns to draw a template, and whether they object."""
_WRITTEN_HEFT = 3.0
_MEETINGS = (" ", " ", ", ", ". ", " and ", " but ", " so ", " anyway ", " well ", " no ")
_TOO_BARE_TO_MEET = frozenset({"keyword_only", "fragment"})
_SMALL_TALK = frozenset({"talk", "refusal", "none", "rambling_none", "product_complaint"})
"""Turns that change nothing about what is said before or after them; a call-back would."""


@dataclass(frozen=True, slots=True)
class Example:
    """One turn to learn from: whether it objects, and how much it counts."""

    text: str
    objects: bool
    heft: float


@dataclass(frozen=True, slots=True)
class Sources:
    """Labelled files: of the `split` a third is kept and never learned from, of the `whole` nothing is."""

    split: Sequence[Path]
    whole: Sequence[Path] = ()


def all_examples(sources: Sources) -> list[Example]:
    """Gather every example, in the same order each time."""
    kept = _kept(sources)
    written = [*own_turns(sources), *others_turns(sources)]
    plain = [
        Example(turn, objects, 1.0)
        for name, (each, objects) in DRAWS.items()
        for turn in drawn_turns(name, each)
        if _bare(turn) not in kept
    ]
    told = [Example(item.text, item.label == "opt_out", _WRITTEN_HEFT) for item in written]
    return [*plain, *told, *_met(written, plain)]


def own_turns(sources: Sources) -> list[Labelled]:
    """Read the turns written beside this module, but for those that are a kept turn word for word."""
    kept = _kept(sources)
    items = [item for path in sorted(HERE.glob("*turns.txt")) for item in read_labelled(path)]
    return [item for item in items if _is_usable(item) and _bare(item.text) not in kept]


def others_turns(sources: Sources) -> list[Labelled]:
    """Read the labelled files, of each as much as may be learned from."""
    kept = _kept(sources)
    items = [item for path in sources.split for item in read_labelled(path) if not item.is_kept]
    items += [item for path in sources.whole for item in read_labelled(path)]
    return [item for item in items if _is_usable(item) and _bare(item.text) not in kept]


def _kept(sources: Sources) -> frozenset[str]:
    return frozenset(
        _bare(item.text) for path in sources.split for item in read_labelled(path) if item.is_kept
    )


def _is_usable(item: Labelled) -> bool:
    return item.label == "opt_out" or "opt_out" not in item.accept


def _bare(text: str) -> str:
    return " ".join(re.findall(r"[a-z']+", text.lower()))


def drawn_turns(name: str, each: int) -> list[str]:
    """Draw `each` turns a template from a template file, each turn once."""
    templates, slots = templates_in(HERE / f"{name}.txt"), slots_in(HERE / "slots.txt")
    seed = list(DRAWS).index(name)
    return list(dict.fromkeys(drawn(templates, slots, count=each * len(templates), seed=seed)))


def _met(written: list[Labelled], plain: list[Example]) -> list[Example]:
    """Set turns among small talk, as they stand in a long answer: what they mean stays the same."""
    draw = random.Random(3)  # noqa: S311 - an order, not a secret
    talk = [item.text for item in written if item.phenomenon in _SMALL_TALK and _is_middling(item.text)]
    talk += [example.text for example in plain if not example.objects and _is_middling(example.text)]
    met: list[Example] = []
    for _ in range(2):
        for item in written:
            objects = item.label == "opt_out"
            is_bare = item.phenomenon in _TOO_BARE_TO_MEET or len(item.text.split()) < (4 if objects else 3)
            if not is_bare and (objects or draw.random() < 0.7):
                met.append(Example(_among(item.text, talk, draw), objects, 1.0))
    return met


def _is_middling(text: str) -> bool:
    return 2 < len(text.split()) < 25


def _among(turn: str, talk: list[str], draw: random.Random) -> str:
    before, after = draw.choice(talk), draw.choice(talk)
    first, second = draw.choice(_MEETINGS), draw.choice((" ", ". ", ", ", " anyway ", " and "))
    place = draw.random()
    if place < 0.45:
        return f"{before}{first}{turn}"
    return f"{turn}{second}{after}" if place < 0.75 else f"{before}{first}{turn}{second}{after}"


def words_taught() -> list[str]:
    """List every word of two letters or more in the training text, in order."""
    text = " ".join(line for place in sorted(HERE.glob("*.txt")) for line in templates_in(place))
    return sorted({word for word in re.findall(r"[a-z]+(?:'[a-z]+)?", text.lower()) if len(word) > 1})
