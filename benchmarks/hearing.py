"""Hearing against its bars and its floors: figures on the kept split, on ordinary talk, and time a turn.

`python -m benchmarks.hearing` prints a table; the floors are a list of stop words and the rules alone, run in
the same process on the same turns.
"""

import re
import resource
import time
from collections.abc import Callable
from pathlib import Path

import dialer.objections.hearing as hearing
from dialer.objections.hearing import Outcome, hear
from dialer.objections.hearing.evaluate import figures, judge
from dialer.objections.hearing.labelled import Labelled, read_labelled
from dialer.objections.hearing.reading import reading_of
from dialer.objections.hearing.templates import drawn, slots_in, templates_in

DATA = Path(__file__).parent.parent / "tests" / "objections" / "hearing" / "data"
TRAINING = Path(hearing.__file__).parent / "training"
STOP_WORDS = re.compile(r"\b(?:stop|unsubscribe|opt out|remove me|do not call|don't call)\b", re.IGNORECASE)
ORDINARY = 10_000


def has_stop_word(text: str) -> bool:
    return STOP_WORDS.search(text) is not None


def has_standing_rule(text: str) -> bool:
    return bool(reading_of(text).stance.standing)


def is_heard(text: str) -> bool:
    return hear(text).outcome is not Outcome.NONE


def _row(name: str, holds: Callable[[str], bool], kept: list[Labelled], ordinary: list[str]) -> str:
    objections = [item for item in kept if item.label == "opt_out"]
    others = [item for item in kept if "opt_out" not in item.accept]
    heard = sum(holds(item.text) for item in objections)
    wrong = sum(holds(item.text) for item in others)
    false = sum(map(holds, ordinary)) * 10_000 / len(ordinary)
    return f"{name:24}{heard / len(objections):>8.3f}{heard / max(1, heard + wrong):>11.3f}{false:>14.0f}"


def _time(texts: list[str]) -> tuple[float, float]:
    """Give median and 99th percentile, in milliseconds of this process's own time: the machine is shared."""
    spent = []
    for text in texts:
        began = time.process_time()
        hear(text)
        spent.append((time.process_time() - began) * 1_000)
    spent.sort()
    return spent[len(spent) // 2], spent[int(len(spent) * 0.99)]


def main() -> None:
    """Print the table."""
    files = [DATA / "dev.jsonl", *sorted(DATA.glob("challenge_*.txt"))]
    kept = [item for place in files for item in read_labelled(place) if item.is_kept]
    ordinary = drawn(
        templates_in(DATA / "ordinary.txt"), slots_in(TRAINING / "slots.txt"), count=ORDINARY, seed=11
    )
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    hear("stop")
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"{'':24}{'recall':>8}{'precision':>11}{'false/10,000':>14}")
    for name, holds in (
        ("stop words", has_stop_word),
        ("rules alone", has_standing_rule),
        ("hearing", is_heard),
    ):
        print(_row(name, holds, kept, ordinary))
    print(figures(judge(kept)))
    median, slow = _time([item.text for item in kept])
    long_median, long_slow = _time(
        [" ".join(" ".join(ordinary[at : at + 20]).split()[:90]) for at in range(0, 2000, 20)]
    )
    print(f"a turn: median {median:.2f} ms, 99th {slow:.2f} ms")
    print(f"a turn of 90 words: median {long_median:.2f} ms, 99th {long_slow:.2f} ms")
    print(f"memory of tables and model: {(after - before) // 1024} MB")


if __name__ == "__main__":
    main()
