"""Train the second opinion: `python -m dialer.objections.hearing.training.build LABELLED…`.

Plain Python over text written for this project, seeded: the same text always gives the same `opinion.json`.
Of the labelled files the kept third (`Labelled.is_kept`) is never read. `teach` teaches the network.
"""

import argparse
import json
from collections.abc import Iterator
from pathlib import Path

from dialer.objections.hearing.features import features_of
from dialer.objections.hearing.reading import reading_of
from dialer.objections.hearing.training.examples import HERE, Example, Sources, all_examples, words_taught
from dialer.objections.hearing.training.fitting import Case, Fitted, fit

_SMALLEST_WEIGHT = 0.03


def main() -> None:
    """Train and write the weights beside the package's words."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("labelled", nargs="*", type=Path, help="a third of each is kept and never read")
    parser.add_argument("--whole", nargs="*", type=Path, default=[], help="learned from entirely")
    options = parser.parse_args()
    words = HERE.parent / "words"
    words.joinpath("english.txt").write_text("\n".join(words_taught()) + "\n", encoding="utf-8")
    examples = all_examples(Sources(options.labelled, options.whole))
    place = words / "opinion.json"
    place.write_text(
        _written(fit(case for example in examples for case in _cases(example))), encoding="utf-8"
    )
    print(f"{len(examples)} examples, {place.stat().st_size // 1024} kB")


def _cases(example: Example) -> Iterator[Case]:
    """Show an example with what the rules found, and without."""
    reading = reading_of(example.text)
    for names in (reading.rule_names, ()):
        yield Case(features_of(reading.turn.read, names), example.objects, example.heft)


def _written(fitted: Fitted) -> str:
    kept = {
        name: round(weight, 3)
        for name, weight in sorted(fitted.weights.items())
        if abs(weight) >= _SMALLEST_WEIGHT
    }
    return json.dumps({"bias": round(fitted.bias, 3), "weights": kept}, indent=0, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    main()
