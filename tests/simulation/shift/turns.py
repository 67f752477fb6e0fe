"""What callees say: this project's own written turns, by the label the annotation guide gives them.

They were written to test hearing by, some of them by hands that never saw its rules; none is a template of
the answer. Those that were written to be mistaken for an objection are a pool of their own.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from random import Random
from typing import Final

from dialer.objections import hearing
from dialer.objections.hearing.labelled import Labelled, read_labelled
from dialer.objections.hearing.templates import drawn, slots_in, templates_in
from tests.simulation.shift.assumptions import Assumptions, Mood

_DATA: Final = Path(__file__).parents[2] / "objections" / "hearing" / "data"
_TRAINING: Final = Path(hearing.__file__).parent / "training"
_FILES: Final = (
    *("dev.jsonl", "blind_first.jsonl", "blind_second.jsonl", "aside.jsonl", "voices.jsonl"),
    *("challenge_easy.txt", "challenge_objections.txt", "fresh_kept.txt", "last_look.txt"),
)
_DRAWN: Final = 10_000
_MOODS: Final = {
    "refusal_only": Mood.REFUSES,
    "callback": Mood.CALL_BACK,
    "opt_out": Mood.OBJECTS,
    "wrong_number": Mood.WRONG_NUMBER,
    "deceased": Mood.DECEASED,
    "vulnerable": Mood.VULNERABLE,
}


@cache
def points() -> dict[Mood, tuple[str, ...]]:
    """Return what callees of each mood come to say."""
    found: dict[Mood, list[str]] = {mood: [] for mood in Mood}
    for turn in _labelled():
        mood = _MOODS.get(turn.label)
        if mood is Mood.REFUSES and "opt_out" in turn.accept:
            mood = Mood.DISMISSES
        if mood is not None and turn.group != "hard":
            found[mood].append(turn.text)
    return {mood: tuple(dict.fromkeys(texts)) for mood, texts in found.items()}


@cache
def awkward() -> tuple[str, ...]:
    """Return turns that were written to be mistaken for an objection and are none."""
    found = (turn.text for turn in _labelled() if turn.group == "hard" and "opt_out" not in turn.accept)
    return tuple(dict.fromkeys(found))


@cache
def ordinary() -> tuple[str, ...]:
    """Return ordinary telephone talk, drawn and whole."""
    slots = slots_in(_TRAINING / "slots.txt")
    talk = drawn(templates_in(_DATA / "ordinary.txt"), slots, count=_DRAWN, seed=20261124)
    written = [turn.text for turn in _labelled() if turn.label == "none" and turn.group == "easy"]
    return (*talk, *templates_in(_DATA / "ordinary_turns.txt") * 20, *written * 5)


@cache
def telephone() -> tuple[str, ...]:
    """Return ordinary talk of which much is about telephones, calls, lists and numbers."""
    return tuple(turn.text for turn in read_labelled(_DATA / "telephone.jsonl"))


def small_talk(dice: Random, assumed: Assumptions) -> str:
    """Return a turn of no concern."""
    drawn_by = dice.random()
    if drawn_by < assumed.awkward:
        return dice.choice(awkward())
    return dice.choice(telephone() if drawn_by < assumed.awkward + assumed.telephone else ordinary())


@cache
def _labelled() -> tuple[Labelled, ...]:
    return tuple(_read())


def _read() -> Iterator[Labelled]:
    for name in _FILES:
        yield from read_labelled(_DATA / name)
