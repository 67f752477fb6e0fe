"""Teach the networks: `python -m dialer.objections.hearing.training.teach LABELLED… --whole LABELLED…`.

Seeded; writes `words/meaning.npz`, in half precision. Each network takes some two minutes of one core.
"""

import argparse
from pathlib import Path

import numpy as np

from dialer.objections.hearing.labelled import Labelled
from dialer.objections.hearing.meaning.network import LABELS
from dialer.objections.hearing.training.examples import (
    DRAWS,
    HERE,
    Sources,
    drawn_turns,
    others_turns,
    own_turns,
)
from dialer.objections.hearing.training.learning import Learned, learn
from dialer.objections.hearing.training.lessons import Lesson, lesson_of

_SEEDS = (0, 1, 2)
_ROUNDS = 6
_MOST_DRAWN = {True: 4, False: 12}
"""Turns drawn a template that objects, or does not: there is far more ordinary talk in the world."""
_DRAWN_HEFT, _OWN_HEFT, _OTHERS_HEFT = 0.5, 1.0, 1.5
"""What a turn counts: drawn ones say little new, and another hand's are most like what will be heard."""


def main() -> None:
    """Teach, and write the weights beside the package's words."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("labelled", nargs="*", type=Path, help="a third of each is kept and never read")
    parser.add_argument("--whole", nargs="*", type=Path, default=[], help="learned from entirely")
    options = parser.parse_args()
    lessons = all_lessons(Sources(options.labelled, options.whole))
    place = HERE.parent / "words" / "meaning.npz"
    write([learn(lessons, seed=seed, rounds=_ROUNDS) for seed in _SEEDS], place)
    print(f"{len(lessons)} lessons, {place.stat().st_size // 1024} kB")


def all_lessons(sources: Sources) -> list[Lesson]:
    """Make a lesson of every turn there is, drawn, our own and others', in the same order each time."""
    own, others = own_turns(sources), others_turns(sources)
    hefts = [(_DRAWN_HEFT, drawn_items()), (_OWN_HEFT, own), (_OTHERS_HEFT, others)]
    made = (lesson_of(item, heft=heft) for heft, items in hefts for item in items)
    return [lesson for lesson in made if lesson is not None]


def drawn_items() -> list[Labelled]:
    """Draw a few turns of every template."""
    return [
        _labelled(turn, objects=objects)
        for name, (each, objects) in DRAWS.items()
        for turn in drawn_turns(name, min(each, _MOST_DRAWN[objects]))
    ]


def _labelled(turn: str, *, objects: bool) -> Labelled:
    label = "opt_out" if objects else "none"
    return Labelled(
        text=turn,
        label=label,
        accept=frozenset({label}),
        scope="org",
        channels=frozenset(),
        also=frozenset(),
        phenomenon="",
        group=label,
    )


def write(learned: list[Learned], place: Path) -> None:
    """Keep what a judgement needs; the answers about phenomena only helped the networks to learn."""
    answers = 1 + len(LABELS)
    kept: dict[str, np.ndarray] = {
        "networks": np.array(len(learned)),
        "names": np.array("\n".join(learned[0].words)),
    }
    for at, one in enumerate(learned):
        for name, weight in one.weights.items():
            needed = weight[..., :answers] if name.startswith("answer") else weight
            kept[f"{at}:{name}"] = needed.astype(np.float16)
    np.savez_compressed(place, allow_pickle=False, **kept)


if __name__ == "__main__":
    main()
