"""Train the second opinion: `python -m dialer.objections.hearing.training.build LABELLED… `.

Logistic regression by seeded gradient descent, in plain Python, over turns written for this project: the
templates and turns beside this file, and labelled files. The same text always gives the same `opinion.json`.
Of the labelled files the kept third (`Labelled.is_kept`) is never read.
"""

import argparse
import json
import math
import random
import re
from collections import Counter
from pathlib import Path

from dialer.objections.hearing.features import features_of
from dialer.objections.hearing.labelled import read_labelled
from dialer.objections.hearing.reading import reading_of
from dialer.objections.hearing.templates import drawn, slots_in, templates_in

Example = tuple[frozenset[str], float, float]
"""Features, 1.0 for an objection and 0.0 for none, and how much the example counts."""

_HERE = Path(__file__).parent
_DRAWS = {"objections": (25, 1.0), "confusable": (25, 0.0), "ordinary": (30, 0.0), "plain": (3, 0.0)}
_EPOCHS = 12
_RATE = 0.08
_SHRINK = 1e-4
_SEEN_AT_LEAST = 3
_SMALLEST_WEIGHT = 0.02


def main() -> None:
    """Train and write the weights beside the package's words."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("labelled", nargs="*", type=Path)
    options = parser.parse_args()
    examples = [*_drawn_examples(), *_labelled_examples(options.labelled)]
    weights, bias = _trained(examples)
    kept = {
        name: round(weight, 3) for name, weight in sorted(weights.items()) if abs(weight) >= _SMALLEST_WEIGHT
    }
    place = _HERE.parent / "words" / "opinion.json"
    place.write_text(
        json.dumps({"bias": round(bias, 3), "weights": kept}, indent=0, ensure_ascii=False) + "\n"
    )
    _write_vocabulary()
    print(f"{len(examples)} examples, {len(kept)} weights, {place.stat().st_size // 1024} kB")


def _write_vocabulary() -> None:
    """Write every word of two letters or more in the training text: English, to `language`."""
    text = " ".join(line for place in sorted(_HERE.glob("*.txt")) for line in templates_in(place))
    words = sorted({word for word in re.findall(r"[a-z]+(?:'[a-z]+)?", text.lower()) if len(word) > 1})
    (_HERE.parent / "words" / "english.txt").write_text("\n".join(words) + "\n", encoding="utf-8")


def _drawn_examples() -> list[Example]:
    slots = slots_in(_HERE / "slots.txt")
    examples: list[Example] = []
    for seed, (name, (each, target)) in enumerate(_DRAWS.items()):
        templates = templates_in(_HERE / f"{name}.txt")
        turns = dict.fromkeys(drawn(templates, slots, count=each * len(templates), seed=seed))
        examples += [(_features(turn), target, 1.0) for turn in turns]
    return examples


def _labelled_examples(paths: list[Path]) -> list[Example]:
    items = [item for path in paths for item in read_labelled(path) if not item.is_kept]
    items += [item for path in sorted(_HERE.glob("*turns.txt")) for item in read_labelled(path)]
    return [
        (_features(item.text), float(item.label == "opt_out"), 3.0)
        for item in items
        if item.label == "opt_out" or "opt_out" not in item.accept
    ]


def _features(text: str) -> frozenset[str]:
    reading = reading_of(text)
    return features_of(reading.turn.read, reading.rule_names)


def _trained(examples: list[Example]) -> tuple[dict[str, float], float]:
    seen = Counter(name for features, _, _ in examples for name in features)
    usable = [
        (sorted(name for name in features if seen[name] >= _SEEN_AT_LEAST), target, heft)
        for features, target, heft in examples
    ]
    weights = {name: 0.0 for name, count in seen.items() if count >= _SEEN_AT_LEAST}
    bias = 0.0
    draw = random.Random(7)  # noqa: S311 - an order, not a secret
    for epoch in range(_EPOCHS):
        draw.shuffle(usable)
        rate = _RATE / (1 + epoch / 2)
        for features, target, heft in usable:
            score = bias + sum(weights[name] for name in features)
            step = rate * heft * (target - 1 / (1 + math.exp(-max(-30.0, min(30.0, score)))))
            bias += step / 4
            for name in features:  # the same step for each, since each is there or not
                weights[name] += step / 4 - rate * _SHRINK * weights[name]
    return weights, bias


if __name__ == "__main__":
    main()
