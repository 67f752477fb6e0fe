"""The second opinion rests on text of this project, drawn the same way each time."""

from pathlib import Path

from dialer.objections.hearing import hear
from dialer.objections.hearing.labelled import read_labelled
from dialer.objections.hearing.templates import drawn, slots_in, templates_in

DATA = Path(__file__).parent / "data"
TRAINING = Path(hear.__code__.co_filename).parent / "training"


def test_the_same_seed_draws_the_same_turns() -> None:
    templates, slots = templates_in(TRAINING / "objections.txt"), slots_in(TRAINING / "slots.txt")

    first, again = (drawn(templates, slots, count=200, seed=4) for _ in range(2))

    assert first == again
    assert not any("{" in turn or "}" in turn for turn in first)


def test_no_kept_turn_is_among_the_training_turns() -> None:
    trained = {item.text.lower() for place in TRAINING.glob("*turns.txt") for item in read_labelled(place)}
    trained |= {line.lower() for line in templates_in(TRAINING / "plain.txt")}

    # "no more"-like turns of one or two words cannot help but meet.
    places = [*DATA.glob("challenge_*.txt"), DATA / "fresh_kept.txt"]
    kept = {item.text.lower() for place in places for item in read_labelled(place)}

    assert not {text for text in trained & kept if len(text.split()) > 4}


def test_templates_of_the_test_are_not_those_of_the_training() -> None:
    assert not set(templates_in(DATA / "ordinary.txt")) & set(templates_in(TRAINING / "ordinary.txt"))
